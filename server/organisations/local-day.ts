import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';

/** The calendar day of an instant in a zone. */
export function localDay(at: Instant, timezone: TimeZone): LocalDate {
  // The Swedish way of writing a date is ISO's.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short' }).format(at);
}

/** True for an IANA zone this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
