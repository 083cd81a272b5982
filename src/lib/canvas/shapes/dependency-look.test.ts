import { describe, expect, test } from 'vitest';
import type { DependencyMeta } from '#board/schema/shapes.ts';
import type { DependencyTruth } from '#protocol/views/tracking.ts';
import { isWithdrawn, lookOf } from './dependency-look.ts';

const meta: DependencyMeta = {
  ...{ kind: 'dependency', key: 'k', what: 'Ledger API', detail: '', neededBy: '2027-03-20' },
  ...{ hardness: 'hard', size: null },
};
const today = '2027-01-10';
const truth = (over: Partial<DependencyTruth>): DependencyTruth => ({
  ...{ id: 'd', status: 'requested', word: 'asked', flags: [], timing: 'none', promisedFor: null },
  ...{ neededBy: '2027-03-20', requesterTeamId: null, providerTeamId: null, providerPersonId: null },
  ...{ respondBy: null, version: 1 },
  ...over,
});

describe('a dependency', () => {
  test.each([
    ['draft', [], 'dotted'],
    ['requested', [], 'dashed'],
    ['countered', [], 'dashed'],
    ['accepted', [], 'solid'],
    ['accepted', ['reopened'], 'double'],
    ['delivered', [], 'solid'],
    ['declined', [], 'solid'],
  ] as const)('[CV2] %s %j is a %s line', (status, flags, line) => {
    expect(lookOf(meta, truth({ status, flags }), today).line).toBe(line);
  });

  test('[CV2] the colour follows timing and never agreement', () => {
    for (const timing of ['none', 'early', 'tight', 'late'] as const) {
      for (const status of ['requested', 'countered', 'accepted', 'declined']) {
        expect(lookOf(meta, truth({ status, timing }), today).timing).toBe(timing);
      }
    }
  });

  test('[CV2] delivered fades with a tick, a no ends in a cross', () => {
    expect(lookOf(meta, truth({ status: 'confirmed' }), today)).toMatchObject({ faded: true, end: 'tick' });
    expect(lookOf(meta, truth({ status: 'revoked' }), today)).toMatchObject({ faded: false, end: 'cross' });
  });

  test('[CV2] the chip says what and by when', () => {
    const words = (it: DependencyTruth | null) => lookOf(meta, it, today).chip?.text ?? '';
    expect(words(null)).toMatch(/^not sent · Ledger API, needs .*20/);
    expect(words(truth({}))).toMatch(/^asked · Ledger API, needs .*20/);
    expect(words(truth({ status: 'accepted', word: 'agreed', promisedFor: '2027-02-01' }))).toMatch(
      /^✓ Ledger API by .*1/,
    );
    const late = truth({ status: 'accepted', word: 'agreed', flags: ['late'], promisedFor: '2027-02-01' });
    expect(words(late)).toContain('late');
  });

  test('[CV2] a long what is cut and an empty one is named', () => {
    expect(lookOf({ ...meta, what: 'x'.repeat(80) }, null, today).chip?.text).toContain('…');
    expect(lookOf({ ...meta, what: ' ' }, null, today).chip?.text).toContain('something');
  });

  test('[CV3] a withdrawn ask is not drawn', () => {
    expect(isWithdrawn(truth({ status: 'withdrawn' }))).toBe(true);
    expect(isWithdrawn(null)).toBe(false);
  });
});
