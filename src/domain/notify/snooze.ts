import { addDays, instantAt, localDateOf, weekdayOf } from '../rhythm/local-time.ts';
import type { Instant, TimeZone } from '../time.ts';

export const snoozes = ['tomorrow', 'next-week'] as const;
export type Snooze = (typeof snoozes)[number];

/** When a message that was put off comes back: at nine, tomorrow or on the first day of next week, where its reader is. */
export function snoozeUntil(snooze: Snooze, at: Instant, zone: TimeZone, weekStart: number): Instant {
  const today = localDateOf(at, zone);
  const days = snooze === 'tomorrow' ? 1 : (weekStart - weekdayOf(today) + 7) % 7 || 7;
  return instantAt(addDays(today, days), '09:00', zone);
}
