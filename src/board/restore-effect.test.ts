import { expect, test } from 'vitest';
import { area, dependency, note, objective } from '../../tests/support/board-records.ts';
import { restoreChanges, restoreEffect } from './restore-effect.ts';
import { seedRecords } from './seed.ts';
import type { BoardRecord } from './schema/records.ts';

const mapOf = (...records: BoardRecord[]) => new Map(records.map((it) => [it.id as string, it]));

test('[TT4] a restore brings back what is gone, takes away what came since, and changes what was changed', () => {
  const then = mapOf(
    ...seedRecords(),
    area('red'),
    objective('kept'),
    objective('renamed'),
    objective('gone'),
  );
  const now = mapOf(
    ...seedRecords(),
    area('red'),
    objective('kept'),
    objective('renamed', { title: 'other words' }),
    objective('since'),
    note('scribble'),
    ...dependency('need', 'kept', 'since'),
  );
  const { put, remove } = restoreChanges(now, then);
  expect(put.map(({ id }) => id)).toEqual(['shape:gone', 'shape:renamed']);
  expect(remove).toContain('shape:since');
  expect(restoreEffect(now, then)).toEqual({
    back: { count: 1, titles: ['gone'] },
    gone: { count: 3, titles: ['since'] },
    changed: { count: 1, titles: ['renamed'] },
  });
  const after = new Map([...now].filter(([id]) => !remove.includes(id)));
  for (const record of put) after.set(record.id, record);
  expect(after).toEqual(new Map([...then].sort(() => 0)));
});

test('[TT4] a board never loses its page, and where nothing differs nothing is done', () => {
  const now = mapOf(...seedRecords(), objective('card'));
  expect(restoreChanges(now, new Map()).remove).toEqual(['shape:card']);
  expect(restoreChanges(now, now)).toEqual({ put: [], remove: [] });
});
