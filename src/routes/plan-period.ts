import type { PeriodView } from '#protocol/views/organisation.ts';
import { daysBetween } from '#lib/ui/dates.ts';

/** With less than half of a quarter left, one plans the next. */
const daysWorthPlanning = 45;

/**
 * The plan period one would plan today: the running one while enough of it is left, else the one after. Null when none is
 * known.
 */
export function nextPlanPeriod(
  periods: readonly PeriodView[],
  today: string,
  kind: PeriodView['kind'] = 'quarter',
): PeriodView | null {
  const plan = periods
    .filter((it) => it.kind === kind && it.end >= today)
    .sort((a, b) => a.start.localeCompare(b.start));
  return plan.find((it) => daysBetween(today, it.end) >= daysWorthPlanning) ?? plan.at(-1) ?? null;
}
