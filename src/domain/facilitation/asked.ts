import type { PersonId, Standing } from '../access/standing.ts';
import type { Actor } from '../event.ts';
import type { Outcome } from '../outcome.ts';
import type { Instant } from '../time.ts';
import type { ChangedSince } from './changes.ts';
import type { SessionCommand } from './command.ts';
import type { SessionEvent, SessionEventData, SessionEventType } from './event.ts';
import type { MeetingRecord } from './record.ts';
import type { Missing } from './session.ts';

/** Stable ids of everything a session refuses. */
export type SessionRefusal =
  | 'unknown-session'
  | 'changed-rev'
  | 'not-yours'
  | 'wrong-state'
  | 'invalid'
  | 'unknown-stage'
  | 'not-here'
  | 'timer-range'
  | 'input-closed'
  | 'input-not-here'
  | 'vote-open'
  | 'too-few-voters'
  | 'too-few-votes'
  | 'last-facilitator'
  | 'facilitator-here'
  | 'outputs-missing';

export type SessionOutcome = Outcome<readonly SessionEvent[], SessionRefusal>;

/** All that a decision may know beside the session itself. */
export interface SessionContext {
  /** The actor's. */
  readonly standing: Standing;
  /** People who lead the session's team. */
  readonly leads: readonly PersonId[];
  readonly administrators: readonly PersonId[];
  /** Item -> hidden votes; filled for *reveal* only. */
  readonly hidden: Readonly<Record<string, readonly number[]>>;
  /** The same with names; filled for *reveal* of a private vote only. */
  readonly hiddenNamed?: Readonly<Record<string, Readonly<Record<PersonId, number>>>>;
  /** How many of the hidden votes are guests'; filled for *reveal* only. */
  readonly hiddenOfGuests?: number;
  /** This person has voted on this item before. */
  readonly votedBefore: boolean;
  /** Rows that must be dealt with and are not; filled for *end*. */
  readonly openRows: readonly Missing[];
  /** The period that is over once this close ends; filled for *end*, null when something of it is still running. */
  readonly closes: { readonly period: string; readonly label: string } | null;
  /** What happened since the last meeting of the same ritual or place; filled for *start*, null when there was none. */
  readonly changed: ChangedSince | null;
  /** How everything it is about stands; filled for what ends it. */
  readonly record?: MeetingRecord | null;
  /** When each present person was last heard of; filled for *tick*. Absent: not known here. */
  readonly lastSeen: Readonly<Record<PersonId, Instant>>;
}

/** One command on its way through the rules. */
export interface Asked<C extends SessionCommand = SessionCommand> {
  readonly command: C;
  readonly actor: Actor;
  readonly at: Instant;
  readonly context: SessionContext;
}

export type AskedFor<Type extends SessionCommand['type']> = Asked<Extract<SessionCommand, { type: Type }>>;

/** Writes one event of an ask. */
export function happened<Type extends SessionEventType>(
  { actor, at }: Pick<Asked, 'actor' | 'at'>,
  type: Type,
  data: SessionEventData[Type],
): SessionEvent {
  return { type, data, at, actor } as SessionEvent;
}
