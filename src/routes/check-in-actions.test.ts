import { describe, expect, test } from 'vitest';
import type { CheckInView } from '#protocol/views/tracking.ts';
import { repeatedReport } from './check-in-actions.server.ts';

const said = (at: number, more: Partial<CheckInView> = {}): CheckInView => ({
  ...{ id: `c${at}`, slotNumber: at, byId: 'ben', byName: 'Ben', at, via: 'web', revises: null },
  ...{ status: 'risk', confidence: 50, values: { m1: 3 }, progress: null, link: null },
  ...{ whatChanged: '', nextStep: 'Call them', blocker: null, helpWanted: 'A tester' },
  ...more,
});

describe('no movement', () => {
  test('[NT34] says the last check-in again: value, status, confidence and what would help', () => {
    const sheet = { checkIns: [said(1)], values: { m1: 3 } };
    expect(repeatedReport(sheet, { version: 7 })).toMatchObject({
      ok: true,
      value: {
        ...{ version: 7, values: { m1: 3 }, status: 'risk', confidence: 50, noMovement: true },
        ...{ nextStep: 'Call them', helpWanted: 'A tester' },
      },
    });
  });

  test('[NT34] asks the confidence again after two repeats', () => {
    const sheet = { checkIns: [said(1), said(2), said(3)], values: { m1: 3 } };
    expect(repeatedReport(sheet, { version: 7 })).toMatchObject({
      refusal: { code: 'confidence-missing', path: 'confidence' },
    });
    expect(repeatedReport(sheet, { version: 7, confidence: '30' })).toMatchObject({
      value: { confidence: 30 },
    });
  });

  test('[NT34] has nothing to repeat before the first one', () => {
    expect(repeatedReport({ checkIns: [], values: {} }, { version: 1 })).toMatchObject({
      refusal: { code: 'nothing-to-repeat' },
    });
  });
});
