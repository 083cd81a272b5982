import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flatten, unflatten } from '../flatten.ts';
import { PLACE } from '../flat-keys.ts';
import { newObjective } from '../new-shapes.ts';
import { isMove } from './is-move.ts';
import { validateRecord } from './validate-record.ts';

const card = newObjective({ id: 'a', key: 'a', x: 1, y: 2, props: { title: 'a' } });
const flat = flatten(card);
const good = flat.get(PLACE) as Record<string, unknown>;
const judgeWhole = (place: unknown): boolean => validateRecord(unflatten(new Map(flat).set(PLACE, place))).ok;

const within = fc.integer({ min: 1, max: 5_000 });
const number = fc.oneof({ weight: 9, arbitrary: within }, { weight: 1, arbitrary: fc.double() });
const anything = fc.oneof(number, fc.string(), fc.constant(null), fc.constant(undefined), fc.object());
const seldom = { freq: 2 };
const place = fc
  .record({
    numbers: fc.record({ x: number, y: number, rotation: number, w: number, h: number }),
    odd: fc.option(fc.dictionary(fc.string(), anything), seldom),
    key: fc.constantFrom('x', 'w', 'parentId', 'index', 'type', 'id'),
    wrong: fc.option(anything, seldom),
    isWrong: fc.boolean(),
  })
  .map(({ numbers, odd, key, wrong, isWrong }) => ({
    ...{ ...good, ...numbers },
    ...odd,
    ...(isWrong ? { [key]: wrong } : {}),
  }));

describe('[SY101] a move', () => {
  test('is a drag, a turn or a resize within bounds', () => {
    expect(isMove(good, { ...good, x: 10.5, y: -3 })).toBe(true);
    expect(isMove(good, { ...good, rotation: 1, w: 300 })).toBe(true);
  });

  test('is no change of anything else, and nothing out of bounds', () => {
    const others = [
      { ...good, x: NaN },
      { ...good, x: 1e308 },
      { ...good, w: 0 },
      { ...good, parentId: 'shape:b' },
      { ...good, index: 'b1' },
      { ...good, type: 'note' },
      { ...good, x: '3' },
      { x: 1, y: 2 },
      Object.assign(Object.create({ y: 1 }) as object, good),
      null,
    ];
    for (const other of others) expect(isMove(good, other)).toBe(false);
    expect(isMove(undefined, good)).toBe(false);
  });

  test('lets nothing through that judging the whole record would refuse', () => {
    let moves = 0;
    fc.assert(
      fc.property(place, (after) => {
        if (!isMove(good, after)) return;
        moves += 1;
        expect(judgeWhole(after)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
    expect(moves).toBeGreaterThan(100);
  });
});
