import { instantAt, localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant, TimeZone } from '#domain/time.ts';

const shape = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)$/;

/** What a `datetime-local` field says, where the organisation is; a time means up to the end of its second. */
export function fromLocal(text: string, zone: TimeZone): Instant | null {
  const [, date, time] = shape.exec(text) ?? [];
  if (date === undefined || time === undefined) return null;
  try {
    return instantAt(date, time, zone) + 999;
  } catch {
    return null;
  }
}

/** An instant as such a field takes it, to the second. */
export function toLocal(at: Instant, zone: TimeZone): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hour12: false },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).format(at);
  return `${localDateOf(at, zone)}T${time}`;
}
