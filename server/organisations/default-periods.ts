import type { LocalDate } from '#domain/time.ts';

/** A period not yet stored. */
export interface NewPeriod {
  readonly kind: 'quarter';
  readonly label: string;
  readonly start: LocalDate;
  readonly end: LocalDate;
}

/**
 * The month quarters (tracking.md T1) of the fiscal year that holds `today` and of the next one. Q_k starts at start
 * month + 3(k-1); the label names the calendar year in which the fiscal year ends.
 */
export function defaultQuarters(today: LocalDate, fiscalStartMonth: number): readonly NewPeriod[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  // Months since year 0, so that years carry over by themselves.
  const firstMonth = (month >= fiscalStartMonth ? year : year - 1) * 12 + fiscalStartMonth - 1;
  return Array.from({ length: 8 }, (_, index) => {
    const start = firstMonth + index * 3;
    const endOfYear = firstMonth + Math.floor(index / 4) * 12 + 11;
    return {
      kind: 'quarter',
      label: `Q${(index % 4) + 1} ${Math.floor(endOfYear / 12)}`,
      start: dayOf(start, 1),
      end: dayOf(start + 2, lastDayOf(start + 2)),
    };
  });
}

const dayOf = (months: number, day: number): LocalDate =>
  `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Day 0 of the next month is the last of this one. */
const lastDayOf = (months: number): number =>
  new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
