import type { Instant, LocalDate, TimeZone } from '../time.ts';
import { addDays, instantAt, localDateOf, localTimeOf, weekdayOf } from './local-time.ts';

/** Days on which nobody is expected to work (tracking.md T1). */
export interface BusinessCalendar {
  readonly holidays: readonly LocalDate[];
  /** Freeze weeks and the like, both ends included: slots due in them are excused. */
  readonly freezes: readonly {
    readonly start: LocalDate;
    readonly end: LocalDate;
    readonly reason: string;
  }[];
  /** Days of the weekend, 1 = Monday ... 7 = Sunday. */
  readonly weekend: readonly number[];
}

export const plainWeek: BusinessCalendar = { holidays: [], freezes: [], weekend: [6, 7] };

export type BusinessDayAdjust = 'none' | 'following' | 'preceding' | 'modified-following';

export function isBusinessDay(date: LocalDate, calendar: BusinessCalendar): boolean {
  return !calendar.weekend.includes(weekdayOf(date)) && !calendar.holidays.includes(date);
}

/** The n-th business day after (n > 0) or before (n < 0) a date; n = 0 is the date itself. */
export function addBusinessDays(date: LocalDate, n: number, calendar: BusinessCalendar): LocalDate {
  const step = n < 0 ? -1 : 1;
  let left = Math.abs(n);
  let day = date;
  while (left > 0) {
    day = addDays(day, step);
    if (isBusinessDay(day, calendar)) left -= 1;
  }
  return day;
}

/** Same wall-clock time on the n-th business day after: how grace is counted (tracking.md T3). */
export function addBusinessDaysTo(
  at: Instant,
  n: number,
  zone: TimeZone,
  calendar: BusinessCalendar,
): Instant {
  const day = addBusinessDays(localDateOf(at, zone), n, calendar);
  return instantAt(day, localTimeOf(at, zone), zone);
}

/** The first business day on or after a date. */
export function businessDayFrom(date: LocalDate, calendar: BusinessCalendar): LocalDate {
  return isBusinessDay(date, calendar) ? date : addBusinessDays(date, 1, calendar);
}

/** Moves a date that is no business day; *modified following* never leaves the month forwards (tracking.md T2). */
export function adjustToBusinessDay(
  date: LocalDate,
  adjust: BusinessDayAdjust,
  calendar: BusinessCalendar,
): LocalDate {
  if (adjust === 'none' || isBusinessDay(date, calendar)) return date;
  if (adjust === 'preceding') return addBusinessDays(date, -1, calendar);
  const after = addBusinessDays(date, 1, calendar);
  if (adjust === 'modified-following' && after.slice(0, 7) !== date.slice(0, 7)) {
    return addBusinessDays(date, -1, calendar);
  }
  return after;
}

/** The freeze a day lies in, or null. */
export function freezeOn(date: LocalDate, calendar: BusinessCalendar): { readonly reason: string } | null {
  return calendar.freezes.find((freeze) => freeze.start <= date && date <= freeze.end) ?? null;
}
