import type { LocalDate, TimeZone } from '../time.ts';
import { monthYear } from './month-year.ts';
import { weekYear } from './week-year.ts';
import { addDays, weekdayOf } from './local-time.ts';

/** A stretch of days, both ends included. Start and end are its identity; the label is only shown. */
export interface Span {
  readonly label: string;
  readonly start: LocalDate;
  readonly end: LocalDate;
}

export type PeriodKind = 'year' | 'half' | 'quarter' | 'month' | 'week' | 'custom';

/** Weeks of the three months of a quarter. */
export type WeekPattern = '4-4-5' | '4-5-4' | '5-4-4';

/** How an organisation cuts its years (tracking.md T1). */
export type CalendarShape =
  | { readonly kind: 'months'; readonly startMonth: number }
  | {
      readonly kind: 'weeks';
      /** Month in or near which the year ends, 1-12. */
      readonly endMonth: number;
      /** Weekday of its last day, 1 = Monday ... 7 = Sunday. */
      readonly endWeekday: number;
      readonly endRule: 'last-in-month' | 'nearest-to-month-end';
      readonly pattern: WeekPattern;
    };

export interface PlanningCalendar {
  readonly zone: TimeZone;
  readonly shape: CalendarShape;
  /** 1 = Monday ... 7 = Sunday. */
  readonly weekStart: number;
  /** A fiscal year is named for the calendar year in which it ends, or starts. */
  readonly labelYear: 'ends' | 'starts';
}

/** One year, cut. */
export interface FiscalYear extends Span {
  readonly halves: readonly Span[];
  readonly quarters: readonly Span[];
  readonly months: readonly Span[];
  /** 52 or 53; null for years made of months. */
  readonly weeks: number | null;
}

/** The year whose last month lies in the calendar year `endsIn` (of a week year: its end month). */
export function fiscalYear(calendar: PlanningCalendar, endsIn: number): FiscalYear {
  const { shape, labelYear } = calendar;
  return shape.kind === 'months' ? monthYear(shape, endsIn, labelYear) : weekYear(shape, endsIn, labelYear);
}

/** The year a day lies in. */
export function fiscalYearOf(calendar: PlanningCalendar, date: LocalDate): FiscalYear {
  const near = Number(date.slice(0, 4));
  for (const endsIn of [near, near + 1, near - 1]) {
    const year = fiscalYear(calendar, endsIn);
    if (year.start <= date && date <= year.end) return year;
  }
  throw new Error(`no fiscal year holds ${date}`);
}

/** The span of a list a day lies in, or null. */
export function spanOf<T extends Span>(spans: readonly T[], date: LocalDate): T | null {
  return spans.find(({ start, end }) => start <= date && date <= end) ?? null;
}

/** First day of the week a day lies in. */
export function weekStartOf(date: LocalDate, weekStart: number): LocalDate {
  return addDays(date, -((weekdayOf(date) - weekStart + 7) % 7));
}

/** A week belongs to the period that holds its fourth day. */
export function weekOwner<T extends Span>(spans: readonly T[], firstDayOfWeek: LocalDate): T | null {
  return spanOf(spans, addDays(firstDayOfWeek, 3));
}

/** Everything wrong with a list of custom periods: ends before it starts, overlaps. */
export function checkCustomPeriods(spans: readonly Span[]): readonly { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = [];
  for (const [index, span] of spans.entries()) {
    const path = `periods[${index}]`;
    if (span.end < span.start) faults.push({ path, message: `"${span.label}" ends before it starts.` });
    const other = spans.findIndex((it, at) => at < index && it.start <= span.end && span.start <= it.end);
    const clash = spans[other];
    if (clash !== undefined) {
      faults.push({
        path,
        message: `"${span.label}" and "${clash.label}" overlap: every day has one period.`,
      });
    }
  }
  return faults;
}
