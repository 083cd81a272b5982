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
  /** Ids of the people it was said to; null when nobody wrote that down. */
  readonly told: readonly string[] | null;
}

/**
 * Whether a warning is said now: the first time, again after 14 days, or when it got worse. One that somebody muted is not
 * said until then, however bad; one that cleared and came back within the 14 days is not said twice (tracking.md T11).
 */
export function isSaidNow(
  it: Pick<Signal, 'severity'>,
  before: Omit<SaidSignal, 'told'> | null,
  at: Instant,
  { sayAgainAfterDays }: SignalSettings,
): boolean {
  if (before === null) return true;
  if (isMuted(before, at)) return false;
  return it.severity > before.severity || at - before.firedAt >= sayAgainAfterDays * dayMs;
}

/**
 * To whom it is said now: to everybody it is for when it is said at all, else to who has come to be one of them since,
 * such as a new owner. Nobody is told while it is muted.
 */
export function hearersOf(
  it: Pick<Signal, 'severity'> & { readonly people: readonly string[] },
  before: SaidSignal | null,
  at: Instant,
  settings: SignalSettings,
): readonly string[] {
  if (isSaidNow(it, before, at, settings)) return it.people;
  if (before === null || before.told === null || isMuted(before, at)) return [];
  const { told } = before;
  return it.people.filter((person) => !told.includes(person));
}

export const isMuted = (before: Pick<SaidSignal, 'mutedUntil'>, at: Instant): boolean =>
  before.mutedUntil !== null && at < before.mutedUntil;
