import { expect, test } from 'vitest';
import { instantAt } from '#domain/rhythm/local-time.ts';
import { nameStops, type Stop } from './stop-names.ts';

const zone = 'Europe/Berlin';
const quarter = { start: '2026-04-01', end: '2026-06-30' };
const stop = (id: string, why: string, date: string, label = ''): Stop => ({
  id,
  why,
  label,
  at: instantAt(date, '12:00', zone),
});
const names = (stops: readonly Stop[], period: typeof quarter | null = quarter) => [
  ...nameStops(stops, period, zone).values(),
];

test('[PL21] stops are named by label, planning day and week, and numbered when equal', () => {
  expect(
    names([
      stop('a', 'manual', '2026-03-27'),
      stop('b', 'commit', '2026-03-30'),
      stop('c', 'automatic', '2026-04-01'),
      stop('d', 'commit', '2026-04-23'),
      stop('e', 'manual', '2026-04-24'),
      stop('f', 'manual', '2026-05-06', 'Before the fair'),
      stop('g', 'end', '2026-07-02'),
    ]),
  ).toEqual([
    'Before the start',
    'Planning day',
    'Week 1',
    'Week 4',
    'Week 4 (2)',
    'Before the fair',
    'After the end',
  ]);
});

test('[PL21] without a period weeks are counted from planning day', () => {
  expect(names([stop('a', 'commit', '2026-04-02'), stop('b', 'manual', '2026-04-09')], null)).toEqual([
    'Planning day',
    'Week 2',
  ]);
});
