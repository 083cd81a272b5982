import { expect, test } from 'vitest';
import { defaultCapacity } from './capacity.ts';
import * as words from './load-sentence.ts';

const loadSentence = (load: words.SaidLoad) => words.loadSentence(load, defaultCapacity);

test('[SG15] the load says its verdict, on what it rests, and how many objectives nobody sized', () => {
  const load: words.SaidLoad = {
    ...{ verdict: 'tight', load: 27, unsized: 0, capacity: 31.2 },
    ...{ from: 'members', share: 27 / 31.2 },
  };
  expect(loadSentence(load)).toBe(
    'Tight: 27 of 31.2 person-weeks (86.5 %); members × weeks × 0.6, less holidays.',
  );
  expect(loadSentence({ ...load, verdict: 'unknown', unsized: 2 })).toBe(
    'Unknown: 27 of 31.2 person-weeks; members × weeks × 0.6, less holidays. 2 objectives have no size yet.',
  );
  expect(loadSentence({ ...load, verdict: 'unknown', capacity: null, from: 'nobody', share: null })).toBe(
    'Unknown: 27 of nobody knows how many person-weeks; the team has no members.',
  );
});
