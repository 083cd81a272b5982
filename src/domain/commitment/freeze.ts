import { addDays, daysBetween } from '../rhythm/local-time.ts';
import type { LocalDate } from '../time.ts';
import type { PeriodServed } from './context.ts';
import type { TrackingSettings } from './settings.ts';
import type { Terms } from './terms.ts';

/**
 * The day from which on every change of a promise needs a decision: so much of its plan period has passed (tracking.md
 * T4). null where there is no freeze: all of the period is before it, it serves no period, or it is a promise for a week.
 */
export function frozenFrom(
  { horizon }: Pick<Terms, 'horizon'>,
  period: Pick<PeriodServed, 'start' | 'end'> | null,
  { freezeAfterShare }: Pick<TrackingSettings, 'freezeAfterShare'>,
): LocalDate | null {
  if (period === null || horizon === 'week' || freezeAfterShare >= 1) return null;
  const days = daysBetween(period.start, period.end) + 1;
  return addDays(period.start, Math.ceil(days * freezeAfterShare));
}
