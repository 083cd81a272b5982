import type { LocalDate, TimeZone } from '../time.ts';
import { instantAt, localTimeOf, type LocalTime } from './local-time.ts';

/** Hours in which nobody minds to meet. */
const comfortable = { from: 8 * 60, to: 18 * 60 } as const;

/**
 * Anchor times, in the ritual's zone, that take turns so that no zone always pays (tracking.md T2): for each zone the
 * time at which it meets within its own day and the others pay least, the given time first. One time when that suits
 * everybody. `on` is a day to reckon with: offsets differ through the year.
 */
export function fairRotation(
  zone: TimeZone,
  zones: readonly TimeZone[],
  time: LocalTime,
  durationMinutes: number,
  on: LocalDate,
): readonly LocalTime[] {
  const everybody = [...new Set([zone, ...zones])];
  const pain = (start: LocalTime, of: TimeZone): number =>
    discomfort(instantAt(on, start, zone), of, durationMinutes);
  const total = (start: LocalTime): number => everybody.reduce((sum, of) => sum + pain(start, of), 0);
  if (total(time) === 0) return [time];
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:${time.slice(3)}`);
  const best = (of: TimeZone): LocalTime =>
    hours.reduce((found, it) => {
      const [a, b] = [pain(found, of), pain(it, of)];
      if (a !== b) return b < a ? it : found;
      return total(it) < total(found) ? it : found;
    });
  const shared = hours.find((it) => total(it) === 0);
  if (shared !== undefined) return [shared];
  const turns = everybody.filter((of) => pain(time, of) > 0).map(best);
  return [...new Set([time, ...turns])];
}

/** Minutes by which a meeting lies outside somebody's comfortable hours. */
function discomfort(at: number, zone: TimeZone, durationMinutes: number): number {
  const [hour = 0, minute = 0] = localTimeOf(at, zone).split(':').map(Number);
  const start = hour * 60 + minute;
  const early = Math.max(0, comfortable.from - start);
  const late = Math.max(0, start + durationMinutes - comfortable.to);
  // A night hour is as far from the evening before as from the morning after.
  return Math.min(early + late, 24 * 60);
}
