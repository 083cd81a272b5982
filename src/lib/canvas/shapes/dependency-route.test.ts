import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crosses, pointAt, routeBetween } from './dependency-route.ts';
import type { Box, End } from './route-parts.ts';

const room = { cardGap: 20, areaGap: 96 };
const size = { w: 240, h: 152 };

/** A card at a column and row of an area's grid, with all others of the grid beside it. */
function cardAt(area: Box, column: number, row: number, columns: number, rows: number): End {
  const place = (c: number, r: number): Box => ({
    x: area.x + 24 + c * (size.w + room.cardGap),
    y: area.y + 56 + r * (size.h + room.cardGap),
    ...size,
  });
  const beside: Box[] = [];
  for (let c = 0; c < columns; c += 1) {
    for (let r = 0; r < rows; r += 1) if (c !== column || r !== row) beside.push(place(c, r));
  }
  return { box: place(column, row), area, wide: false, beside };
}

const areaFor = (x: number, y: number, columns: number, rows: number): Box => ({
  ...{ x, y },
  w: 48 + columns * (size.w + room.cardGap) - room.cardGap,
  h: 80 + rows * (size.h + room.cardGap) - room.cardGap,
});

describe('a dependency line', () => {
  test('[CV1] curves from the side that faces the other card', () => {
    const left: End = { box: { x: 0, y: 0, ...size }, area: null, wide: false, beside: [] };
    const right: End = { box: { x: 600, y: 40, ...size }, area: null, wide: false, beside: [] };
    const route = routeBetween(left, right, 0, room);
    expect(route.path).toContain('C');
    expect(route.points[0]).toEqual({ x: 240, y: 76 });
    expect(route.points.at(-1)).toEqual({ x: 600, y: 116 });
  });

  test('[CV1] meets an area opposite to where it comes from, not in its middle', () => {
    const card: End = { box: { x: 0, y: 900, ...size }, area: null, wide: false, beside: [] };
    const team: End = { box: { x: 700, y: 0, w: 400, h: 2000 }, area: null, wide: true, beside: [] };
    const end = routeBetween(card, team, 0, room).points.at(-1);
    expect(end?.x).toBe(700);
    expect(end?.y).toBeCloseTo(976, 0);
  });

  test('[CV1] runs over no card between two teams, wherever both cards lie in their grids', () => {
    const grid = fc.integer({ min: 1, max: 5 });
    const spread = fc.double({ min: -1, max: 1, noNaN: true });
    const dice = fc.tuple(
      grid,
      grid,
      grid,
      grid,
      fc.nat(),
      fc.nat(),
      fc.nat(),
      fc.nat(),
      fc.boolean(),
      spread,
    );
    fc.assert(
      fc.property(dice, ([c1, r1, c2, r2, a, b, c, d, below, shift]) => {
        const first = areaFor(0, 0, c1, r1);
        const second = below
          ? areaFor(0, first.h + room.areaGap, c2, r2)
          : areaFor(first.w + room.areaGap, 0, c2, r2);
        const tail = cardAt(first, a % c1, b % r1, c1, r1);
        const head = cardAt(second, c % c2, d % r2, c2, r2);
        const route = routeBetween(tail, head, shift, room);
        const dense = Array.from({ length: 200 }, (_, i) => pointAt(route, i / 199));
        expect(crosses(dense, [...tail.beside, ...head.beside])).toBe(false);
      }),
      { seed: 20260118, numRuns: 400 },
    );
  });

  test('[CV1] carries its chip at the middle of its way', () => {
    const route = {
      points: [
        { x: 0, y: 0 },
        { x: 100, y: 0 },
        { x: 100, y: 300 },
      ],
      path: '',
    };
    expect(pointAt(route, 0.5)).toEqual({ x: 100, y: 100 });
    expect(pointAt(route, 0)).toEqual({ x: 0, y: 0 });
    expect(pointAt(route, 1)).toEqual({ x: 100, y: 300 });
  });
});
