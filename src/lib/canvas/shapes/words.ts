import type { LocalDate } from '#domain/time.ts';

const withoutYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const withYear = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A date as people say it; the year only when it is not this one. An unreadable date is shown as written. */
export function sayDay(date: LocalDate, today: LocalDate): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return date;
  return (date.slice(0, 4) === today.slice(0, 4) ? withoutYear : withYear).format(at);
}

/** `1 ask`, `3 asks`. */
export const count = (of: number, one: string, many = `${one}s`): string => `${of} ${of === 1 ? one : many}`;

/** The hue of a team or person as a colour of the tokens; a quiet grey when there is none. */
export const hue = (colour: number | null | undefined): string =>
  colour === null || colour === undefined ? 'var(--team-10)' : `var(--team-${((colour - 1) % 12) + 1})`;
