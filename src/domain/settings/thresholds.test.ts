import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultThresholds, type ThresholdPart } from './threshold.ts';
import { thresholds } from './threshold-table.ts';
import { thresholdsChanged, withUnit } from './threshold-words.ts';
import { decideThresholds, readStored, thresholdsOf } from './thresholds.ts';

const refusalOf = (change: Record<string, number | null>, stored = {}) => {
  const outcome = decideThresholds(stored, change);
  return outcome.ok
    ? null
    : { code: outcome.refusal.code, paths: outcome.refusal.faults?.map((it) => it.path) };
};

describe('the table', () => {
  test('[TH1] has each threshold of the rules once, with a default within its bounds', () => {
    expect(new Set(thresholds.map(({ key }) => key)).size).toBe(thresholds.length);
    const listed = thresholds.map(({ part, field }) => `${part}.${field}`).sort();
    const known = (Object.keys(defaultThresholds) as ThresholdPart[]).flatMap((part) =>
      Object.keys(defaultThresholds[part]).map((field) => `${part}.${field}`),
    );
    expect(listed).toEqual(known.sort());
    for (const it of thresholds) {
      expect(Number.isInteger(it.default), it.key).toBe(true);
      expect(it.default >= it.least && it.default <= it.most, it.key).toBe(true);
    }
    expect(thresholdsOf({})).toEqual(defaultThresholds);
    expect(thresholdsOf(undefined)).toEqual(defaultThresholds);
  });

  test('[TH1] names rules that there are', () => {
    const folder = 'docs/rules';
    const written = readdirSync(folder)
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
      .join('\n');
    for (const rule of thresholds.flatMap(({ rules }) => rules)) expect(written).toContain(`**[${rule}]**`);
  });
});

describe('what is stored', () => {
  test('[TH2] is used where it can be, in the units of the rules', () => {
    const own = thresholdsOf({
      grace: 0,
      'share-for-plans': 80,
      'ease-above': 25,
      'heavy-from': 10,
      doubts: 1,
    });
    expect(own.tracking).toEqual({
      ...defaultThresholds.tracking,
      ...{ graceBusinessDays: 0, easeNeedsDecisionAbove: 0.25 },
    });
    expect(own.capacity).toEqual({ ...defaultThresholds.capacity, shareForPlans: 0.8 });
    expect([own.signals.heavyFrom, own.registers.doubtsInARow]).toEqual([10, 1]);
    expect(own.reminders).toEqual(defaultThresholds.reminders);
  });

  test.each([
    { grace: -1 },
    { grace: 21 },
    { grace: 1.5 },
    { grace: '3' },
    { grace: null },
    { nothing: 3 },
    { 'fits-up-to': 101 },
    { 'quorum-missed': 5 },
    { 'lead-after': 20, 'sponsor-after': 19 },
    [3],
    'grace',
    null,
  ])('[TH2] %j falls back', (stored) => {
    expect(readStored(stored)).toEqual({});
    expect(thresholdsOf(stored)).toEqual(defaultThresholds);
  });

  test('[TH2] one that cannot be used takes no other with it', () => {
    expect(readStored({ grace: 99, 'heavy-from': 3, 'fits-up-to': 200 })).toEqual({ 'heavy-from': 3 });
  });
});

describe('a change', () => {
  test('[TH3] takes both bounds, and what equals the default is not kept', () => {
    for (const { key, least, most } of thresholds.filter(({ group }) => group === 'Promises')) {
      expect(refusalOf({ [key]: least }), key).toBeNull();
      expect(refusalOf({ [key]: most }), key).toBeNull();
      expect(refusalOf({ [key]: least - 1 }), key).toEqual({ code: 'out-of-range', paths: [key] });
      expect(refusalOf({ [key]: most + 1 }), key).toEqual({ code: 'out-of-range', paths: [key] });
    }
    expect(decideThresholds({ grace: 5, doubts: 3 }, { grace: 2, doubts: null, 'heavy-from': 8 })).toEqual({
      ...{ ok: true, value: { 'heavy-from': 8 } },
    });
  });

  test('[TH3] is refused with every field and a sentence', () => {
    const outcome = decideThresholds({}, { grace: 2.5, doubts: 0 });
    expect(outcome).toMatchObject({
      refusal: {
        code: 'out-of-range',
        path: 'grace',
        faults: [
          { path: 'grace', message: 'Give a whole number from 0 to 20.' },
          { path: 'doubts', message: 'Give a whole number from 1 to 10.' },
        ],
      },
    });
    expect(refusalOf({ nothing: 3 })).toEqual({ code: 'unknown-threshold', paths: ['nothing'] });
    expect(refusalOf({ constructor: 3 })).toEqual({ code: 'unknown-threshold', paths: ['constructor'] });
  });

  test('[TH3] keeps pairs in order, whichever of the two is changed', () => {
    expect(refusalOf({ 'fits-up-to': 101 })?.paths).toEqual(['fits-up-to']);
    expect(refusalOf({ 'fits-up-to': 101, 'tight-up-to': 120 })).toBeNull();
    expect(refusalOf({ 'tight-up-to': null }, { 'fits-up-to': 101, 'tight-up-to': 120 })?.paths).toEqual([
      'fits-up-to',
    ]);
    expect(refusalOf({ 'quorum-of': 2 })?.paths).toEqual(['quorum-missed']);
    expect(refusalOf({ 'sponsor-after': 6 })?.paths).toEqual(['lead-after']);
    expect(refusalOf({ 'lead-after': 14 })).toBeNull();
  });
});

test('[TH4] the log says which number it is now, and which it was', () => {
  expect(thresholdsChanged({ grace: null, 'ease-above': 20 }, { grace: 1, 'ease-above': null })).toBe(
    'Thresholds changed. Grace after the due day, then it is missed: 1 business day, not 2 business days; ' +
      'A target eased by more needs a decision: 10 %, not 20 %.',
  );
  expect(withUnit(8, 'weight')).toBe('weight 8');
});
