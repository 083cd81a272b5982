import type { PeriodView } from '#protocol/views/organisation.ts';
import { daysBetween } from '#lib/ui/dates.ts';

/** With less than half of a quarter left, one plans the next. */
const daysWorthPlanning = 45;

/**
 * The quarter one would plan today: the running one while enough of it is left, else the one after. Null when no quarter
 * is known.
 */
export function nextPlanPeriod(periods: readonly PeriodView[], today: string): PeriodView | null {
  const quarters = periods
    .filter((it) => it.kind === 'quarter' && it.end >= today)
    .sort((a, b) => a.start.localeCompare(b.start));
  return quarters.find((it) => daysBetween(today, it.end) >= daysWorthPlanning) ?? quarters.at(-1) ?? null;
}
