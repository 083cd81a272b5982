import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { objective } from '../../tests/support/board-records.ts';
import {
  createBoard,
  metaOf,
  newDocument,
  recordsOf,
  removeRecord,
  textOf,
  writeRecord,
} from './document.ts';
import { seedRecords } from './seed.ts';
import { touchedRecords, type Touched } from './touched-records.ts';

/** What a change made elsewhere touches when it arrives. */
function arriving(change: (theirs: Y.Doc) => void): Touched {
  const mine = newDocument();
  createBoard(mine, [...seedRecords(), objective('a'), objective('b')]);
  const theirs = newDocument();
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
  const before = Y.encodeStateVector(theirs);
  change(theirs);
  let touched: Touched | null = null;
  mine.once(
    'afterTransaction',
    (transaction: Y.Transaction) => (touched = touchedRecords(mine, transaction)),
  );
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs, before));
  if (!touched) throw new Error('no transaction');
  return touched;
}

const only = (over: Partial<{ [K in keyof Touched]: unknown }>) => ({
  changed: new Set(),
  removed: new Set(),
  meta: false,
  elsewhere: false,
  ...over,
});

describe('what a transaction touched', () => {
  test.each<[string, (doc: Y.Doc) => void, ReturnType<typeof only>]>([
    ['a new record', (doc) => writeRecord(doc, objective('c')), only({ changed: new Set(['shape:c']) })],
    [
      'a changed fact',
      (doc) => recordsOf(doc).get('shape:a')?.set('props.owner', 'ana'),
      only({ changed: new Set(['shape:a']) }),
    ],
    [
      'a typed letter',
      (doc) => textOf(doc, 'shape:a', 'title')?.insert(0, 'x'),
      only({ changed: new Set(['shape:a']) }),
    ],
    [
      'a deleted letter',
      (doc) => textOf(doc, 'shape:a', 'title')?.delete(0, 1),
      only({ changed: new Set(['shape:a']) }),
    ],
    [
      'a deleted fact',
      (doc) => recordsOf(doc).get('shape:a')?.delete('props.owner'),
      only({ changed: new Set(['shape:a']) }),
    ],
    ['a deleted record', (doc) => removeRecord(doc, 'shape:a'), only({ removed: new Set(['shape:a']) })],
    [
      'a record made and deleted at once',
      (doc) =>
        doc.transact(() => {
          writeRecord(doc, objective('c'));
          removeRecord(doc, 'shape:c');
        }),
      only({}),
    ],
    ['the schema version', (doc) => metaOf(doc).set('schema', 9), only({ meta: true })],
    ['another root', (doc) => doc.getMap('other').set('x', 1), only({ elsewhere: true })],
    ['a list hidden in the records', (doc) => hideList(doc, recordsOf(doc)), only({ elsewhere: true })],
  ])('[BD15] %s', (_what, change, expected) => {
    expect(arriving(change)).toEqual(expected);
  });

  test('[BD15] a list hidden inside a record touches that record, which then is refused', () => {
    const touched = arriving((doc) => hideList(doc, recordsOf(doc).get('shape:a')));
    expect(touched).toEqual(only({ changed: new Set(['shape:a']) }));
  });
});

/** Writes into the list part of a map, as only a hostile client can. */
function hideList(doc: Y.Doc, map: Y.AbstractType<unknown> | undefined | Y.Map<unknown> | object): void {
  if (!(map instanceof Y.Map)) return;
  Y.transact(doc, (transaction) => {
    const item = new Y.Item(
      Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID)),
      null,
      null,
      null,
      null,
      map,
      null,
      new Y.ContentString('hidden'),
    );
    item.integrate(transaction, 0);
  });
}
