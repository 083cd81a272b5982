import {
  addBusinessDays,
  businessDayFrom,
  isBusinessDay,
  type BusinessCalendar,
} from '../rhythm/business-days.ts';
import { addDays, instantAt, localDateOf, localTimeOf, type LocalTime } from '../rhythm/local-time.ts';
import type { Instant, TimeZone } from '../time.ts';

/** How somebody wants to be told. */
export interface Hearing {
  readonly byMail: boolean;
  readonly zone: TimeZone;
  /** Nothing is sent from here ... */
  readonly quietFrom: LocalTime;
  /** ... to here; the same time twice means no quiet hours. */
  readonly quietTo: LocalTime;
  /** All of a day in one mail at this time; null = only what is no hurry. */
  readonly digestAt: LocalTime | null;
  /** Mails in any seven days. */
  readonly weeklyCap: number;
  /** Mails and reminders about one subject in a day. */
  readonly perSubjectADay: number;
  readonly calendar: BusinessCalendar;
}

/** True when nothing may be sent: weekend, holiday, or the person's quiet hours in his own zone. */
export function isQuiet(at: Instant, { zone, quietFrom, quietTo, calendar }: Hearing): boolean {
  if (!isBusinessDay(localDateOf(at, zone), calendar)) return true;
  return isWithin(localTimeOf(at, zone), quietFrom, quietTo);
}

/** The first instant, from here on, at which something may be sent. */
export function nextLoud(at: Instant, hearing: Hearing): Instant {
  const { zone, quietFrom, quietTo, calendar } = hearing;
  let next = at;
  // A night, a weekend and a day's first hour: three steps at most, and each goes forward.
  while (isQuiet(next, hearing)) {
    const date = localDateOf(next, zone);
    if (!isBusinessDay(date, calendar)) {
      next = instantAt(addBusinessDays(date, 1, calendar), '00:00', zone);
      continue;
    }
    const overMidnight = quietFrom > quietTo && localTimeOf(next, zone) >= quietFrom;
    const loud = instantAt(overMidnight ? addDays(date, 1) : date, quietTo, zone);
    // Clocks that are put back make an hour come twice: then the hour after is the end of the quiet.
    next = loud > next ? loud : next + 60 * 60_000;
  }
  return next;
}

/** When the next digest goes out: once a business day, at the chosen time or when the quiet hours end. */
export function nextDigest(at: Instant, hearing: Hearing): Instant {
  const { zone, quietFrom, quietTo, calendar, digestAt } = hearing;
  const time = digestAt ?? (quietFrom === quietTo ? '08:00' : quietTo);
  const today = localDateOf(at, zone);
  const day = instantAt(today, time, zone) < at ? addDays(today, 1) : today;
  return nextLoud(instantAt(businessDayFrom(day, calendar), time, zone), hearing);
}

function isWithin(time: LocalTime, from: LocalTime, to: LocalTime): boolean {
  if (from === to) return false;
  return from < to ? from <= time && time < to : time >= from || time < to;
}
