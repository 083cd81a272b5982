import { expect, test } from 'vitest';
import type { BoardTruth, DependencyTruth } from '#protocol/views/tracking.ts';
import { newsBetween } from './watch-asks.ts';

const ask = (status: string): DependencyTruth => ({
  ...{ id: 'd', status, word: status, flags: [], timing: 'none', promisedFor: null, neededBy: null },
  ...{
    requesterTeamId: 'asker',
    providerTeamId: 'giver',
    providerPersonId: null,
    respondBy: null,
    version: 1,
  },
});
const board = (dependencies: Record<string, DependencyTruth>): BoardTruth => ({
  ...{ commitments: {}, dependencies, accepted: { yes: 0, of: 0, waitingFor: [] }, at: 0 },
});
const kinds = (before: BoardTruth | null, after: BoardTruth, team: string) =>
  newsBetween(before, after, [team]).map((it) => it.kind);

test('[CV12] the provider hears when asked, the asker when answered', () => {
  const sent = board({ k: ask('requested') });
  expect(kinds(board({}), sent, 'giver')).toEqual(['asked']);
  expect(kinds(board({}), sent, 'asker')).toEqual([]);
  for (const answer of ['accepted', 'countered', 'declined']) {
    expect(kinds(sent, board({ k: ask(answer) }), 'asker')).toEqual(['answered']);
    expect(kinds(sent, board({ k: ask(answer) }), 'giver')).toEqual([]);
  }
});

test('[CV12] nobody else hears, nothing is news at the first look, and only once', () => {
  const sent = board({ k: ask('requested') });
  expect(kinds(board({}), sent, 'third')).toEqual([]);
  expect(kinds(null, sent, 'giver')).toEqual([]);
  expect(kinds(sent, sent, 'giver')).toEqual([]);
});
