import { addDays, dayMs, daysBetween, endOfDay } from '#domain/rhythm/local-time.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';

/** A plan's period. */
export interface Span {
  readonly start: LocalDate;
  readonly end: LocalDate;
}

/**
 * Last day on which a board's single edits are needed for its reviews: the close of the period after its own (sync.md Y1).
 * One that is not planned yet is taken to be as long as the board's own. Null for a board without a period.
 */
export function reviewedUntil(own: Span | null, others: readonly Span[]): LocalDate | null {
  if (!own) return null;
  const next = others
    .filter((it) => it.start > own.end)
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))[0];
  return next?.end ?? addDays(own.end, daysBetween(own.start, own.end) + 1);
}

/** True when an edit of that moment has outlived its time: `days` old, and the next period has closed. */
export function hasOutlived(
  edit: Instant,
  now: Instant,
  days: number,
  until: { readonly date: LocalDate | null; readonly zone: TimeZone },
): boolean {
  if (now - edit < days * dayMs) return false;
  return until.date === null || now > endOfDay(until.date, until.zone);
}
