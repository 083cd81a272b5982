import { describe, expect, test } from 'vitest';
import { hourMs } from './local-time.ts';
import {
  adherence,
  fillAt,
  isSilent,
  slotState,
  slotToFill,
  slotToRevise,
  type Slot,
  type SlotState,
} from './slot.ts';

const weekMs = 7 * 24 * hourMs;

/** Weekly slots: due at week k, open 3 days before, grace 4 days after. */
function week(number: number, more: Partial<Slot> = {}): Slot {
  const dueAt = number * weekMs;
  return {
    ...{ id: `slot-${number}`, number, label: `week ${number}`, filled: null, filledAt: null, excused: null },
    ...{ opensAt: dueAt - 72 * hourMs, dueAt, graceEndsAt: dueAt + 96 * hourMs },
    ...more,
  };
}
const answered = (number: number) => week(number, { filled: 'on-time', filledAt: number * weekMs - hourMs });

describe('a slot by the clock', () => {
  const due = 10 * weekMs;
  const cases: readonly [number, SlotState][] = [
    [due - 72 * hourMs - 1, 'upcoming'],
    [due - 72 * hourMs, 'open'],
    [due - 24 * hourMs - 1, 'open'],
    [due - 24 * hourMs, 'due'],
    [due - 1, 'due'],
    [due, 'late'],
    [due + 96 * hourMs - 1, 'late'],
    [due + 96 * hourMs, 'missed'],
  ];
  test.each(cases)('[RH8] at %i it is %s', (at, state) => {
    expect(slotState(week(10), at)).toBe(state);
  });

  test('[RH8] an answer given later is not known before', () => {
    const slot = week(10, { filled: 'late', filledAt: due + hourMs });
    expect([slotState(slot, due), slotState(slot, due + hourMs)]).toEqual(['late', 'filled']);
  });

  test('[RH8] an excused slot asks for nothing', () => {
    expect(slotState(week(10, { excused: 'freeze' }), due + 200 * hourMs)).toBe('excused');
  });
});

describe('filling', () => {
  const overlapping = week(11, { opensAt: 10 * weekMs });

  test('[RH9] the earliest slot that waits is filled', () => {
    expect(slotToFill([overlapping, week(10)], 10 * weekMs + hourMs)?.id).toBe('slot-10');
  });

  test('[RH9] a missed slot stays missed', () => {
    expect(slotToFill([week(9), overlapping], 10 * weekMs + hourMs)?.id).toBe('slot-11');
  });

  test('[RH9] outside every window nothing is filled', () => {
    expect(slotToFill([week(10)], 9 * weekMs)).toBeNull();
  });

  test('[RH9] a second submission revises the slot whose window holds it', () => {
    expect(slotToRevise([answered(10), week(11)], 10 * weekMs)?.id).toBe('slot-10');
    expect(slotToRevise([answered(10)], 11 * weekMs)).toBeNull();
  });

  test('[RH9] from the due on an answer is late', () => {
    expect([fillAt(week(10), 10 * weekMs - 1), fillAt(week(10), 10 * weekMs)]).toEqual(['on-time', 'late']);
  });
});

describe('silence', () => {
  const now = 12 * weekMs;
  test('[RH14] the last passed slot unanswered is silence', () => {
    expect(isSilent([answered(10), week(11), week(12)], now)).toBe(true);
  });
  test('[RH14] a later answer ends it', () => {
    expect(isSilent([week(11), answered(12)], now)).toBe(false);
  });
  test('[RH14] an excused slot is skipped', () => {
    expect(isSilent([answered(10), week(11, { excused: 'skip' })], now)).toBe(false);
  });
  test('[RH14] before the first grace ends nobody is silent', () => {
    expect(isSilent([week(12)], now)).toBe(false);
  });
});

test('[RH15] adherence counts what was expected', () => {
  const late = week(8, { filled: 'late', filledAt: 8 * weekMs + hourMs });
  const imported = week(7, { filled: 'imported', filledAt: 7 * weekMs });
  const excused = week(6, { excused: 'freeze' });
  const rate = adherence(
    [excused, imported, late, week(9), answered(10), answered(11), week(12)],
    12 * weekMs,
  );
  expect(rate).toEqual({ onTime: 2, late: 1, expected: 4, rate: 0.5 });
  expect(adherence([imported], 12 * weekMs).rate).toBeNull();
});
