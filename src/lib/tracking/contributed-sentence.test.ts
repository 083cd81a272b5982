import { expect, test } from 'vitest';
import { contributedSentence, unseenSentence } from './contributed-sentence.ts';

test('[CM57] progress of what contributes is said beside the promise’s own, and of how many', () => {
  expect(contributedSentence({ progress: 0.4, told: 2, counting: 3 }, 0.05)).toBe(
    'What contributes stands at 40 % by weight, of the 2 of 3 that can be told; its own is 5 %. How it stands is for its owner to say.',
  );
  expect(contributedSentence({ progress: 1, told: 1, counting: 1 }, null)).toBe(
    'What contributes stands at 100 % by weight; it measures none of its own. How it stands is for its owner to say.',
  );
  expect(contributedSentence({ progress: null, told: 0, counting: 2 }, 0.5)).toBeNull();
});

test('[CM60] what is hidden is counted', () => {
  expect(unseenSentence(0)).toBeNull();
  expect(unseenSentence(1)).toContain('not counted here');
  expect(unseenSentence(3)).toMatch(/^3 on boards/);
});
