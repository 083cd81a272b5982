import { fiscalYearOf, type PlanningCalendar, type Span } from '#domain/rhythm/calendar.ts';
import { addDays } from '#domain/rhythm/local-time.ts';
import type { LocalDate, TimeZone } from '#domain/time.ts';

/** The calendar an organisation starts with (tracking.md T1): month quarters from its fiscal start month. */
export interface CalendarChoice {
  readonly timezone: TimeZone;
  readonly weekStart: number;
  readonly fiscalStartMonth: number;
}

/** The quarters of the fiscal year that holds `today` and of the next one. */
export function defaultQuarters(today: LocalDate, choice: CalendarChoice): readonly Span[] {
  const calendar: PlanningCalendar = {
    zone: choice.timezone,
    shape: { kind: 'months', startMonth: choice.fiscalStartMonth },
    weekStart: choice.weekStart,
    labelYear: 'ends',
  };
  const year = fiscalYearOf(calendar, today);
  return [...year.quarters, ...fiscalYearOf(calendar, addDays(year.end, 1)).quarters];
}
