import { describe, expect, test } from 'vitest';
import { instantAt, isLocalDate, isLocalTime, localDateOf, startOfDay, endOfDay } from './local-time.ts';

const utc = (text: string) => Date.parse(text);
const newYork = 'America/New_York';

describe('wall-clock times', () => {
  test.each([
    ['2026-03-02', '2026-03-02T14:00Z'],
    ['2026-03-09', '2026-03-09T13:00Z'],
    ['2026-10-26', '2026-10-26T13:00Z'],
    ['2026-11-02', '2026-11-02T14:00Z'],
  ])('[RH1] Monday 09:00 in New York keeps its hour on %s', (date, instant) => {
    expect(instantAt(date, '09:00', newYork)).toBe(utc(instant));
  });

  test('[RH1] a skipped time uses the offset before the gap', () => {
    expect(instantAt('2026-03-08', '02:30', newYork)).toBe(utc('2026-03-08T07:30Z'));
  });

  test('[RH1] a time that comes twice means the first', () => {
    expect(instantAt('2026-11-01', '01:30', newYork)).toBe(utc('2026-11-01T05:30Z'));
  });

  test('[RH1] a local day is as long as it is', () => {
    const hours = (date: string) => (endOfDay(date, newYork) - startOfDay(date, newYork)) / 3_600_000;
    expect(['2026-03-07', '2026-03-08', '2026-11-01'].map(hours)).toEqual([24, 23, 25]);
    expect(localDateOf(utc('2026-03-08T04:59Z'), newYork)).toBe('2026-03-07');
  });

  test('[RH1] only days and times that exist are taken', () => {
    expect(['2026-02-28', '2026-02-30', '2026-2-3', '', '2026-02'].map(isLocalDate)).toEqual([
      true,
      ...[false, false, false, false],
    ]);
    expect(['00:00', '23:59', '24:00', '9:00'].map(isLocalTime)).toEqual([true, true, false, false]);
  });
});
