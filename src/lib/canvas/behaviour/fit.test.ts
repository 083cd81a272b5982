import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitArea, makeRoom, shiftInside, type Placed } from './fit.ts';

const room = { padding: 24, header: 56 };
const box = (id: string, x: number, y: number, w: number, h: number): Placed => ({ id, x, y, w, h });
const lieOnEachOther = (a: Placed, b: Placed) =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

describe('an area', () => {
  test('[CV4] grows to the right and down to hold its cards with their padding', () => {
    const cards = [box('a', 24, 56, 240, 152), box('b', 500, 300, 240, 152)];
    expect(fitArea({ w: 400, h: 300 }, cards, room)).toEqual({ w: 764, h: 476 });
  });

  test('[CV4] keeps the room people gave it', () => {
    expect(fitArea({ w: 900, h: 900 }, [box('a', 24, 56, 240, 152)], room)).toEqual({ w: 900, h: 900 });
    expect(fitArea({ w: 300, h: 200 }, [], room)).toEqual({ w: 300, h: 200 });
  });

  test('[CV5] takes cards dropped over its upper or left edge inside, together', () => {
    const put = [box('a', -40, 10, 240, 152), box('b', 220, 180, 240, 152)];
    expect(shiftInside(put, room)).toEqual({ x: 64, y: 46 });
    expect(shiftInside([box('a', 100, 100, 240, 152)], room)).toEqual({ x: 0, y: 0 });
    expect(shiftInside([], room)).toEqual({ x: 0, y: 0 });
  });

  test('[CV4] pushes what lies below further down, and that pushes on', () => {
    const before = box('a', 0, 0, 800, 200);
    const others = [box('b', 0, 296, 800, 200), box('c', 0, 592, 800, 200)];
    const moves = makeRoom(before, { ...before, h: 400 }, others, 96);
    expect([...moves]).toEqual([
      ['b', { x: 0, y: 496 }],
      ['c', { x: 0, y: 792 }],
    ]);
  });

  test('[CV4] keeps a distance that was smaller, and leaves alone what is not in its way', () => {
    const before = box('a', 0, 0, 400, 200);
    const others = [box('near', 0, 210, 400, 200), box('far', 900, 0, 400, 200)];
    const moves = makeRoom(before, { ...before, h: 260 }, others, 96);
    expect([...moves]).toEqual([['near', { x: 0, y: 270 }]]);
  });

  test('[CV4] areas that lay apart never come to lie on each other', () => {
    const side = fc.integer({ min: 60, max: 900 });
    const boards = fc.array(fc.record({ w: side, h: side }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(
        boards,
        fc.nat(),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 2000 }),
        (sizes, pick, dw, dh) => {
          const areas: Placed[] = [];
          for (const [i, { w, h }] of sizes.entries()) {
            const row = Math.floor(i / 3);
            areas.push(box(`a${i}`, (i % 3) * 1000, row * 1000, w, h));
          }
          const before = areas[pick % areas.length];
          if (!before) return;
          const grown = { ...before, w: before.w + dw, h: before.h + dh };
          const moves = makeRoom(
            before,
            grown,
            areas.filter((it) => it.id !== before.id),
            96,
          );
          const after = areas.map((it) => (it.id === before.id ? grown : { ...it, ...moves.get(it.id) }));
          for (const [i, a] of after.entries()) {
            for (const b of after.slice(i + 1)) expect(lieOnEachOther(a, b)).toBe(false);
          }
        },
      ),
      { seed: 20260119, numRuns: 500 },
    );
  });
});
