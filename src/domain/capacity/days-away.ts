import { isBusinessDay, plainWeek } from '../rhythm/business-days.ts';
import { addDays } from '../rhythm/local-time.ts';
import type { LocalDate } from '../time.ts';

/** A stretch of days, both ends included. */
interface Span {
  readonly start: LocalDate;
  readonly end: LocalDate;
}

/** Working days of a stretch on which nobody of a team is there: each counts once, however many holidays name it. */
export function daysAway(holidays: readonly Span[], of: Span): number {
  const days = new Set<LocalDate>();
  for (const { start, end } of holidays) {
    const first = start < of.start ? of.start : start;
    const last = end > of.end ? of.end : end;
    for (let day = first; day <= last; day = addDays(day, 1)) {
      if (isBusinessDay(day, plainWeek)) days.add(day);
    }
  }
  return days.size;
}
