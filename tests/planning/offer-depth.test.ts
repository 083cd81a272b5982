import { expect, test } from 'vitest';
import { toOffers, type OfferContext } from '../../server/planning/offers.ts';
import type { PlanObjective } from '../../src/domain/plan/plan.ts';

const objective = {
  ...{
    key: 'one',
    title: 'Double the sign-ups',
    why: '',
    doneMeans: '',
    notes: '',
    owner: 'ben',
    team: 'red',
  },
  ...{ due: null, promise: 'firm', weight: 3, measures: [], effort: null, priority: null },
} as unknown as PlanObjective;
const named = (key: string) => ({ key, id: `${key}-id` });
const context = (more: Partial<OfferContext>): OfferContext => ({
  ...{ boardId: 'board', commitId: 'commit', snapshotId: 'snapshot', period: null, depth: 'standard' },
  names: { teams: [named('red')], people: [named('ben'), named('ana')] } as unknown as OfferContext['names'],
  leads: new Map([['red-id', ['ben-id', 'ana-id']]]),
  administrator: 'ana-id',
  ...more,
});
const voices = (more: Partial<OfferContext>) =>
  toOffers([objective], [], context(more)).map(({ reviewer, sponsor }) => [reviewer, sponsor]);

test('[DE2] in light nobody reviews or sponsors; in standard a lead and an administrator do', () => {
  expect(voices({ depth: 'light' })).toEqual([[null, null]]);
  expect(voices({ depth: 'standard' })).toEqual([['ana-id', 'ana-id']]);
});

test('[DE9] nobody reviews or sponsors the own promise: who is alone answers alone', () => {
  expect(voices({ leads: new Map([['red-id', ['ben-id']]]), administrator: 'ben-id' })).toEqual([
    [null, null],
  ]);
  expect(voices({ leads: new Map(), administrator: null })).toEqual([[null, null]]);
});
