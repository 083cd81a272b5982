import type { PersonId, Standing, TeamId } from '../access/standing.ts';
import type { Actor, DomainEvent } from '../event.ts';
import type { Outcome } from '../outcome.ts';
import type { Instant, TimeZone } from '../time.ts';

/** What every entry of a register has: a decision, an assumption, a risk, an issue (tracking.md T6-T8, T17). */
export interface Entry {
  /** Life-cycle word of its kind. */
  readonly status: string;
  readonly title: string;
  /** Who decides, watches or acts. */
  readonly owner: PersonId | null;
  readonly team: TeamId | null;
  readonly board: string | null;
  /** Key of its card, when it has one. */
  readonly key: string | null;
  readonly raisedBy: PersonId | null;
  readonly raisedAt: Instant;
  /** Commitments it touches, by id. */
  readonly affects: readonly string[];
  readonly closedAt: Instant | null;
  /** Somebody whose answer is wanted, whatever the team. */
  readonly asked?: PersonId | null;
}

/** Thresholds of the registers (tracking.md I9). */
export interface RegisterSettings {
  /** A decision reversed within this many days of being taken is thrash (M10). */
  readonly thrashWithinDays: number;
  /** Doubtful answers in a row that make an assumption doubtful. */
  readonly doubtsInARow: number;
  /** A load-bearing assumption whose check is overdue by more days than this is unknown. */
  readonly unknownAfterDays: number;
  /** A risk owned without a day to look again is nudged after this many days. */
  readonly followUpWithinDays: number;
}

export const registerSettings: RegisterSettings = {
  thrashWithinDays: 30,
  doubtsInARow: 2,
  unknownAfterDays: 14,
  followUpWithinDays: 7,
};

/** All that a rule may know beside the entry itself. */
export interface EntryContext {
  /** The actor's. */
  readonly standing: Standing;
  readonly zone: TimeZone;
  readonly settings: RegisterSettings;
}

/** One command with all it is decided on. */
export interface EntryAsked<C> {
  readonly command: C;
  readonly actor: Actor;
  readonly at: Instant;
  readonly context: EntryContext;
}

/** What somebody is to an entry. `directs`: speaks for the organisation's direction. `room`: acts within a session, where everybody present hears it. */
export type EntryRole =
  'owner' | 'raiser' | 'asked' | 'team' | 'lead' | 'directs' | 'room' | 'anyone' | 'clock';

/** Who may ask what, in which state. */
export interface ActRule {
  readonly from: readonly string[];
  readonly by: readonly EntryRole[];
  /** The act in words: "Only <by> can <does>." */
  readonly does: string;
  /** Never offered as a button: the clock and other entries ask it. */
  readonly silent?: true;
}

export type EntryOutcome<E> = Outcome<readonly E[]>;

/**
 * One kind of entry: its table of acts, what each act records, and the fold. Methods, so that a list of all kinds can
 * be walked by code that knows none of them.
 */
export interface EntryRules<S extends Entry, C extends { readonly type: string }, E extends DomainEvent> {
  /** "decision", as it stands in a sentence. */
  readonly noun: string;
  /** What its owner is called: "the decider". */
  readonly ownerWord: string;
  /** The command that opens one. */
  readonly opens: C['type'];
  readonly acts: Readonly<Record<string, ActRule>>;
  open(asked: EntryAsked<C>): EntryOutcome<E>;
  act(it: S, asked: EntryAsked<C>): EntryOutcome<E>;
  fold(state: S | null, event: E): S | null;
  /** What the clock has done by then and nobody wrote down. */
  clock(it: S, at: Instant, context: EntryContext): readonly E[];
}
