import { describe, expect, test } from 'vitest';
import { answerPage, askOf } from './owed-words.ts';

const rules = [
  ...['basis-broken', 'decision-overdue', 'decision-revisit', 'decision-conflict', 'assumption-check'],
  ...['assumption-question', 'risk-no-follow-up', 'risk-review', 'triage-act'],
];

describe('what the registers wait for', () => {
  test('[IN10] each thing due asks for something of its own', () => {
    const asks = rules.map((rule) => askOf({ rule }));
    expect(new Set([...asks, askOf({ rule: 'unheard of' })]).size).toBe(rules.length + 1);
  });

  test('[IN10] and leads to the page where it is answered', () => {
    expect(answerPage({ kind: 'commitment', id: 'a' })).toBe('/commitments/a');
    expect(answerPage({ kind: 'triage-item', id: 'b' })).toBe('/triage/b');
  });
});
