import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate, TimeZone } from '../time.ts';
import { remember } from './remember.ts';

/** A wall-clock time, `HH:MM`. */
export type LocalTime = string;

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;

/**
 * The instant of a wall-clock time (tracking.md T2). A time skipped by daylight saving uses the offset before the gap
 * (02:30 becomes 03:30); a time that comes twice means the first.
 */
export function instantAt(date: LocalDate, time: LocalTime, zone: TimeZone): Instant {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

/** The local day an instant falls on. */
export function localDateOf(at: Instant, zone: TimeZone): LocalDate {
  return dateOf(`${at} ${zone}`);
}

const dateOf = remember((key) => {
  const [at = '', zone = ''] = key.split(' ');
  return zoned(Number(at), zone).toPlainDate().toString();
});

/** The wall-clock time of an instant, `HH:MM`. */
export function localTimeOf(at: Instant, zone: TimeZone): LocalTime {
  return zoned(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** First instant of a local day. */
export function startOfDay(date: LocalDate, zone: TimeZone): Instant {
  return startOf(`${date} ${zone}`);
}

const startOf = remember((key) => {
  const [date = '', zone = ''] = key.split(' ');
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone }).epochMilliseconds;
});

/** First instant after a local day: a due is kept by everything before it. */
export function endOfDay(date: LocalDate, zone: TimeZone): Instant {
  return endOf(`${date} ${zone}`);
}

const endOf = remember((key) => {
  const [date = '', zone = ''] = key.split(' ');
  return startOfDay(addDays(date, 1), zone);
});

export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

export function addMonths(date: LocalDate, months: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

/** Days from one local date to another; negative when `to` lies before `from`. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** 1 = Monday ... 7 = Sunday. */
export function weekdayOf(date: LocalDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

/** True for a day that exists, written `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** True for a wall-clock time, `00:00` to `23:59`. */
export function isLocalTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** Moves an instant by whole local days at the same wall-clock time. */
export function addLocalDays(at: Instant, days: number, zone: TimeZone): Instant {
  return zoned(at, zone).add({ days }).epochMilliseconds;
}

function zoned(at: Instant, zone: TimeZone): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
