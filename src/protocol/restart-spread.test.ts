import { expect, test } from 'vitest';
import { restartReason, spreadOf } from './restart-spread.ts';

test('[LV12] a goodbye for a restart spreads the return over more time the more people there are', () => {
  expect([0, 24, 1_000, 10_000].map((people) => spreadOf(restartReason(people)))).toEqual([
    1_000, 1_000, 5_000, 30_000,
  ]);
  for (const people of [0, 200, 1e6]) expect(restartReason(people).length).toBeLessThanOrEqual(120);
  expect(['', 'the server is restarting', 'retry=x', 'retry=5 or so'].map(spreadOf)).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect([spreadOf('retry=0'), spreadOf('retry=999999')]).toEqual([1_000, 30_000]);
});
