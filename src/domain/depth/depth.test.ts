import { describe, expect, test } from 'vitest';
import { isShown, lightUpTo, otherDepth, parts, depths, type Depth } from './depth.ts';
import { depthWords } from './depth-words.ts';

/** The table of tracking.md T18, row by row, as it is written there. */
describe('the one table of depths', () => {
  test('[DE1] light asks for owner, due and what done means; standard also for weight, baseline and confidence', () => {
    expect(depths.light.accept).toEqual({
      doneMeansFromMeasures: true,
      ...{ weight: false, baseline: false, confidence: false, period: false, roomAndNeeds: false },
    });
    expect(depths.standard.accept).toEqual({
      doneMeansFromMeasures: false,
      ...{ weight: true, baseline: true, confidence: true, period: true, roomAndNeeds: true },
    });
  });

  test('[DE2] in light nobody reviews and nobody sponsors', () => {
    expect([depths.light.reviewer, depths.light.sponsor]).toEqual([false, false]);
    expect([depths.standard.reviewer, depths.standard.sponsor]).toEqual([true, true]);
  });

  test('[DE3] a decision is written from the reason, or given', () => {
    expect([depths.light.decision, depths.standard.decision]).toEqual(['from-reason', 'given']);
  });

  test('[DE4] light offers a weekly of 30 minutes, close and plan; standard all five', () => {
    expect(depths.light.rituals).toEqual(['weekly', 'quarterly-close', 'quarterly-plan']);
    expect(depths.light.weeklyMinutes).toBe(30);
    expect(depths.standard.rituals).toHaveLength(5);
  });

  test('[DE5] what is off in light is shown once it is used; in standard everything is', () => {
    for (const part of parts) {
      expect([isShown('light', part, false), isShown('light', part, true)], part).toEqual([false, true]);
      expect(isShown('standard', part, false), part).toBe(true);
    }
  });

  test('[DE6] light warns of four rules, standard of all', () => {
    expect(depths.light.warnings).toEqual(['W4', 'W5', 'W7', 'W9']);
    expect(depths.standard.warnings).toEqual(expect.arrayContaining([...depths.light.warnings]));
    expect(depths.standard.warnings.length).toBeGreaterThan(4);
  });

  test('[DE7] the words people choose by are made from the table', () => {
    const words = (depth: Depth) => depthWords(depth).map(({ says }) => says);
    expect(words('light')).toEqual([
      'owner, due, what done means',
      'none: the owner answers alone',
      'a reason; a decision is written from it',
      'weekly, close, plan; the weekly takes 30 minutes',
      'capacity, business value, columns, assumptions, weight',
      'W4, W5, W7, W9',
    ]);
    expect(words('standard')[0]).toContain('weight, baseline, confidence');
    expect(otherDepth(otherDepth('light'))).toBe('light');
    expect(lightUpTo).toBe(15);
  });
});
