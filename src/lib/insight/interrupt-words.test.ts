import { describe, expect, test } from 'vitest';
import { costWords, interruptsSentence } from './interrupt-words.ts';

const outage = { costDays: 3, costWeight: null, effort: 1.5 };
const visit = { costDays: null, costWeight: 2, effort: null };
const unsaid = { costDays: null, costWeight: null, effort: null };

describe('urgent work in words', () => {
  test('[IN11] each says what it cost, or that nobody said', () => {
    expect(costWords(outage)).toBe(', cost 3 days, took 1.5 person-weeks');
    expect(costWords(visit)).toBe(', cost weight 2');
    expect(costWords(unsaid)).toBe(', cost not said');
  });

  test('[IN11] all of it together is added up as far as it was said', () => {
    expect(interruptsSentence([outage, visit, { ...outage, costDays: 1 }])).toBe(
      '3 times urgent work came between; it cost 4 days of promises and weight 2 of promises and 3 person-weeks.',
    );
    expect(interruptsSentence([unsaid])).toBe('One time urgent work came between.');
  });
});
