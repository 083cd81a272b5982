import { expect, test } from 'vitest';
import { weightShares, worstOf } from './roll-up.ts';

test('[SG16] a parent shows shares of weight and the worst child, and no status of its own', () => {
  const rows = [
    { id: 'a', display: 'on', weight: 6 },
    { id: 'b', display: 'risk', weight: 2 },
    { id: 'c', display: 'stale', weight: 1 },
    { id: 'd', display: 'pending', weight: 1 },
    { id: 'e', display: 'done', weight: 9 },
    { id: 'f', display: 'risk', weight: 3 },
  ] as const;
  expect(weightShares(rows.slice(0, 5))).toEqual({
    on: 0.6,
    risk: 0.2,
    off: 0,
    stale: 0.1,
    unrated: 0,
    pending: 0.1,
  });
  expect(worstOf(rows)?.id).toBe('c');
  expect(worstOf([rows[1], rows[5]])?.id).toBe('f');
  expect(worstOf([rows[0], rows[3], rows[4]])).toBeNull();
  expect(weightShares([])).toEqual({ on: 0, risk: 0, off: 0, stale: 0, unrated: 0, pending: 0 });
});
