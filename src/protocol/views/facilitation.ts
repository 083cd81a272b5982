import type { Quadrant, RhythmResult } from '../../domain/facilitation/rhythm-result.ts';
import type { StretchBand } from '#domain/commitment/scoring.ts';
import type { MeetingKind, RowSource } from '../../domain/facilitation/agenda.ts';
import type { Extract } from '../../domain/facilitation/extracts.ts';
import type { Minutes } from '../../domain/facilitation/minutes.ts';
import type { MeetingRecord, RecordFrom } from '../../domain/facilitation/record.ts';
import type { Session } from '../../domain/facilitation/session.ts';
import type { Instant, LocalDate } from '../../domain/time.ts';
import type { MinutesFile } from './minutes-file.ts';
import type { PeriodChoices } from './period-choices.ts';
import type { DependencyRow } from './tracking.ts';

/** A session as everybody in it may see it: never a hidden vote, ratings without names. */
export interface LiveSession extends Omit<Session, 'ratings'> {
  readonly id: string;
  readonly ratings: readonly number[];
  /** Who may take over now, because nobody leads. */
  readonly takeOver: readonly string[];
  /** The server's clock when this was said. */
  readonly serverTime: Instant;
}

/** What is sent over a socket or stream whenever the session changed; `hint` says that rows it lists may have. */
export type SessionMessage =
  | { readonly type: 'session'; readonly session: LiveSession }
  | { readonly type: 'no-session' }
  | { readonly type: 'hint' };

export interface SessionView {
  readonly session: LiveSession;
  /** What this viewer alone knows: the own votes of the open ballot, by item. */
  readonly myVotes: Readonly<Record<string, number>>;
  readonly myRating: number | null;
  /** Notes on sections, by section: for who leads alone. */
  readonly notes: Readonly<Record<string, string>>;
  /** What lets guests in, while they are let in: for who leads alone. */
  readonly guestCode: string | null;
  /** Of a planning that has not begun: the period before it, when no close of it was held. */
  readonly unclosed: UnclosedPeriod | null;
}

/** A period something was promised for, and no close was held of. */
export interface UnclosedPeriod {
  readonly period: string;
  readonly label: string;
  /** A board its promises lie on. */
  readonly boardId: string | null;
  /** Its close, where one is prepared or running. */
  readonly sessionId: string | null;
}

/** A session in a list. */
export interface SessionSummary {
  readonly id: string;
  readonly kind: MeetingKind;
  readonly title: string;
  readonly status: 'planned' | 'running' | 'ended';
  readonly plannedAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly teamId: string | null;
  readonly boardId: string | null;
  readonly boardTitle: string | null;
  readonly ritualId: string | null;
  readonly occurrenceId: string | null;
  readonly facilitatorId: string | null;
  /** Who is in it now; who was, once it has ended. */
  readonly people: number;
}

export type RowKind =
  | ('commitment' | 'dependency' | 'decision' | 'assumption' | 'triage-item' | 'parked' | 'note')
  | ('outside-signal' | 'strategy-frame')
  /** Of a board that is being planned: a card, a team's room, a meeting to book, the commit itself. */
  | ('objective' | 'team' | 'ritual' | 'board');

/** A real object that a section lists, with what this viewer may do to it here. */
export interface SessionRow {
  readonly source: RowSource;
  readonly kind: RowKind;
  readonly id: string;
  readonly title: string;
  /** Facts in words, short. */
  readonly detail: string;
  readonly href: string | null;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly due: LocalDate | null;
  /** State for the chip: a display state, a word of the handshake, a register's status. */
  readonly status: string;
  readonly version: number;
  /** True when nothing has to be done to it in this section. */
  readonly settled: boolean;
  /** Names of the commands this viewer may give it now. */
  readonly moves: readonly string[];
  /** Prefill of its check-in, where one waits. */
  readonly checkIn: {
    readonly status: 'on' | 'risk' | 'off' | null;
    readonly confidence: number | null;
    /** What *No movement* says again in one tap; null where it must be asked. */
    readonly repeat: Readonly<Record<string, unknown>> | null;
  } | null;
  /** Of an ask: what its forms are filled with. */
  readonly ask: DependencyRow | null;
  /** Facts beside the state: `late`, `overdue`, `check-due`, `broken`. */
  readonly flags: readonly string[];
  /** Id of a check-in this viewer gave in a session a moment ago and can still take back; else null. */
  readonly undo: string | null;
  /** What a yes has to choose from, where it must name a plan period and this viewer may say it; else null. */
  readonly periods: PeriodChoices | null;
  /** How often it was carried. */
  readonly carryCount: number;
  /** Tenths apart: against version 1, against the newest version, kept as promised (tracking.md T9). */
  readonly score: {
    readonly againstBaseline: number | null;
    readonly againstNow: number | null;
    readonly kept: boolean;
    /** Of a stretch promise only. */
    readonly band?: StretchBand;
  } | null;
  /** Of a team: the period its load is of; absent elsewhere. */
  readonly periodId?: string;
  /** Where it stands between rhythm and result, at the close of a period; absent elsewhere. */
  readonly rhythm?: RhythmResult & { readonly quadrant: Quadrant | null };
}

export interface SectionRows {
  readonly stage: string;
  readonly groups: readonly { readonly source: RowSource; readonly rows: readonly SessionRow[] }[];
}

/** Minutes with the names and addresses a reader needs. */
export interface MinutesView {
  readonly minutes: Minutes;
  /** How everything it was about stood; null where nobody knows any more, or before it began. */
  readonly record: MeetingRecord | null;
  readonly from: RecordFrom | null;
  /** What each person owes after it. */
  readonly extracts: readonly Extract[];
  /** The session's board, and the keys of what has a card there, by object. */
  readonly board: string | null;
  readonly cards: Readonly<Record<string, string>>;
  readonly names: Readonly<Record<string, string>>;
  readonly markdown: string;
  readonly csv: string;
  /** The same as data of a documented shape. */
  readonly file: MinutesFile;
}
