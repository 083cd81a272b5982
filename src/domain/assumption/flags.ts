import type { EntryContext } from '../register/entry.ts';
import { daysBetween, localDateOf } from '../rhythm/local-time.ts';
import type { Instant } from '../time.ts';
import type { Assumption, AssumptionStatus } from './assumption.ts';

const checked: readonly AssumptionStatus[] = ['untested', 'valid', 'doubtful'];

/** `check-due` from the day of its check; `unknown` when much rests on it and the check is overdue for too long (T7). */
export function assumptionFlags(
  it: Assumption,
  at: Instant,
  { zone, settings }: Pick<EntryContext, 'zone' | 'settings'>,
): readonly string[] {
  if (it.nextCheck === null || !checked.includes(it.status)) return [];
  const late = daysBetween(it.nextCheck, localDateOf(at, zone));
  if (late < 0) return [];
  return it.loadBearing === 3 && late > settings.unknownAfterDays ? ['check-due', 'unknown'] : ['check-due'];
}

/** How an assumption colours the promises that rest on it; null = not at all. */
export type Tint = 'broken' | 'doubtful' | 'unknown';

/** What a promise shows of this assumption: failed before doubtful before unknown. */
export function tintOf(status: AssumptionStatus, flags: readonly string[]): Tint | null {
  if (status === 'invalid') return 'broken';
  if (status === 'doubtful') return 'doubtful';
  return flags.includes('unknown') ? 'unknown' : null;
}
