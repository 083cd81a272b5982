import type { CalendarSettings, PeriodSpan } from '../../domain/rhythm/planning-calendar.ts';
import type { RitualKind, RitualRule, RitualTerms } from '../../domain/rhythm/ritual.ts';
import type { Instant, LocalDate, TimeZone } from '../../domain/time.ts';

/** One version of the planning calendar (tracking.md T1). */
export interface CalendarVersionView {
  readonly version: number;
  readonly validFrom: LocalDate;
  readonly settings: CalendarSettings;
  readonly createdAt: Instant;
  readonly createdBy: string | null;
}

/** One week as it is drawn. */
export interface PictureWeek {
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly label: string;
  /** Label of the plan period that owns it, by its fourth day; null in a gap. */
  readonly owner: string | null;
  /** It reaches into another plan period. */
  readonly straddles: boolean;
  /** For which plan periods its days count: one, or in a week of two periods each day for its own. */
  readonly shares: readonly {
    readonly owner: string | null;
    readonly start: LocalDate;
    readonly end: LocalDate;
  }[];
}

/** A year as it is drawn, from the very spans that are stored. */
export interface CalendarPicture {
  readonly label: string;
  readonly start: LocalDate;
  readonly end: LocalDate;
  /** Rows of the picture, longest periods first. */
  readonly rows: readonly { readonly kind: PeriodSpan['kind']; readonly spans: readonly PeriodSpan[] }[];
  readonly weeks: readonly PictureWeek[];
  readonly daysOff: readonly DayOffView[];
  readonly rituals: readonly {
    readonly date: LocalDate;
    readonly kind: RitualKind;
    readonly title: string;
  }[];
}

/** A calendar somebody tries out, or the one in force. */
export interface CalendarPreview {
  readonly picture: CalendarPicture;
  /** From when on it would hold. */
  readonly validFrom: LocalDate;
  /** What saving would do, in sentences. */
  readonly consequences: readonly string[];
}

export interface DayOffView {
  readonly id: string;
  readonly kind: 'holiday' | 'freeze';
  /** null = everybody. */
  readonly teamId: string | null;
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly label: string;
}

export interface LeaveView {
  readonly id: string;
  readonly personId: string;
  readonly delegateId: string | null;
  readonly start: LocalDate;
  readonly end: LocalDate;
  /** The viewer may take it back. */
  readonly mayChange: boolean;
}

/** One recurring meeting. */
export interface RitualView extends RitualTerms {
  readonly id: string;
  readonly series: string;
  readonly version: number;
  /** The rule in words: "Every Monday at 10:00". */
  readonly words: string;
  readonly endedAt: Instant | null;
  readonly mayChange: boolean;
  readonly next: OccurrenceView | null;
  /** Meetings skipped in a row up to now; two raise W10. */
  readonly skipsInARow: number;
}

/** One meeting of a ritual. */
export interface OccurrenceView {
  readonly id: string;
  readonly ritualId: string;
  readonly series: string;
  readonly kind: RitualKind;
  readonly title: string;
  /** Teams whose meeting it is; none = everybody's. */
  readonly teamIds: readonly string[];
  readonly boardId: string | null;
  /** The local day its rule gave: its identity. */
  readonly originalDate: LocalDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly zone: TimeZone;
  readonly durationMinutes: number;
  readonly status: 'scheduled' | 'skipped' | 'held';
  readonly moved: boolean;
  /** Why it was moved, skipped or added. */
  readonly reason: string | null;
  readonly facilitatorId: string | null;
  readonly quorum: number | null;
  /** Meetings skipped right before it: their agenda is carried into this one. Oldest first. */
  readonly carriesAgendaOf: readonly string[];
  /** The session that was started from it (facilitation), when there is one. */
  readonly sessionId: string | null;
}

export interface RitualDetail extends RitualView {
  readonly occurrences: readonly OccurrenceView[];
  /** All parts of its series, earliest first. */
  readonly parts: readonly {
    readonly id: string;
    readonly words: string;
    readonly starts: LocalDate;
    readonly ends: LocalDate | null;
  }[];
  readonly history: readonly {
    readonly at: Instant;
    readonly by: string | null;
    readonly words: string;
    readonly reason: string | null;
  }[];
}

/** A ritual that could be booked: prefilled, everything may be changed. */
export interface RitualOffer {
  readonly terms: RitualTerms;
  readonly words: string;
  /** First days it would be held on. */
  readonly first: readonly Instant[];
  /** An equal one is booked already. */
  readonly booked: boolean;
}

/** A secret calendar address; the address itself is shown once. */
export interface FeedView {
  readonly id: string;
  readonly kind: 'person' | 'team' | 'ritual';
  readonly subjectId: string;
  readonly subject: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}

export type { RitualRule };
