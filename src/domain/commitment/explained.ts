import { dayMs } from '../rhythm/local-time.ts';
import type { Instant } from '../time.ts';
import type { Cause, Commitment } from './commitment.ts';
import type { TrackingSettings } from './settings.ts';

/** Why a promise was not kept, as far as anybody said: after five days without a word it is unexplained, for all to see. */
export type Explanation =
  | { readonly state: 'explained'; readonly cause: Cause }
  | { readonly state: 'awaited'; readonly until: Instant }
  | { readonly state: 'unexplained' };

/** null for what was kept, runs, or never was a promise. */
export function explanationOf(
  it: Commitment,
  at: Instant,
  { causeWithinDays }: Pick<TrackingSettings, 'causeWithinDays'>,
): Explanation | null {
  const ended =
    it.status === 'missed'
      ? it.missed
      : it.status === 'dropped'
        ? it.dropped
        : it.status === 'carried'
          ? it.carried
          : null;
  if (ended === null) return null;
  if (ended.cause !== null) return { state: 'explained', cause: ended.cause };
  const until = ended.at + causeWithinDays * dayMs;
  return at < until ? { state: 'awaited', until } : { state: 'unexplained' };
}
