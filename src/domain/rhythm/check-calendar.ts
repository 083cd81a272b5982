import { allowed, refused, type Fault, type Outcome } from '../outcome.ts';
import { checkCustomPeriods } from './calendar.ts';
import { isLocalDate } from './local-time.ts';
import type { CalendarSettings } from './planning-calendar.ts';

const mostCustomPeriods = 200;
const isBetween = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && least <= value && value <= most;

/**
 * Everything wrong with a planning calendar, or the calendar as it will be kept: periods in order, and a week that
 * starts where a 52/53-week year's weeks do.
 */
export function checkCalendar(settings: CalendarSettings): Outcome<CalendarSettings, 'invalid-calendar'> {
  const faults = [...shapeFaults(settings), ...planFaults(settings)];
  if (!isBetween(settings.weekStart, 1, 7)) {
    faults.push({ path: 'weekStart', message: 'The week starts on a day from 1 (Monday) to 7 (Sunday).' });
  }
  const [first] = faults;
  if (first) return refused('invalid-calendar', first.message, { path: first.path, faults });
  const { shape } = settings;
  if (shape.kind === 'weeks') return allowed({ ...settings, weekStart: (shape.endWeekday % 7) + 1 });
  if (shape.kind === 'months') return allowed(settings);
  const periods = [...shape.periods].sort((a, b) => a.start.localeCompare(b.start));
  return allowed({ ...settings, shape: { kind: 'custom', periods } });
}

function shapeFaults({ shape }: CalendarSettings): Fault[] {
  if (shape.kind === 'months') {
    const message = 'The year starts in a month from 1 to 12.';
    return isBetween(shape.startMonth, 1, 12) ? [] : [{ path: 'startMonth', message }];
  }
  if (shape.kind === 'weeks') {
    return [
      ...(isBetween(shape.endMonth, 1, 12)
        ? []
        : [{ path: 'endMonth', message: 'The year ends in or near a month from 1 to 12.' }]),
      ...(isBetween(shape.endWeekday, 1, 7)
        ? []
        : [{ path: 'endWeekday', message: 'The year ends on a day from 1 (Monday) to 7 (Sunday).' }]),
    ];
  }
  if (shape.periods.length === 0) {
    return [
      { path: 'periods', message: 'Write at least one period: a name, its first day and its last day.' },
    ];
  }
  if (shape.periods.length > mostCustomPeriods) {
    return [{ path: 'periods', message: `Use at most ${mostCustomPeriods} periods.` }];
  }
  const unknown = shape.periods.flatMap(({ label, start, end }) => {
    if (label.trim() === '') return [{ path: 'periods', message: `The period from ${start} has no name.` }];
    const wrong = [start, end].find((it) => !isLocalDate(it));
    return wrong === undefined
      ? []
      : [{ path: 'periods', message: `“${label}”: ${wrong} is no day. Write days like 2026-03-31.` }];
  });
  if (unknown.length > 0) return unknown;
  return checkCustomPeriods(shape.periods).map(({ message }) => ({ path: 'periods', message }));
}

function planFaults({ shape, planPeriod }: CalendarSettings): Fault[] {
  if ((shape.kind === 'custom') === (planPeriod === 'custom')) return [];
  const message =
    shape.kind === 'custom'
      ? 'With custom periods these are what you plan for.'
      : 'Plan for quarters, half-years or years; custom periods are another kind of calendar.';
  return [{ path: 'planPeriod', message }];
}
