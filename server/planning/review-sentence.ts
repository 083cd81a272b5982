import type { CommitRow } from '#protocol/views/board.ts';

/** The one sentence on top of the review: what pressing *Commit* does, and what is in its way. */
export function reviewSentence(rows: readonly CommitRow[], blocking: number): string {
  const ticked = rows.filter((row) => row.ticked);
  const count = (change: CommitRow['change'], of: readonly CommitRow[] = ticked) =>
    of.filter((row) => row.change === change).length;
  if (ticked.length === 0) return 'Nothing is ticked: there is nothing to commit.';
  const owners = new Set(ticked.flatMap(({ owner }) => owner ?? [])).size;
  const teams = new Set(ticked.flatMap(({ team }) => team ?? [])).size;
  const parts = [
    [count('new'), 'new'],
    [count('changed'), 'changed'],
    [count('unchanged'), 'as before'],
  ] as const;
  const kinds = parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`);
  const asides = [
    [count('gone', rows), 'still promised but off the board'],
    [count('not-doing', rows), 'not being done'],
  ] as const;
  const rest = asides.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`);
  return [
    `${many(ticked.length, 'promise')} for ${many(owners, 'owner')} in ${many(teams, 'team')}: ${kinds.join(', ')}`,
    rest.length > 0 ? `; ${rest.join(', ')}` : '',
    blocking > 0 ? `. ${many(blocking, 'problem')} must be solved, or overridden with a reason, first.` : '.',
  ].join('');
}

const many = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
