import { expect, test } from 'vitest';
import { clockOffset } from './clock-offset.ts';

const exchange = (wrongBy: number, there: number, back: number, at = 1_000_000) => ({
  sentAt: at + wrongBy,
  serverTime: at + there,
  heardAt: at + there + back + wrongBy,
});

test('[SN29] two devices whose clocks are five minutes wrong see the same second', () => {
  const five = [0, 1, 2, 3, 4].map((n) => n * 10_000);
  const early = clockOffset(five.map((n) => exchange(-300_000, 40, 60, 1_000_000 + n)));
  const late = clockOffset(five.map((n) => exchange(300_000, 60, 40, 1_000_000 + n)));
  expect(Math.abs(early - 300_000)).toBeLessThanOrEqual(500);
  expect(Math.abs(late + 300_000)).toBeLessThanOrEqual(500);
});

test('[SN29] slow answers do not move it: the quickest five count, and of them the middle one', () => {
  const quick = [10, 11, 12, 13, 14].map((ms) => exchange(0, ms, ms));
  const slow = [exchange(0, 9_000, 10), exchange(0, 10, 20_000), exchange(0, 7_000, 7_001)];
  expect(Math.abs(clockOffset([...slow, ...quick]))).toBeLessThan(1);
  expect(clockOffset([])).toBe(0);
});
