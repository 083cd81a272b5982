import type { LocalDate } from '../time.ts';
import type { CalendarShape, FiscalYear, Span, WeekPattern } from './calendar.ts';
import { addDays, addMonths, daysBetween, weekdayOf } from './local-time.ts';
import { nameYear } from './year-name.ts';

type WeekShape = Extract<CalendarShape, { kind: 'weeks' }>;

/**
 * A year of 52 or 53 whole weeks: quarters of 13, the last of 14 in a long year; months by the pattern, week 53 joins
 * the last (tracking.md T1).
 */
export function weekYear(shape: WeekShape, endsIn: number, labelYear: 'ends' | 'starts'): FiscalYear {
  const start = addDays(lastDayOf(shape, endsIn - 1), 1);
  const end = lastDayOf(shape, endsIn);
  const weeks = (daysBetween(start, end) + 1) / 7;
  const extra = weeks - 52;
  const name = nameYear(shape.endMonth === 12 ? endsIn : endsIn - 1, endsIn, labelYear);
  const cut = (lengths: readonly number[], label: (k: number) => string): readonly Span[] => {
    let from = start;
    return lengths.map((length, k) => {
      const span = { label: label(k + 1), start: from, end: addDays(from, length * 7 - 1) };
      from = addDays(span.end, 1);
      return span;
    });
  };
  return {
    label: name,
    start,
    end,
    halves: cut([26, 26 + extra], (k) => `${name} H${k}`),
    quarters: cut([13, 13, 13, 13 + extra], (k) => `${name} Q${k}`),
    months: cut(monthLengths(shape.pattern, extra), (k) => `${name} M${String(k).padStart(2, '0')}`),
    weeks,
  };
}

/** Last day of the week year that ends in or near the end month of a calendar year. */
export function lastDayOf({ endMonth, endWeekday, endRule }: WeekShape, year: number): LocalDate {
  const first = `${year}-${String(endMonth).padStart(2, '0')}-01`;
  const monthEnd = addDays(addMonths(first, 1), -1);
  const back = (weekdayOf(monthEnd) - endWeekday + 7) % 7;
  // Three days after the month's end is nearer than four days before it.
  return endRule === 'nearest-to-month-end' && back > 3
    ? addDays(monthEnd, 7 - back)
    : addDays(monthEnd, -back);
}

function monthLengths(pattern: WeekPattern, extra: number): readonly number[] {
  const quarter = pattern.split('-').map(Number);
  const lengths = [...quarter, ...quarter, ...quarter, ...quarter];
  return lengths.map((length, index) => (index === lengths.length - 1 ? length + extra : length));
}
