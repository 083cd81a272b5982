import { expect, test } from 'vitest';
import { statusOptions, stretchHint } from './criteria-words.ts';

test('[CM61] what each status means stands at the choice, where it was said', () => {
  const criteria = { on: 'a week ahead', risk: ' ', off: 'no supplier', stretch: 'two markets' };
  expect(statusOptions(criteria).map(({ value, hint }) => [value, hint])).toEqual([
    ['on', 'a week ahead'],
    ['risk', undefined],
    ['off', 'no supplier'],
  ]);
  expect(stretchHint(criteria)).toBe('Stretch: two markets');
  expect(statusOptions(null).every((it) => !('hint' in it))).toBe(true);
  expect(stretchHint(null)).toBeUndefined();
});
