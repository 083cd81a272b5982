import { describe, expect, test } from 'vitest';
import { lastStanding, noMovementOf, repeatOf, type Said } from './no-movement.ts';

function said(at: number, facts: Partial<Said> = {}): Said {
  return {
    ...{ id: `c${at}`, at, revises: null, status: 'on', confidence: 70, values: { m1: 3 } },
    ...{ whatChanged: '', nextStep: '', blocker: null, helpWanted: '' },
    ...facts,
  };
}

describe('no movement', () => {
  test('[PG10] needs something to repeat, with a status and a confidence', () => {
    expect(noMovementOf([])).toBe('nothing-to-repeat');
    expect(noMovementOf([said(1, { status: null, confidence: null })])).toBe('nothing-to-repeat');
  });

  test('[PG10] is one tap twice, then asks how sure one still is', () => {
    const first = said(1, { whatChanged: 'Began.' });
    expect(noMovementOf([first])).toBe('one-tap');
    expect(noMovementOf([first, said(2)])).toBe('one-tap');
    expect(noMovementOf([first, said(2), said(3)])).toBe('ask-confidence');
  });

  test('[PG10] news, another value or another confidence begins anew', () => {
    expect(noMovementOf([said(1), said(2), said(3), said(4, { confidence: 50 })])).toBe('one-tap');
    expect(noMovementOf([said(1), said(2), said(3), said(4, { values: { m1: 4 } })])).toBe('one-tap');
    expect(noMovementOf([said(1), said(2), said(3), said(4, { whatChanged: 'News.' })])).toBe('one-tap');
  });

  test('[PG10] a revised check-in counts for nothing', () => {
    const revised = [said(1), said(2, { status: 'off' }), said(3, { revises: 'c2' })];
    expect(lastStanding(revised)?.id).toBe('c3');
    expect(noMovementOf(revised)).toBe('one-tap');
  });

  test('[PG10] repeats status, confidence and what would help with the values of now, and no news', () => {
    const checkIns = [said(1, { status: 'risk', nextStep: 'Call them', whatChanged: 'Began.' })];
    const repeat = repeatOf({ checkIns, values: { m1: 3 } });
    expect(repeat).toMatchObject({ status: 'risk', confidence: 70, nextStep: 'Call them', noMovement: true });
    expect(repeat).not.toHaveProperty('whatChanged');
    expect(repeatOf({ checkIns: [], values: {} })).toBeNull();
  });
});
