import type { Instant, LocalDate, TimeZone } from '../time.ts';
import {
  addBusinessDays,
  addBusinessDaysTo,
  businessDayFrom,
  freezeOn,
  type BusinessCalendar,
} from './business-days.ts';
import { slotWindows, type Cadence } from './cadence.ts';
import { spanOf, type Span } from './calendar.ts';
import {
  addDays,
  addLocalDays,
  addMonths,
  endOfDay,
  hourMs,
  instantAt,
  localDateOf,
  weekdayOf,
} from './local-time.ts';
import type { Slot, SlotExcuse } from './slot.ts';

/** A slot before the store gave it an id; `key` is the same however often it is computed. */
export type PlannedSlot = Omit<Slot, 'id' | 'filled' | 'filledAt'> & { readonly key: string };

export interface Schedule {
  readonly cadence: Cadence;
  /** When the promise was accepted: no check-in is expected within a day of it. */
  readonly from: Instant;
  /** The promise's due: no check-in is expected beyond it and its grace of two business days. */
  readonly until: LocalDate;
  readonly zone: TimeZone;
  readonly calendar: BusinessCalendar;
  /** The owner is away that day, and nobody answers meanwhile. */
  readonly isAway?: (on: LocalDate) => boolean;
  /** Starts of skipped weekly meetings that check-ins are given for. */
  readonly skipped?: readonly Instant[];
  /** Stored months, which monthly check-ins follow; where there are none, those of the calendar on the wall. */
  readonly months?: readonly Span[];
}

/**
 * Every check-in a promise is asked for, oldest first (tracking.md T3). Weekly dues fall on the chosen weekday; every
 * second week counts back from the close, so that all promises of a board are asked in the same weeks; a month is due on
 * the first business day of the next one, as the planning calendar cuts months; a quarter five business days before its
 * close. Slots due in a freeze, in the owner's leave or for a skipped meeting are excused.
 */
export function slotsFor(schedule: Schedule): readonly PlannedSlot[] {
  const { cadence, from, until, zone, calendar } = schedule;
  const window = slotWindows[cadence.kind];
  const ends = endOfDay(addBusinessDays(until, 2, calendar), zone);
  const slots: PlannedSlot[] = [];
  for (const { date, label } of dueDays(schedule)) {
    const dueAt = instantAt(date, cadence.time, zone);
    const opensAt = addLocalDays(dueAt, -window.opensDaysBefore, zone);
    if (dueAt < from + 24 * hourMs || dueAt >= ends) continue;
    const graceEndsAt = addBusinessDaysTo(dueAt, window.graceBusinessDays, zone, calendar);
    const excused = excuseOf(schedule, dueAt);
    slots.push({ key: date, number: slots.length + 1, label, opensAt, dueAt, graceEndsAt, excused });
  }
  return slots;
}

/** Why nobody is asked for an answer due then: a freeze, the owner's leave, or its meeting is skipped; else null. */
export function excuseOf(
  { zone, calendar, isAway, skipped = [] }: Omit<Schedule, 'cadence' | 'from' | 'until'>,
  dueAt: Instant,
): SlotExcuse | null {
  const on = localDateOf(dueAt, zone);
  if (freezeOn(on, calendar) !== null) return 'freeze';
  if (isAway?.(on) === true) return 'owner-leave';
  // Due 24 h before its meeting, an hour more or less through daylight saving.
  return skipped.some((startsAt) => dueAt < startsAt && startsAt - dueAt <= 25 * hourMs) ? 'skip' : null;
}

function dueDays(schedule: Schedule): readonly { readonly date: LocalDate; readonly label: string }[] {
  const { cadence, from, until, zone, calendar } = schedule;
  const first = localDateOf(from, zone);
  // One window beyond the due: the slot may open before it and be due after it.
  const last = addDays(until, 31);
  switch (cadence.kind) {
    case 'weekly':
      return stepDays(onOrAfter(first, cadence.weekday), last, 7);
    case 'two-weekly': {
      const anchor = onOrAfter(addDays(cadence.closeOn, -6), cadence.weekday);
      let start = onOrAfter(first, cadence.weekday);
      if (weeksBetween(start, anchor) % 2 !== 0) start = addDays(start, 7);
      return stepDays(start, last, 14);
    }
    case 'monthly': {
      const days = new Map<LocalDate, string>();
      for (let day = first; day <= last;) {
        const { label, end } = spanOf(schedule.months ?? [], day) ?? monthOnTheWall(day);
        day = addDays(end, 1);
        // Of two months so short that they are due on one day the later one is asked for.
        days.set(businessDayFrom(day, calendar), label);
      }
      return [...days].map(([date, label]) => ({ date, label }));
    }
    case 'quarterly': {
      const date = addBusinessDays(cadence.closeOn, -5, calendar);
      return [{ date, label: date }];
    }
  }
}

function monthOnTheWall(day: LocalDate): Pick<Span, 'label' | 'end'> {
  const label = day.slice(0, 7);
  return { label, end: addDays(addMonths(`${label}-01`, 1), -1) };
}

function stepDays(
  start: LocalDate,
  last: LocalDate,
  step: number,
): readonly { readonly date: LocalDate; readonly label: string }[] {
  const days: { date: LocalDate; label: string }[] = [];
  for (let date = start; date <= last; date = addDays(date, step)) days.push({ date, label: date });
  return days;
}

function onOrAfter(date: LocalDate, weekday: number): LocalDate {
  return addDays(date, (weekday - weekdayOf(date) + 7) % 7);
}

function weeksBetween(a: LocalDate, b: LocalDate): number {
  return Math.round((Date.parse(b) - Date.parse(a)) / (7 * 24 * hourMs));
}
