import type { Instant } from '../time.ts';

interface Held {
  readonly startsAt: Instant;
  readonly status: 'scheduled' | 'skipped' | 'held';
}

/**
 * Meetings skipped in a row round an instant: the last ones before it and, when those were skipped or there were none,
 * the next ones after it (W10). Given earliest first.
 */
export function skipsInARow<T extends Held>(occurrences: readonly T[], at: Instant): readonly T[] {
  const past = occurrences.filter(({ startsAt }) => startsAt <= at);
  const next = occurrences.filter(({ startsAt }) => startsAt > at);
  const behind = past.slice(past.findLastIndex(({ status }) => status !== 'skipped') + 1);
  const stop = next.findIndex(({ status }) => status !== 'skipped');
  return [...behind, ...next.slice(0, stop === -1 ? next.length : stop)];
}

/** The meetings skipped right before one: their agenda is carried into it. Given earliest first. */
export function agendaCarriedInto<T extends Held>(occurrences: readonly T[], one: T): readonly T[] {
  if (one.status === 'skipped') return [];
  const before = occurrences.filter(({ startsAt }) => startsAt < one.startsAt);
  return before.slice(before.findLastIndex(({ status }) => status !== 'skipped') + 1);
}
