import type { PersonId } from '../access/standing.ts';
import type { DomainEvent } from '../event.ts';
import type { Instant } from '../time.ts';
import type { BallotScale } from './ballot.ts';
import type { ChangedSince } from './changes.ts';
import type { MeetingKind, OutputKind, PlannedStage } from './agenda.ts';
import type { StageBrief } from './command.ts';
import type { MeetingRecord } from './record.ts';
import type { BoardArea } from './section-tools.ts';
import type { Missing, ObjectRef, ParkedEnding, SessionPlace, Task } from './session.ts';

type Nothing = Readonly<Record<string, never>>;

/** What each event carries: all that `fold` needs. */
export interface SessionEventData {
  planned: SessionPlace & {
    readonly kind: MeetingKind;
    readonly title: string;
    readonly stages: readonly PlannedStage[];
    readonly plannedAt: Instant | null;
    /** Absent: held together. */
    readonly window?: number | null;
    readonly facilitator: PersonId;
  };
  started: Nothing;
  /** What changed since the last meeting, as the log of the objects said at the start. */
  'changes-noted': ChangedSince;
  arrived: { readonly person: PersonId; readonly mayVote: boolean };
  /** `since`: when the person was last heard of. */
  left: { readonly person: PersonId; readonly since: Instant };
  /** Nobody has done anything since: is it over? */
  'end-proposed': { readonly since: Instant };
  'went-on': Nothing;
  'stage-entered': { readonly stage: string };
  'stage-skipped': { readonly stage: string };
  'stage-inserted': { readonly stage: PlannedStage; readonly before: string | null };
  'stages-ordered': { readonly order: readonly string[] };
  'stage-removed': { readonly stage: string };
  'stage-briefed': StageBrief & { readonly stage: string };
  'stage-planned': { readonly stage: string; readonly minutes: number };
  'timer-started': { readonly endsAt: Instant; readonly totalMs: number; readonly label: string };
  'timer-paused': { readonly remainingMs: number };
  'timer-resumed': { readonly endsAt: Instant };
  'time-added': { readonly ms: number };
  'timer-stopped': Nothing;
  'timer-expired': { readonly endedAt: Instant };
  parked: {
    readonly id: string;
    readonly title: string;
    readonly origin: ObjectRef | null;
    /** Who parked it, when it was a guest. */
    readonly guest?: PersonId;
  };
  'parked-settled': { readonly id: string; readonly how: ParkedEnding; readonly text: string };
  produced: {
    readonly stage: string | null;
    readonly output: OutputKind | null;
    readonly text: string;
    readonly ref: ObjectRef | null;
    readonly task?: Task;
  };
  'none-ticked': { readonly stage: string; readonly output: OutputKind; readonly none: boolean };
  'ballot-opened': {
    readonly id: string;
    readonly secret: boolean;
    readonly named?: boolean;
    readonly scale?: BallotScale;
    readonly voters: readonly PersonId[];
    readonly items: readonly {
      readonly id: string;
      readonly title: string;
      readonly owner: PersonId | null;
    }[];
  };
  /** How many have voted on an item: never who, never what. */
  'vote-counted': { readonly ballot: string; readonly item: string; readonly votes: number };
  'voted-openly': {
    readonly ballot: string;
    readonly item: string;
    readonly person: PersonId;
    readonly value: number;
  };
  revealed: {
    readonly ballot: string;
    readonly item: string;
    readonly values: readonly number[];
    /** Of a private vote. */
    readonly named?: Readonly<Record<PersonId, number>>;
  };
  'score-agreed': { readonly ballot: string; readonly item: string; readonly value: number };
  'ballot-closed': { readonly ballot: string };
  'ballot-discarded': { readonly ballot: string };
  'spotlight-taken': { readonly person: PersonId; readonly area: BoardArea | null };
  'spotlight-given': { readonly person: PersonId };
  'area-shown': { readonly area: BoardArea };
  'spotlight-ended': Nothing;
  rated: { readonly person: PersonId; readonly value: number };
  'facilitator-added': { readonly person: PersonId };
  'facilitator-removed': { readonly person: PersonId };
  'taken-over': { readonly person: PersonId };
  /** That they may come; the code itself is in no event. */
  'guests-let-in': Nothing;
  'guests-shut-out': Nothing;
  'guest-joined': { readonly guest: PersonId; readonly name: string };
  'guest-sent-away': { readonly guest: PersonId };
  'snapshot-taken': { readonly why: string; readonly id: string };
  /** How everything the session was about stood when it was over; only minutes look at it. */
  'record-noted': MeetingRecord;
  ended: {
    readonly leftOpen: readonly Missing[];
    readonly byClock: boolean;
    readonly pausedBoard?: boolean;
  };
  'called-off': Nothing;
  corrected: { readonly text: string };
}

export type SessionEventType = keyof SessionEventData;

/** Something that happened in a session, in order. */
export type SessionEvent = {
  [Type in SessionEventType]: DomainEvent<Type, SessionEventData[Type]>;
}[SessionEventType];
