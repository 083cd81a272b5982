import { describe, expect, test } from 'vitest';
import { measureProgress, progressOf, rawScore } from './progress.ts';
import type { Measure } from './terms.ts';

const number: Measure = {
  ...{ key: 'n', title: 'n', kind: 'number', unit: '', baseline: 20, target: 80, direction: 'up' },
  ...{ due: null, owner: null, done: false, helpWanted: false },
};
const milestone: Measure = { ...number, key: 'm', kind: 'milestone', baseline: null, target: null };

describe('progress', () => {
  test('[CM36] of a number, in both directions, between 0 and 1', () => {
    expect([10, 20, 50, 80, 90].map((value) => measureProgress(number, value))).toEqual([0, 0, 0.5, 1, 1]);
    const down: Measure = { ...number, baseline: 50, target: 10, direction: 'down' };
    expect([60, 50, 30, 10, 0].map((value) => measureProgress(down, value))).toEqual([0, 0, 0.5, 1, 1]);
    expect(measureProgress(number, undefined)).toBe(0);
    expect(rawScore(50, 10, 0)).toBe(1.25);
  });

  test('[CM36] cannot be told without baseline or target, nor when both are equal', () => {
    expect(measureProgress({ ...number, baseline: null }, 5)).toBeNull();
    expect(measureProgress({ ...number, target: null }, 5)).toBeNull();
    expect(measureProgress({ ...number, baseline: 80 }, 80)).toBeNull();
    expect(measureProgress({ ...number, baseline: null }, undefined)).toBeNull();
  });

  test('[CM36] of a milestone is 0 or 1, of a habit counts from nothing', () => {
    expect([undefined, 0, 0.9, 1].map((value) => measureProgress(milestone, value))).toEqual([0, 0, 0, 1]);
    expect(measureProgress({ ...milestone, done: true }, undefined)).toBe(1);
    expect(measureProgress({ ...number, kind: 'habit', baseline: null, target: 12 }, 3)).toBe(0.25);
  });

  test('[CM36] kept within two bounds is yes or no', () => {
    const within: Measure = { ...number, direction: 'keep-within', baseline: 8, target: 5 };
    expect([4, 5, 6, 8, 9, undefined].map((value) => measureProgress(within, value))).toEqual([
      0,
      1,
      1,
      1,
      0,
      null,
    ]);
  });

  test('[CM36] of an objective is the weighted mean of what can be told', () => {
    const unknown: Measure = { ...number, key: 'u', target: null };
    const measures = [
      { ...number, weight: 3 },
      milestone,
      unknown,
      { ...milestone, key: 'listed', weight: 0 },
    ];
    expect(progressOf({ measures }, { n: 50, m: 1 })).toBe((0.5 * 3 + 1) / 4);
    expect(progressOf({ measures: [] }, {})).toBeNull();
    expect(progressOf({ measures: [unknown] }, { u: 4 })).toBeNull();
  });
});
