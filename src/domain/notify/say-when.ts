import { daysBetween, localDateOf, localTimeOf, weekdayOf } from '../rhythm/local-time.ts';
import type { Instant, LocalDate, TimeZone } from '../time.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day as mails write it: `Fri 3 Apr`. */
export function sayDay(date: LocalDate): string {
  const [, month = 1, day = 1] = date.split('-').map(Number);
  return `${weekdays[weekdayOf(date) - 1] ?? ''} ${day} ${months[month - 1] ?? ''}`;
}

/** A moment as mails write it, on the reader's own clock: `Fri 3 Apr, 17:00`. */
export const sayWhen = (at: Instant, zone: TimeZone): string =>
  `${sayDay(localDateOf(at, zone))}, ${localTimeOf(at, zone)}`;

/** So many days, as people say it: `a day`, `a week`, `two weeks`, `10 days`. */
export function sayDays(days: number): string {
  if (days === 1) return 'a day';
  if (days === 7) return 'a week';
  return days === 14 ? 'two weeks' : `${days} days`;
}

/** How long ago a moment was, in days of the reader: `today`, `yesterday`, `8 days ago`. */
export function sayAgo(then: Instant, at: Instant, zone: TimeZone): string {
  const days = daysBetween(localDateOf(then, zone), localDateOf(at, zone));
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
