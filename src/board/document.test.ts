import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { area, dependency, measure, note, objective, priority } from '../../tests/support/board-records.ts';
import {
  applyChanges,
  changeRecord,
  createBoard,
  readRecord,
  readRecords,
  recordsOf,
  removeRecord,
  schemaVersion,
  textOf,
  titleText,
  writeRecord,
} from './document.ts';
import type { BoardRecord } from './schema/records.ts';
import { SCHEMA_VERSION } from './schema/schema.ts';
import type { ObjectiveShape } from './schema/shapes.ts';
import { seedRecords } from './seed.ts';

const everything = (): BoardRecord[] => [
  ...seedRecords(),
  area('payments'),
  priority('growth', { why: 'More of everything', rank: 1 }),
  objective(
    'cards',
    { notes: 'Longer words', measures: [measure('a.b/m0', { order: 'a1' }), measure('m1', { order: 'a2' })] },
    { parentId: 'shape:payments' },
  ),
  objective('refunds', { owner: 'ana', due: '2026-03-31', link: 'https://example.org/x' }),
  ...dependency('ask', 'cards', 'refunds'),
  note('idea'),
];

const byId = (records: readonly BoardRecord[]) => [...records].sort((a, b) => (a.id < b.id ? -1 : 1));

function board(records: readonly BoardRecord[] = everything()): Y.Doc {
  const doc = new Y.Doc();
  createBoard(doc, records);
  return doc;
}

/** Both documents get all the other one has. */
function join(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
}

function copy(doc: Y.Doc): Y.Doc {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
}

const change = (doc: Y.Doc, id: string, props: Partial<ObjectiveShape['props']>) =>
  changeRecord(doc, id, (record) => {
    const shape = record as ObjectiveShape;
    return { ...shape, props: { ...shape.props, ...props } };
  });

describe('records in the document', () => {
  test('[BD20] every kind of record reads back as it was written', () => {
    const { records, hidden } = readRecords(board());
    expect(hidden).toEqual([]);
    expect(records).toEqual(byId(everything()));
  });

  test('[BD8] a board carries its schema version', () => {
    expect(schemaVersion(board())).toBe(SCHEMA_VERSION);
    expect(schemaVersion(new Y.Doc())).toBeNull();
  });

  test('[BD1] title and owner changed at once are both kept', () => {
    const mine = board();
    const theirs = copy(mine);
    change(mine, 'shape:refunds', { title: 'Refunds in an hour' });
    change(theirs, 'shape:refunds', { owner: 'ben' });
    join(mine, theirs);
    const props = { title: 'Refunds in an hour', owner: 'ben' };
    expect(readRecord(mine, 'shape:refunds')).toMatchObject({ ok: true, value: { props } });
    expect(readRecords(mine)).toEqual(readRecords(theirs));
  });

  test('[BD1] two measures, and two fields of one measure, changed at once are all kept', () => {
    const mine = board();
    const theirs = copy(mine);
    const [first, second] = [measure('a.b/m0', { order: 'a1' }), measure('m1', { order: 'a2' })];
    change(mine, 'shape:cards', { measures: [{ ...first, title: 'Launched' }, second] });
    change(theirs, 'shape:cards', {
      measures: [
        { ...first, done: true },
        { ...second, owner: 'ana' },
      ],
    });
    join(mine, theirs);
    expect(readRecord(mine, 'shape:cards')).toMatchObject({
      value: {
        props: {
          measures: [
            { ...first, title: 'Launched', done: true },
            { ...second, owner: 'ana' },
          ],
        },
      },
    });
  });

  test('[BD1] a measure deleted by one while another changes a field of it stays deleted', () => {
    const mine = board();
    const theirs = copy(mine);
    const [first, second] = [measure('a.b/m0', { order: 'a1' }), measure('m1', { order: 'a2' })];
    change(mine, 'shape:cards', { measures: [second] });
    change(theirs, 'shape:cards', { measures: [{ ...first, done: true }, second] });
    join(mine, theirs);
    expect(readRecord(mine, 'shape:cards')).toMatchObject({ value: { props: { measures: [second] } } });
    expect(readRecords(mine)).toEqual(readRecords(theirs));
  });

  test('[BD2] two people typing in one title merge by character', () => {
    const mine = board();
    const theirs = copy(mine);
    change(mine, 'shape:refunds', { title: 'fast refunds' });
    change(theirs, 'shape:refunds', { title: 'refunds for all' });
    join(mine, theirs);
    expect(titleText(mine, 'shape:refunds')?.toString()).toBe('fast refunds for all');
  });

  test('[BD2] a text is created with its card and kept by every later write', () => {
    const doc = board();
    const text = textOf(doc, 'shape:cards', 'notes');
    change(doc, 'shape:cards', { notes: 'Other words' });
    writeRecord(doc, objective('cards', { notes: 'Third words' }, { parentId: 'shape:payments' }));
    expect(textOf(doc, 'shape:cards', 'notes')).toBe(text);
    expect(text?.toString()).toBe('Third words');
    expect(textOf(doc, 'shape:idea', 'title')).toBeNull();
  });

  test('[BD20] writing what is there already sends nothing', () => {
    const doc = board();
    const before = Y.encodeStateVector(doc);
    applyChanges(doc, { put: everything(), remove: [] });
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  test('[BD20] an invalid change is refused and nothing is written', () => {
    const doc = board();
    const before = Y.encodeStateVector(doc);
    expect(change(doc, 'shape:refunds', { due: 'soon' })).toMatchObject({
      ok: false,
      refusal: { code: 'invalid-record', path: 'props.due' },
    });
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  test('[BD20] a removed record is gone and says so', () => {
    const doc = board();
    removeRecord(doc, 'shape:idea');
    expect(readRecord(doc, 'shape:idea')).toMatchObject({ refusal: { code: 'no-record' } });
  });

  test.each([
    ['a prototype key', (map: Y.Map<unknown>) => map.set('props.__proto__', { admin: true })],
    ['NaN', (map: Y.Map<unknown>) => map.set('props.weight', NaN)],
    ['bytes', (map: Y.Map<unknown>) => map.set('meta.x', new Uint8Array(3))],
    ['a nested map where JSON belongs', (map: Y.Map<unknown>) => map.set('meta.x', new Y.Map())],
    ['a string where a shared text belongs', (map: Y.Map<unknown>) => map.set('props.title', 'x')],
    ['a formatted text', (map: Y.Map<unknown>) => (map.get('props.title') as Y.Text).format(0, 2, { b: 1 })],
    [
      'an object inside a text',
      (map: Y.Map<unknown>) => (map.get('props.title') as Y.Text).insertEmbed(0, {}),
    ],
    ['another id', (map: Y.Map<unknown>) => map.set('id', 'shape:other')],
    ['an unknown type', (map: Y.Map<unknown>) => map.set('type', 'embed')],
    ['an unknown prop', (map: Y.Map<unknown>) => map.set('props.evil', 1)],
    ['no place', (map: Y.Map<unknown>) => map.delete('place')],
    ['a place that is text', (map: Y.Map<unknown>) => map.set('place', 'here')],
  ])('[BD6] a record with %s is hidden and all others still load', (_what, spoil) => {
    const doc = board();
    const map = recordsOf(doc).get('shape:refunds');
    if (map) spoil(map);
    const { records, hidden } = readRecords(doc);
    expect(hidden.map(({ id }) => id)).toEqual(['shape:refunds']);
    expect(records).toHaveLength(everything().length - 1);
  });
});
