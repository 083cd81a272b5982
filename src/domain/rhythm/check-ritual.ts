import type { Fault } from '../outcome.ts';
import { isLocalDate, isLocalTime } from './local-time.ts';
import type { MonthDay, RitualRule, RitualTerms } from './ritual.ts';

const longestMinutes = 2 * 24 * 60;
const isBetween = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && least <= value && value <= most;

/** Everything wrong with the terms of a ritual. */
export function ritualFaults(terms: RitualTerms): readonly Fault[] {
  const faults: Fault[] = [];
  const check = (fine: boolean, path: string, message: string): void =>
    void (fine || faults.push({ path, message }));
  check(terms.title.trim() !== '', 'title', 'Give the ritual a name.');
  check(terms.title.length <= 200, 'title', 'Use at most 200 characters for the name.');
  check(isLocalTime(terms.time), 'time', 'Give a time like 10:00.');
  check(terms.rotation.every(isLocalTime), 'rotation', 'Give times like 10:00, 16:00.');
  check(terms.rotation.length <= 24, 'rotation', 'Use at most 24 times in turn.');
  check(
    isBetween(terms.durationMinutes, 5, longestMinutes),
    'durationMinutes',
    'A meeting lasts 5 minutes to two days.',
  );
  check(isLocalDate(terms.starts), 'starts', 'Give its first day, like 2026-04-06.');
  check(
    terms.ends === null || isLocalDate(terms.ends),
    'ends',
    'Give its last day, like 2026-12-31, or leave it open.',
  );
  check(terms.ends === null || terms.ends >= terms.starts, 'ends', 'It ends before it starts.');
  check(
    terms.quorum === null || isBetween(terms.quorum, 1, 1000),
    'quorum',
    'A quorum is a number of people from 1.',
  );
  return [...faults, ...ruleFaults(terms.rule)];
}

function ruleFaults(rule: RitualRule): readonly Fault[] {
  const fault = (message: string): readonly Fault[] => [{ path: 'rule', message }];
  switch (rule.type) {
    case 'weekly': {
      if (!isBetween(rule.every, 1, 52)) return fault('Repeat every 1 to 52 weeks.');
      const fine = rule.weekdays.length > 0 && rule.weekdays.every((day) => isBetween(day, 1, 7));
      return fine ? [] : fault('Choose at least one weekday.');
    }
    case 'monthly':
      return isBetween(rule.every, 1, 24) ? dayFaults(rule.day) : fault('Repeat every 1 to 24 months.');
    case 'yearly':
      return isBetween(rule.month, 1, 12) ? dayFaults(rule.day) : fault('Choose a month.');
    case 'dates': {
      const wrong = rule.dates.find((it) => !isLocalDate(it));
      if (wrong !== undefined) return fault(`${wrong} is no day. Write days like 2026-04-06.`);
      return isBetween(rule.dates.length, 1, 200) ? [] : fault('Choose 1 to 200 days.');
    }
    case 'period':
      if (!isBetween(rule.weeks, -52, 52))
        return fault('Stay within 52 weeks of the period’s first or last day.');
      if (!isBetween(rule.businessDays, -60, 60)) return fault('Stay within 60 business days.');
      return rule.weekday === null || isBetween(rule.weekday, 1, 7)
        ? []
        : fault('Choose a weekday, or none.');
  }
}

function dayFaults(day: MonthDay): readonly Fault[] {
  if (day.on === 'last-day') return [];
  if (day.on === 'day') {
    return isBetween(day.day, 1, 31)
      ? []
      : [{ path: 'rule', message: 'Choose a day from 1 to 31, or the last day.' }];
  }
  const fine = [1, 2, 3, 4, -1].includes(day.nth) && isBetween(day.weekday, 1, 7);
  return fine ? [] : [{ path: 'rule', message: 'Choose the first to fourth or the last of a weekday.' }];
}
