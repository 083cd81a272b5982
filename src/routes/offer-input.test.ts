import { expect, test } from 'vitest';
import type { RitualAsked } from '#domain/rhythm/ritual.ts';
import { suitingZones } from './offer-input.ts';

test('[RT10] the weekly is booked in turn, or at the one time that suits every zone; other meetings stay', () => {
  const terms = { title: 'x', zone: 'UTC', durationMinutes: 30, starts: '2026-04-06', time: '10:00' };
  const rule = { type: 'weekly', every: 1, weekdays: [1] } as const;
  const weekly: RitualAsked = { ...terms, kind: 'weekly', rule };
  const close: RitualAsked = { ...terms, kind: 'quarterly-close', rule };
  expect(suitingZones([weekly, close], ['09:00', '16:00'])).toEqual([
    { ...weekly, rotation: ['09:00', '16:00'] },
    close,
  ]);
  expect(suitingZones([weekly, close], ['17:00'])).toEqual([{ ...weekly, time: '17:00' }, close]);
  expect(suitingZones([weekly, close], [''])).toEqual([weekly, close]);
});
