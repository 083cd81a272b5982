import type { LocalDate } from '../time.ts';
import type { CalendarShape, FiscalYear, Span } from './calendar.ts';
import { addDays, addMonths } from './local-time.ts';
import { nameYear } from './year-name.ts';

/** A year of twelve calendar months: the k-th quarter starts at startMonth + 3 (k - 1). */
export function monthYear(
  { startMonth }: Extract<CalendarShape, { kind: 'months' }>,
  endsIn: number,
  labelYear: 'ends' | 'starts',
): FiscalYear {
  const startsIn = startMonth === 1 ? endsIn : endsIn - 1;
  const start: LocalDate = `${startsIn}-${String(startMonth).padStart(2, '0')}-01`;
  const name = nameYear(startsIn, endsIn, labelYear);
  const cut = (count: number, label: (k: number) => string): readonly Span[] =>
    Array.from({ length: count }, (_, k) => {
      const from = addMonths(start, (12 / count) * k);
      return { label: label(k + 1), start: from, end: addDays(addMonths(from, 12 / count), -1) };
    });
  return {
    label: name,
    start,
    end: addDays(addMonths(start, 12), -1),
    halves: cut(2, (k) => `${name} H${k}`),
    quarters: cut(4, (k) => `${name} Q${k}`),
    months: cut(12, (k) => addMonths(start, k - 1).slice(0, 7)),
    weeks: null,
  };
}
