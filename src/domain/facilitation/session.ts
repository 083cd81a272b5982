import type { PersonId, TeamId } from '../access/standing.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { Act } from './acts.ts';
import type { MeetingKind, OutputKind, RowSource, Run, Stage } from './agenda.ts';
import { scaleOf, type Ballot } from './ballot.ts';
import type { ChangedSince } from './changes.ts';
import type { GuestList } from './guests.ts';
import type { Spotlight } from './spotlight.ts';
import type { Timer } from './timer.ts';

/** Where a session belongs: fixed when it is planned. */
export interface SessionPlace {
  readonly team: TeamId | null;
  readonly board: string | null;
  readonly ritual: string | null;
  readonly occurrence: string | null;
  /** The period a close or a plan is about. */
  readonly period: string | null;
}

/** A real object that something was done to. */
export interface ObjectRef {
  readonly kind: string;
  readonly id: string;
}

export const parkedEndings = ['discussed', 'promise', 'risk', 'decision', 'next-session', 'dropped'] as const;
export type ParkedEnding = (typeof parkedEndings)[number];

/** Something put aside (facilitation.md F9). Needs no owner. */
export interface ParkedItem {
  readonly id: string;
  readonly title: string;
  readonly by: PersonId | null;
  readonly at: Instant;
  readonly stage: string | null;
  readonly origin: ObjectRef | null;
  readonly ended: { readonly how: ParkedEnding; readonly text: string } | null;
}

/** What somebody is to do by when, as a line of the minutes says it. */
export interface Task {
  readonly owner: PersonId | null;
  readonly due: LocalDate | null;
}

/** One line of what the meeting did: an output, or an act on a row. */
export interface Produced {
  readonly stage: string | null;
  readonly output: OutputKind | null;
  readonly text: string;
  readonly ref: ObjectRef | null;
  /** An action item: whose it is, and by when. */
  readonly task?: Task;
  readonly by: PersonId | null;
  readonly at: Instant;
}

/** What a meeting would end without. */
export interface Missing {
  readonly stage: string | null;
  readonly what: string;
  readonly output: OutputKind | null;
  readonly row: { readonly source: RowSource; readonly id: string } | null;
}

/** One facilitated meeting: the fold of its events, the same for all kinds of meetings. */
export interface Session extends SessionPlace {
  /** Events folded in; a command says which state it was decided on. */
  readonly rev: number;
  /** Revision of the last event that steered the meeting: who decided on an older state is told who was faster. */
  readonly steered: number;
  readonly status: 'planned' | 'running' | 'ended';
  readonly kind: MeetingKind;
  readonly title: string;
  readonly plannedAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Length of the agenda when it was started: late is measured against it. */
  readonly plannedMinutes: number | null;
  /** Hours it stays open for everybody to go through in their own time; null or absent: it is held together. */
  readonly window?: number | null;
  /** Nobody ended it. */
  readonly endedByClock?: boolean;
  /** When somebody did something in it last; absent in sessions kept before this was noted. */
  readonly actedAt?: Instant;
  /** Nobody has done anything for long: is it over? `since`: when somebody last did. Absent once somebody does. */
  readonly endProposed?: { readonly since: Instant };
  /** Its board was left paused. */
  readonly pausedBoard?: boolean;
  readonly stages: readonly Stage[];
  readonly current: string | null;
  readonly timer: Timer;
  /** Who leads; the first is the one who took it last. Never empty. */
  readonly facilitators: readonly PersonId[];
  /** Attendance by person: two tabs are one person. */
  readonly people: Readonly<Record<PersonId, { readonly visits: readonly Run[]; readonly mayVote: boolean }>>;
  /** People without an account; absent: none were ever let in. */
  readonly guests?: GuestList;
  /** Who shows the board to everybody, and which area of it; absent or null: nobody. */
  readonly spotlight?: Spotlight | null;
  readonly parking: readonly ParkedItem[];
  readonly ballots: readonly Ballot[];
  readonly produced: readonly Produced[];
  readonly none: readonly { readonly stage: string; readonly output: OutputKind }[];
  /** 1-10, by person; shown without names. */
  readonly ratings: Readonly<Record<PersonId, number>>;
  /** What changed since the last meeting, noted at the start; absent when there was none. */
  readonly changed?: ChangedSince;
  /** What steered the meeting last, and who did it; absent before anything did. */
  readonly acts?: readonly Act[];
  readonly leftOpen: readonly Missing[];
  readonly snapshots: readonly { readonly why: string; readonly id: string; readonly at: Instant }[];
  /** Additions after the end; the record itself is never edited. */
  readonly corrections: readonly {
    readonly by: PersonId | null;
    readonly at: Instant;
    readonly text: string;
  }[];
}

export const isPresent = (it: Pick<Session, 'people'>, person: PersonId): boolean =>
  it.people[person]?.visits.at(-1)?.to === null;

/** Who is here, in the order in which they came. */
export const presentPeople = (it: Session): readonly PersonId[] =>
  Object.keys(it.people)
    .filter((person) => isPresent(it, person))
    .sort((a, b) => firstSeen(it, a) - firstSeen(it, b));

const firstSeen = (it: Session, person: PersonId): Instant => it.people[person]?.visits[0]?.from ?? 0;

/** Planned, and called off before it began: nothing took place. */
export const isCalledOff = ({ status, startedAt }: Pick<Session, 'status' | 'startedAt'>): boolean =>
  status === 'ended' && startedAt === null;

/** The vote that is on, if any. */
export const openBallot = (it: Session): Ballot | null =>
  it.ballots.find(({ closedAt }) => closedAt === null) ?? null;

/** Everything people agreed on in votes, latest ballots last. */
export const agreedScores = (
  it: Session,
): readonly { readonly item: string; readonly title: string; readonly tenths: number }[] =>
  it.ballots
    .filter(isScoring)
    .flatMap(({ items }) =>
      items.flatMap(({ id, title, agreed }) =>
        agreed === null ? [] : [{ item: id, title, tenths: agreed }],
      ),
    );

/** True for votes that give scores: of tenths, and not taken back. */
export const isScoring = (ballot: Ballot): boolean =>
  scaleOf(ballot) === 'tenths' && ballot.discarded !== true;
