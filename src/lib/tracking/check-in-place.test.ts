import { describe, expect, test } from 'vitest';
import type { PlannedSlotView } from '#protocol/views/tracking.ts';
import { adherenceSentence } from './adherence-sentence.ts';
import { checkInPlace } from './check-in-place.ts';
import { slotName } from './slot-name.ts';

const day = 86_400_000;
const slot = (number: number, state: PlannedSlotView['state']): PlannedSlotView => ({
  ...{ id: `s${number}`, number, label: '2026-04', state, countsFor: '2026 Q2' },
  ...{ opensAt: number * day, dueAt: (number + 3) * day, graceEndsAt: (number + 5) * day },
  filled: state === 'filled' ? 'on-time' : null,
});

describe('what a check-in counts for', () => {
  const given = slot(1, 'filled');
  const waits = slot(4, 'open');
  test('[PG30] it answers what waits', () => {
    expect(checkInPlace({ slot: waits, slots: [given, waits] }, 4 * day)).toEqual({
      kind: 'answers',
      slot: waits,
    });
  });
  test('[PG30] within the window of one that is given it takes its place, to the end of its grace', () => {
    const slots = [given, slot(20, 'upcoming')];
    expect(checkInPlace({ slot: null, slots }, 2 * day)).toEqual({ kind: 'revises', slot: given });
    expect(checkInPlace({ slot: null, slots }, 6 * day - 1).kind).toBe('revises');
    expect(checkInPlace({ slot: null, slots }, 6 * day)).toEqual({ kind: 'note' });
  });
  test('[PG30] outside every window it is a note, without a rhythm it counts by itself', () => {
    expect(checkInPlace({ slot: null, slots: [slot(1, 'missed')] }, 2 * day)).toEqual({ kind: 'note' });
    expect(checkInPlace({ slot: null, slots: [] }, 0)).toEqual({ kind: 'by-itself' });
  });
});

describe('the name of a check-in', () => {
  const clock = { now: Date.parse('2026-04-10T10:00Z'), locale: 'en-GB', timezone: 'Europe/Berlin' };
  test('[PG30] days and months as people say them, with the period it counts for', () => {
    expect(slotName({ label: '2026-04-03', countsFor: '2026 Q2' }, clock)).toBe('of 3 Apr, for 2026 Q2');
    expect(slotName({ label: '2026-04', countsFor: null }, clock)).toBe('of April 2026');
    expect(slotName({ label: 'kick-off', countsFor: 'H1' }, clock)).toBe('of kick-off, for H1');
  });
});

test('[RH15] on time of expected, late ones apart, no percentage under five', () => {
  expect(adherenceSentence({ onTime: 7, late: 1, expected: 9, rate: 7 / 9 })).toBe(
    '7 of 9 check-ins on time (78 %), 1 late, 1 missed.',
  );
  expect(adherenceSentence({ onTime: 1, late: 0, expected: 1, rate: 1 })).toBe('1 of 1 check-in on time.');
});
