import { describe, expect, test } from 'vitest';
import type { Clock } from './clock.ts';
import {
  dayInFull,
  daysBetween,
  dayWords,
  instantInFull,
  instantWords,
  localDateOf,
  spanWords,
} from './dates.ts';

const noon: Clock = { now: Date.parse('2027-01-28T11:00Z'), locale: 'en-GB', timezone: 'Europe/Berlin' };
const minutes = (n: number): number => noon.now + n * 60_000;

describe('a day', () => {
  test.each([
    ['2027-01-27', 'yesterday'],
    ['2027-01-28', 'today'],
    ['2027-01-29', 'tomorrow'],
    ['2027-02-15', '15 Feb'],
    ['2026-12-31', '31 Dec'],
    ['2027-12-31', '31 Dec'],
    ['2025-06-30', '30 Jun 2025'],
    ['2028-01-01', '1 Jan 2028'],
  ])('[PG5] %s is said as %s', (day, words) => {
    expect(dayWords(day, noon)).toBe(words);
  });

  test('[PG5] another language orders it as it does', () => {
    expect(dayWords('2027-02-15', { ...noon, locale: 'de-DE' })).toBe('15. Feb.');
    expect(dayWords('2027-02-15', { ...noon, locale: 'en-US' })).toBe('Feb 15');
  });

  test('[PG5] the exact day is on hover', () => {
    expect(dayInFull('2027-02-15', noon)).toMatch(/^Monday,? 15 February 2027$/);
    expect(spanWords('2027-01-01', '2027-03-31', noon)).toMatch(/^1 Jan\s–\s31 Mar 2027$/);
  });

  test('[PG5] it begins at midnight of the organisation, not of the server', () => {
    expect(localDateOf(Date.parse('2027-01-28T23:30Z'), 'Europe/Berlin')).toBe('2027-01-29');
    expect(localDateOf(Date.parse('2027-01-28T23:30Z'), 'America/New_York')).toBe('2027-01-28');
    expect(daysBetween('2027-03-27', '2027-03-29')).toBe(2);
  });
});

describe('an instant', () => {
  test.each([
    [minutes(0), 'just now'],
    [minutes(-5), '5 minutes ago'],
    [minutes(25), 'in 25 minutes'],
    [minutes(-3 * 60), '3 hours ago'],
    [minutes(-24 * 60), 'yesterday'],
    [minutes(24 * 60), 'tomorrow'],
    [minutes(-3 * 24 * 60), '3 days ago'],
    [minutes(-20 * 24 * 60), '8 Jan'],
  ])('[PG5] %i is said as %s', (at, words) => {
    expect(instantWords(at, noon)).toBe(words);
  });

  test('[PG5] the exact time and its zone are on hover', () => {
    expect(instantInFull(noon.now, noon)).toMatch(/28 January 2027.*12:00.*CET/);
  });
});
