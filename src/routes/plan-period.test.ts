import { expect, test } from 'vitest';
import type { PeriodView } from '#protocol/views/organisation.ts';
import { nextPlanPeriod } from './plan-period.ts';

const quarter = (label: string, start: string, end: string): PeriodView => ({
  id: label,
  kind: 'quarter',
  label,
  start,
  end,
});
const q4 = quarter('2026 Q4', '2026-10-01', '2026-12-31');
const q1 = quarter('2027 Q1', '2027-01-01', '2027-03-31');
const year: PeriodView = { id: 'y', kind: 'year', label: '2026', start: '2026-01-01', end: '2026-12-31' };

test('[PG12] early in a quarter one plans the running one', () => {
  expect(nextPlanPeriod([q1, year, q4], '2026-10-20')).toBe(q4);
});

test('[PG12] with less than half of it left one plans the next', () => {
  expect(nextPlanPeriod([q1, year, q4], '2026-11-23')).toBe(q1);
});

test('[PG12] without a next one the running one is better than none', () => {
  expect(nextPlanPeriod([q4, year], '2026-12-20')).toBe(q4);
  expect(nextPlanPeriod([year], '2026-12-20')).toBeNull();
});
