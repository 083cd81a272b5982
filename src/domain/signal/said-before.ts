import { dayMs } from '../rhythm/local-time.ts';
import type { Instant } from '../time.ts';
import type { Signal, SignalSettings } from './signal.ts';

/** A warning as it was said last. */
export interface SaidSignal {
  readonly severity: number;
  readonly firedAt: Instant;
  /** When what it warned of went away; null while it holds. */
  readonly clearedAt: Instant | null;
  readonly mutedUntil: Instant | null;
}

/**
 * Whether a warning is said now: the first time, again after 14 days, or when it got worse. One that somebody muted is not
 * said until then, however bad; one that cleared and came back within the 14 days is not said twice (tracking.md T11).
 */
export function isSaidNow(
  it: Pick<Signal, 'severity'>,
  before: SaidSignal | null,
  at: Instant,
  { sayAgainAfterDays }: SignalSettings,
): boolean {
  if (before === null) return true;
  if (isMuted(before, at)) return false;
  return it.severity > before.severity || at - before.firedAt >= sayAgainAfterDays * dayMs;
}

export const isMuted = (before: Pick<SaidSignal, 'mutedUntil'>, at: Instant): boolean =>
  before.mutedUntil !== null && at < before.mutedUntil;
