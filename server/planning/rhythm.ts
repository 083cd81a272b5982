import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { addBusinessDays, type BusinessCalendar } from '#domain/rhythm/business-days.ts';
import { cadences, defaultDue } from '#domain/rhythm/cadence.ts';
import { addDays, isLocalDate, isLocalTime, localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';
import type { RhythmView } from '#protocol/views/board.ts';
import type { Booked } from './deps.ts';

/** Business days after the period's end on which it is closed. */
const closeAfterDays = 5;
/** Without a period the close lies a quarter ahead. */
const quarterDays = 13 * 7;

/**
 * The rhythm the review proposes: weekly, due a day before the weekly meeting when there is one, else Friday 17:00; closed
 * when its close is booked, else five business days after the period.
 */
export function prefillRhythm(
  period: { readonly end: LocalDate } | null,
  now: Instant,
  zone: TimeZone,
  { due, closeOn }: Booked,
  calendar: BusinessCalendar,
): RhythmView {
  const end = period?.end ?? addDays(localDateOf(now, zone), quarterDays);
  return {
    cadence: 'weekly',
    ...(due ?? defaultDue),
    closeOn: closeOn ?? addBusinessDays(end, closeAfterDays, calendar),
  };
}

/** Checks a rhythm somebody chose. */
export function checkRhythm(rhythm: RhythmView): Outcome<RhythmView, 'invalid'> {
  const fault = (path: string, message: string) => refused('invalid', message, { path: `rhythm.${path}` });
  if (!cadences.includes(rhythm.cadence)) return fault('cadence', `Choose one of ${cadences.join(', ')}.`);
  if (!Number.isInteger(rhythm.weekday) || rhythm.weekday < 1 || rhythm.weekday > 7) {
    return fault('weekday', 'Weekdays are 1 (Monday) to 7 (Sunday).');
  }
  if (!isLocalTime(rhythm.time)) return fault('time', 'Give a time like 17:00.');
  if (!isLocalDate(rhythm.closeOn)) return fault('closeOn', 'Give the closing day, like 2026-07-07.');
  return allowed(rhythm);
}
