import type { Instant, TimeZone } from './time.ts';

/** The door an act came through (tracking.md I4). */
export type Via = 'board' | 'session' | 'web' | 'chat' | 'mail' | 'api' | 'agent' | 'import' | 'clock';

/** Who acts: a person, or nobody (the clock). `onBehalfOf` only for a delegate the owner named (T4). */
export interface Actor {
  /** Person id; null for the clock. */
  readonly person: string | null;
  readonly onBehalfOf?: string | null;
  readonly via: Via;
}

/**
 * One line of the event log (tracking.md I4): append-only; the state of an object is the fold of its events.
 * `Type` names what happened in the past tense, `Data` carries all that the fold needs.
 */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  /** When it happened. */
  readonly at: Instant;
  readonly actor: Actor;
  readonly reason?: string | null;
  readonly decisionId?: string | null;
}

/** An event as the store keeps it. */
export interface RecordedEvent extends DomainEvent {
  readonly id: string;
  readonly objectKind:
    | 'commitment'
    | 'dependency'
    | 'board'
    | 'organisation'
    | 'member'
    | 'person'
    | 'team'
    | 'decision'
    | 'assumption'
    | 'risk'
    | 'session'
    | 'triage'
    | 'ritual';
  readonly objectId: string;
  /** Position within the object's own history, from 1. */
  readonly version: number;
  /** When the server wrote it down; differs from `at` for imports and offline work. */
  readonly recordedAt: Instant;
  readonly tz: TimeZone;
}
