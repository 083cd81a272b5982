import type { LocalDate } from '../time.ts';
import type { CalendarShape, PeriodKind, Span } from './calendar.ts';

/** Periods written down one by one; gaps are allowed, overlaps are not. */
export interface CustomShape {
  readonly kind: 'custom';
  readonly periods: readonly Span[];
}

/** The period that planning and close serve. */
export type PlanPeriodKind = 'quarter' | 'half' | 'year' | 'custom';

/** Where a week counts that lies in two periods: as a whole by its fourth day, or each check-in by its own due day. */
export type StraddlePolicy = 'majority' | 'due-date';

/** One version of an organisation's planning calendar (tracking.md T1). Zones are the organisation's and its teams'. */
export interface CalendarSettings {
  readonly shape: CalendarShape | CustomShape;
  /** 1 = Monday ... 7 = Sunday. */
  readonly weekStart: number;
  /** A fiscal year is named for the calendar year in which it ends, or starts. */
  readonly labelYear: 'ends' | 'starts';
  readonly planPeriod: PlanPeriodKind;
  readonly straddle: StraddlePolicy;
}

/** A period before the store gave it an id. */
export interface PeriodSpan extends Span {
  readonly kind: PeriodKind;
  readonly start: LocalDate;
  readonly end: LocalDate;
}
