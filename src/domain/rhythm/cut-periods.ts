import type { LocalDate } from '../time.ts';
import {
  fiscalYear,
  fiscalYearOf,
  weekStartOf,
  type FiscalYear,
  type PlanningCalendar,
  type Span,
} from './calendar.ts';
import { addDays } from './local-time.ts';
import type { CalendarSettings, PeriodSpan } from './planning-calendar.ts';

/**
 * Every period a calendar has whose year (for custom ones: which itself) touches [from, to], earliest first. What is
 * stored, drawn and put into calendars is cut here and nowhere else.
 */
export function cutPeriods(
  settings: CalendarSettings,
  from: LocalDate,
  to: LocalDate,
): readonly PeriodSpan[] {
  const periods =
    settings.shape.kind === 'custom'
      ? cutCustom(settings.shape.periods, settings, from, to)
      : cutYears(settings, from, to);
  return [...periods].sort((a, b) => a.start.localeCompare(b.start) || b.end.localeCompare(a.end));
}

function cutYears(settings: CalendarSettings, from: LocalDate, to: LocalDate): readonly PeriodSpan[] {
  const calendar = yearsOf(settings);
  const periods: PeriodSpan[] = [];
  for (
    let year = fiscalYearOf(calendar, from);
    year.start <= to;
    year = fiscalYearOf(calendar, addDays(year.end, 1))
  ) {
    periods.push(asPeriod('year', year), ...year.halves.map((it) => asPeriod('half', it)));
    periods.push(...year.quarters.map((it) => asPeriod('quarter', it)));
    periods.push(...year.months.map((it) => asPeriod('month', it)), ...weeksOf(calendar, year));
  }
  return periods;
}

/** Custom periods bring calendar months and weeks with them: months are not theirs to cut. */
function cutCustom(
  periods: readonly Span[],
  { weekStart }: CalendarSettings,
  from: LocalDate,
  to: LocalDate,
): readonly PeriodSpan[] {
  const calendar: PlanningCalendar = {
    zone: 'UTC',
    shape: { kind: 'months', startMonth: 1 },
    weekStart,
    labelYear: 'ends',
  };
  const cut: PeriodSpan[] = periods
    .filter(({ start, end }) => start <= to && end >= from)
    .map((it) => asPeriod('custom', it));
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    const { months, ...rest } = fiscalYear(calendar, year);
    cut.push(...months.map((it) => asPeriod('month', it)), ...weeksOf(calendar, { months, ...rest }));
  }
  return cut;
}

/** The weeks whose fourth day lies in a year; of a 52/53-week year its own whole weeks. */
function weeksOf({ shape, weekStart }: PlanningCalendar, year: FiscalYear): readonly PeriodSpan[] {
  const weeks: PeriodSpan[] = [];
  const first = shape.kind === 'weeks' ? year.start : firstWeek(year.start, weekStart);
  for (let start = first; addDays(start, 3) <= year.end; start = addDays(start, 7)) {
    const number = String(weeks.length + 1).padStart(2, '0');
    weeks.push({ kind: 'week', label: `${year.label} W${number}`, start, end: addDays(start, 6) });
  }
  return weeks;
}

function firstWeek(yearStart: LocalDate, weekStart: number): LocalDate {
  const start = weekStartOf(yearStart, weekStart);
  return addDays(start, 3) < yearStart ? addDays(start, 7) : start;
}

function yearsOf({ shape, weekStart, labelYear }: CalendarSettings): PlanningCalendar {
  if (shape.kind === 'custom') throw new Error('custom periods have no years');
  return { zone: 'UTC', shape, weekStart, labelYear };
}

const asPeriod = (kind: PeriodSpan['kind'], { label, start, end }: Span): PeriodSpan => ({
  kind,
  label,
  start,
  end,
});
