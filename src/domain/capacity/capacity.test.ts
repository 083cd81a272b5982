import { describe, expect, test } from 'vitest';
import * as rules from './capacity.ts';

const capacityOf = (of: Parameters<typeof rules.capacityOf>[0]) =>
  rules.capacityOf(of, rules.defaultCapacity);
const loadOf = (efforts: readonly (number | null)[], capacity: rules.Capacity) =>
  rules.loadOf(efforts, capacity, rules.defaultCapacity);

const four = { entered: null, shares: [1, 1, 1, 1], weeks: 13, holidays: 0 };

describe('what a team can do', () => {
  test('[SG14] four people in 13 weeks: 31.2 person-weeks; 27 of them is 86.5 %, tight', () => {
    const capacity = capacityOf(four);
    expect(capacity).toEqual({ personWeeks: 31.2, from: 'members' });
    const load = loadOf([20, 7], capacity);
    expect([load.verdict, load.load, Math.round((load.share ?? 0) * 1000) / 10]).toEqual(['tight', 27, 86.5]);
  });

  test('[SG14] what was entered wins; holidays and home shares take off', () => {
    expect(capacityOf({ ...four, entered: 20 })).toEqual({ personWeeks: 20, from: 'entered' });
    expect(capacityOf({ ...four, holidays: 5 }).personWeeks).toBe(28.8);
    expect(capacityOf({ ...four, shares: [1, 0.5] }).personWeeks).toBe(11.7);
    expect(capacityOf({ ...four, shares: [] })).toEqual({ personWeeks: null, from: 'nobody' });
  });

  test('[SG15] the bounds belong to the better verdict', () => {
    const hundred = capacityOf({ ...four, entered: 100 });
    const verdicts = [85, 85.01, 100, 100.01].map((it) => loadOf([it], hundred).verdict);
    expect(verdicts).toEqual(['fits', 'tight', 'tight', 'exceeds']);
  });

  test('[SG15] one objective nobody sized makes it unknown, however much the others are', () => {
    expect(loadOf([500, null, null], capacityOf(four))).toMatchObject({
      verdict: 'unknown',
      unsized: 2,
      load: 500,
    });
    expect(loadOf([5], capacityOf({ ...four, shares: [] })).verdict).toBe('unknown');
    expect(loadOf([], capacityOf(four)).verdict).toBe('fits');
  });
});
