import { daysBetween, localDateOf } from '#lib/ui/dates.ts';
import { dateFormat } from '#lib/ui/formats.ts';

/** Where the reader is, and where and when the meeting is. */
export interface Place {
  readonly zone: string;
  readonly locale: string;
  /** The organisation's zone. */
  readonly home: string;
  /** The beginning of the meeting: its day there is the day everybody speaks of. */
  readonly since: number;
}

/** A time of day where the reader is, and how many days it is off the meeting's own day. */
export function timeIn(
  at: number,
  { zone, locale, home, since }: Place,
): { readonly time: string; readonly days: number } {
  const time = dateFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
  return { time, days: daysBetween(localDateOf(since, home), localDateOf(at, zone)) };
}
