import { expect, test } from 'vitest';
import type { CommitReview, CommitRow } from '#protocol/views/board.ts';
import { CommitChoice } from './commit-choice.svelte.ts';

const row = (key: string, over: Partial<CommitRow> = {}): CommitRow => ({
  ...{ key, title: key, team: 'team', owner: 'ana', due: null, measures: 0, ticked: true, change: 'new' },
  ...{ fields: [], mustAccept: 'ana', recordId: null },
  ...over,
});
const problem = (key: string | null) =>
  ({ code: 'no-owner', severity: 'blocking', message: '', key }) as const;
const review = (rows: readonly CommitRow[], blocking: CommitReview['blocking'] = []): CommitReview => ({
  ...{ sentence: '', seq: 1, blocking, warnings: [], rows, mayPress: true },
  rhythm: { cadence: 'weekly', weekday: 3, time: '17:00', closeOn: '2027-03-31' },
});

test('[CV13] a problem of a row that is not ticked stands in nobody’s way', () => {
  const it = review(
    [row('a'), row('b')],
    [problem('a'), problem('b'), problem(null), problem('some-priority')],
  );
  const choice = new CommitChoice('board', it);
  choice.tick('b', false);
  expect(choice.blocking(it).map((fault) => fault.key)).toEqual(['a', null, 'some-priority']);
});

test('[CV13] what is not done or gone can not be ticked with its team', () => {
  const rows = [
    row('a', { ticked: false }),
    row('b', { change: 'not-doing', ticked: false }),
    row('c', { change: 'gone', ticked: false }),
  ];
  const choice = new CommitChoice('board', review(rows));
  choice.tickAll(rows, true);
  expect(choice.keys).toEqual(['a']);
  expect(choice.allOf(rows)).toBe(true);
});

test('[CV13] the press says beforehand whom it will ask', () => {
  const rows = [
    row('a'),
    row('b', { mustAccept: 'ben' }),
    row('c', { change: 'unchanged', mustAccept: null }),
  ];
  const choice = new CommitChoice('board', review(rows));
  expect(choice.sentence(rows)).toBe('3 ticked. 2 objectives will be proposed to 2 owners.');
  choice.tickAll(rows.slice(0, 2), false);
  expect(choice.sentence(rows)).toBe('1 ticked. Nothing new is asked of anybody.');
});

test('[CV23] rows that changed while the board moved are marked, the others not', () => {
  const before = review([row('a'), row('b')]);
  const choice = new CommitChoice('board', before);
  expect(choice.hasMoved(row('a', { due: '2027-01-01' }))).toBe(false);
  choice.noteMoved(before);
  expect(choice.hasMoved(row('a', { due: '2027-01-01' }))).toBe(true);
  expect(choice.hasMoved(row('b'))).toBe(false);
});
