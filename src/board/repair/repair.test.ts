import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { area, dependency, find, moved, objective, priority } from '../../../tests/support/board-records.ts';
import { createBoard, newDocument, readRecords } from '../document.ts';
import { isNothing } from '../changes-between.ts';
import { arrowEnds } from '../drawn-dependencies.ts';
import type { BoardRecord, BoardShape, RecordChanges } from '../schema/records.ts';
import { isContainer, isObjective, isShape } from '../schema/records.ts';
import type { ObjectiveShape } from '../schema/shapes.ts';
import { validateRecord } from '../schema/validate-record.ts';
import { seedRecords } from '../seed.ts';
import { ancestorsOf, indexRecords } from '../tree.ts';
import { repairDocument } from './repair-document.ts';
import { repair } from './repair.ts';

const after = (records: readonly BoardRecord[], changes: RecordChanges): BoardRecord[] => {
  const index = indexRecords(records);
  for (const id of changes.remove) index.delete(id);
  for (const record of changes.put) index.set(record.id, record);
  return [...index.values()];
};

const repaired = (...records: BoardRecord[]): BoardRecord[] => {
  const all = [...seedRecords(), ...records];
  return after(all, repair(all));
};

const indexed = <S extends BoardShape>(shape: S, index: string): S => ({ ...shape, index });

describe('repairing what people made together', () => {
  test('[BD7] a whole board needs no repair', () => {
    const records = [
      ...seedRecords(),
      area('team'),
      objective('card', {}, { parentId: 'shape:team' }),
      objective('other', {}, { index: 'a2' }),
      ...dependency('ask', 'card', 'other').map((it) => (it.typeName === 'shape' ? indexed(it, 'a3') : it)),
    ];
    expect(repair(records)).toEqual({ put: [], remove: [] });
  });

  test('[BD7] a circle of parents is broken at its smallest id', () => {
    const records = repaired(
      moved(area('a'), { parentId: 'shape:b' }),
      moved(area('b'), { parentId: 'shape:c' }),
      moved(area('c'), { parentId: 'shape:a' }),
    );
    expect(['a', 'b', 'c'].map((id) => find<BoardShape>(records, `shape:${id}`).parentId)).toEqual([
      'page:page',
      'shape:c',
      'shape:a',
    ]);
  });

  test('[BD7] a card in a deleted area, or in another card, comes to the page where it was seen', () => {
    const records = repaired(
      objective('orphan', {}, { parentId: 'shape:gone', x: 5 }),
      moved(objective('holder', {}, { index: 'a2' }), { x: 100, y: 50 }),
      objective('held', {}, { parentId: 'shape:holder', x: 7 }),
    );
    expect(find(records, 'shape:orphan')).toMatchObject({ parentId: 'page:page', x: 5 });
    expect(find(records, 'shape:held')).toMatchObject({ parentId: 'page:page', x: 107, y: 50 });
  });

  test('[BD7] an arrow that lost one card stays with its words, one that lost both goes', () => {
    const [arrow, start, end] = dependency('ask', 'card', 'gone', { what: 'A review' });
    const lost = dependency('lost', 'gone', 'gone-too');
    const records = repaired(objective('card'), ...[arrow, start, end].flatMap((it) => it ?? []), ...lost);
    const ids = records.map(({ id }) => id as string);
    expect(ids).toContain('shape:ask');
    expect(ids).toContain('binding:ask-start');
    expect(ids).not.toContain('binding:ask-end');
    expect(ids.filter((id) => id.includes('lost'))).toEqual([]);
  });

  test('[BD7] of two bindings of one end the smaller id stays', () => {
    const [arrow, start, end] = dependency('ask', 'card', 'other');
    const twin = { ...end, id: 'binding:zz' } as BoardRecord;
    const records = repaired(
      objective('card'),
      objective('other'),
      ...[arrow, start, end].flatMap((it) => it ?? []),
      twin,
    );
    expect(records.some(({ id }) => (id as string) === 'binding:zz')).toBe(false);
  });

  test('[BD7] equal keys: the smaller id keeps it, the other gets one of its own', () => {
    const twin = { ...objective('b'), meta: { key: 'a' } };
    const keyless = { ...objective('c'), meta: {} };
    const records = repaired(objective('a'), twin, keyless, { ...priority('p'), meta: { key: 'a' } });
    const keyOf = (id: string) => find<ObjectiveShape>(records, `shape:${id}`).meta.key;
    expect(['a', 'b', 'c', 'p'].map(keyOf)).toEqual(['a', 'card-b', 'card-c', 'a']);
  });

  test('[BD7] a need that was drawn as an arrow meanwhile is that arrow', () => {
    const need = {
      what: 'x',
      detail: '',
      neededBy: null,
      hardness: 'hard',
      size: null,
      team: null,
      objective: null,
    };
    const card = { ...objective('card'), meta: { key: 'card', 'need:ask': need, 'need:own': need } };
    const twin = { ...objective('twin'), meta: { key: 'twin', 'need:own': need } };
    const records = repaired(card, twin, objective('other'), ...dependency('ask', 'card', 'other'));
    expect(find<ObjectiveShape>(records, 'shape:card').meta).toEqual({ key: 'card', 'need:own': need });
    expect(find<ObjectiveShape>(records, 'shape:twin').meta).toEqual({
      key: 'twin',
      'need:need-twin-1': need,
    });
  });

  test('[BD7] equal indices are told apart and keep their order against all others', () => {
    const cards = ['a', 'b', 'c', 'd'].map((id) => indexed(objective(id), id === 'd' ? 'a2' : 'a1'));
    const records = repaired(...cards);
    const order = records.filter(isObjective).sort((a, b) => (a.index < b.index ? -1 : 1));
    expect(order.map(({ meta }) => meta.key)).toEqual(['a', 'b', 'c', 'd']);
    expect(new Set(order.map(({ index }) => index)).size).toBe(4);
  });

  test('[BD7] a board without document and page gets them back', () => {
    expect(repair([]).put.map(({ id }) => id)).toEqual(['document:document', 'page:page']);
  });
});

describe('repairing a document', () => {
  test('[BD7] is one update, and none when nothing is broken', () => {
    const doc = newDocument();
    createBoard(doc, [...seedRecords(), objective('a', {}, { parentId: 'shape:gone' }), objective('b')]);
    let updates = 0;
    doc.on('update', () => (updates += 1));
    expect(repairDocument(doc)).toBe(true);
    expect(find(readRecords(doc).records, 'shape:a')).toMatchObject({ parentId: 'page:page' });
    expect(repairDocument(doc)).toBe(false);
    expect(updates).toBe(1);
  });
});

/** Boards as wild as validation lets them be. */
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const anyId = fc.constantFrom(...ids);
const anyParent = fc.oneof(
  fc.constant('page:page'),
  anyId.map((id) => `shape:${id}`),
  fc.constant('shape:gone'),
);
const anyIndex = fc.constantFrom('a0', 'a1', 'a1V', 'a2', 'Zz');
const anyShape = fc
  .record({
    id: anyId,
    kind: fc.constantFrom('area', 'objective', 'priority'),
    parentId: anyParent,
    index: anyIndex,
    key: anyId,
  })
  .map(({ id, kind, parentId, index, key }): BoardRecord => {
    const shape = kind === 'area' ? area(id) : kind === 'priority' ? priority(id) : objective(id);
    const parent = parentId === `shape:${id}` ? 'page:page' : parentId;
    return { ...shape, parentId: parent, index, meta: kind === 'area' ? {} : { key } } as BoardRecord;
  });
const anyArrow = fc
  .record({ id: anyId, from: anyId, to: anyId, key: anyId })
  .map(({ id, from, to, key }) =>
    dependency(`x${id}`, from, to).map((it) =>
      it.typeName === 'shape' ? { ...it, meta: { ...it.meta, key } } : it,
    ),
  );
const anyBoard = fc
  .tuple(fc.array(anyShape, { maxLength: 10 }), fc.array(anyArrow, { maxLength: 4 }))
  .map(([shapes, arrows]) => [...indexRecords([...shapes, ...arrows.flat()]).values()]);

describe('repair of any board', () => {
  const seed = 20251122;

  test(`[BD7] leaves nothing to repair, whatever the order, and only valid records (seed ${seed})`, () => {
    fc.assert(
      fc.property(anyBoard, (records) => {
        const changes = repair(records);
        const whole = after(records, changes);
        expect(repair([...records].reverse())).toEqual(changes);
        expect(isNothing(repair(whole))).toBe(true);
        expect(whole.filter((record) => !validateRecord(record).ok)).toEqual([]);
      }),
      { seed, numRuns: 500 },
    );
  });

  test(`[BD7] every shape hangs on the page over containers, every binding ties an arrow once (seed ${seed})`, () => {
    fc.assert(
      fc.property(anyBoard, (records) => {
        const index = indexRecords(after(records, repair(records)));
        const shapes = [...index.values()].filter(isShape);
        for (const shape of shapes) {
          const above = [...ancestorsOf(index, shape)];
          expect(above.every(isContainer)).toBe(true);
          expect((above.at(-1) ?? shape).parentId).toBe('page:page');
        }
        const places = shapes.map(({ parentId, index: at }) => `${parentId} ${at}`);
        expect(new Set(places).size).toBe(places.length);
        const bindings = [...index.values()].filter((record) => record.typeName === 'binding');
        const ends = [...arrowEnds(index.values()).values()].flatMap(({ start, end }) => [start, end]);
        expect(ends.filter((end) => end !== undefined)).toHaveLength(bindings.length);
        for (const { fromId, toId } of bindings) expect(index.has(fromId) && index.has(toId)).toBe(true);
      }),
      { seed, numRuns: 500 },
    );
  });
});
