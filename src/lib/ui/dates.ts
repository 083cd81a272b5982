import type { Clock } from './clock.ts';
import { dateFormat, relativeFormat } from './formats.ts';

const dayMs = 86_400_000;
/** Days within which nobody takes 10 February for that of another year. */
const halfAYear = 183;

/** The local date (`YYYY-MM-DD`) of an instant in a zone. A page asks for that of its own now with every day it shows. */
export function localDateOf(at: number, timezone: string): string {
  if (at === last.at && timezone === last.timezone) return last.date;
  last = { at, timezone, date: computeLocalDate(at, timezone) };
  return last.date;
}

let last = { at: NaN, timezone: '', date: '' };

function computeLocalDate(at: number, timezone: string): string {
  const parts = dateFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((it) => it.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** Whole days from one local date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / dayMs);
}

/**
 * A day as people say it: *today*, *tomorrow*, *yesterday*, else day and month; with the year when it is another and more
 * than half a year away.
 */
export function dayWords(day: string, clock: Clock): string {
  const today = localDateOf(clock.now, clock.timezone);
  const distance = daysBetween(today, day);
  if (Math.abs(distance) <= 1) return ['yesterday', 'today', 'tomorrow'][distance + 1] ?? day;
  return dateFormat(clock.locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    ...(day.slice(0, 4) === today.slice(0, 4) || Math.abs(distance) < halfAYear ? {} : { year: 'numeric' }),
  }).format(Date.parse(`${day}T00:00Z`));
}

/** A stretch of days, both included: *1 Oct – 31 Dec 2026*. */
export function spanWords(start: string, end: string, clock: Clock): string {
  return dateFormat(clock.locale, { timeZone: 'UTC', dateStyle: 'medium' }).formatRange(
    Date.parse(`${start}T00:00Z`),
    Date.parse(`${end}T00:00Z`),
  );
}

/** A day in full, for the tooltip. */
export function dayInFull(day: string, clock: Clock): string {
  return dateFormat(clock.locale, { timeZone: 'UTC', dateStyle: 'full' }).format(Date.parse(`${day}T00:00Z`));
}

/** An instant as people say it: minutes and hours while fresh, days within a week, else its day. */
export function instantWords(at: number, clock: Clock): string {
  const distance = at - clock.now;
  const size = Math.abs(distance);
  const relative = relativeFormat('en', { numeric: 'always' });
  if (size < 60_000) return 'just now';
  if (size < 3_600_000) return relative.format(Math.trunc(distance / 60_000), 'minute');
  const day = localDateOf(at, clock.timezone);
  const days = daysBetween(localDateOf(clock.now, clock.timezone), day);
  if (days === 0 || size < 12 * 3_600_000) return relative.format(Math.trunc(distance / 3_600_000), 'hour');
  if (Math.abs(days) <= 1) return dayWords(day, clock);
  if (Math.abs(days) < 7) return relative.format(days, 'day');
  return dayWords(day, clock);
}

/** The exact time with its zone, for the tooltip. */
export function instantInFull(at: number, clock: Clock): string {
  return dateFormat(clock.locale, {
    timeZone: clock.timezone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}

/** Weekday and time, as a meeting or a deadline within the next days is said: *Wed 17:00*. */
export function weekdayAndTime(at: number, clock: Clock): string {
  return dateFormat(clock.locale, {
    timeZone: clock.timezone,
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(at);
}

/** An instant to the second, with its day and without its zone: *2 Apr 2026, 14:05:30*. */
export function exactTime(at: number, clock: Clock): string {
  return new Intl.DateTimeFormat(clock.locale, {
    timeZone: clock.timezone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  }).format(at);
}
