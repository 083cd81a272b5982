import { sizes } from '../sizes.ts';
import type { Point } from '../tree.ts';

/** A box to be placed. */
export interface Sized {
  readonly id: string;
  readonly w: number;
  readonly h: number;
}

export interface Packed {
  readonly w: number;
  readonly h: number;
  readonly at: ReadonlyMap<string, Point>;
}

/** About the shape of a screen. */
const aspect = 16 / 10;

/**
 * Packs areas into a grid about as wide as a screen, without any overlap: rows of tall ones first, small ones stacked in
 * columns beside them. The order within equal heights is that of the input. Coordinates start at 0, 0.
 */
export function packAreas(areas: readonly Sized[], gap: number = sizes.areaGap): Packed {
  const surface = areas.reduce((sum, { w, h }) => sum + (w + gap) * (h + gap), 0);
  const widest = Math.max(0, ...areas.map(({ w }) => w));
  const target = Math.max(widest, Math.sqrt(surface * aspect));
  const at = new Map<string, Point>();
  const rest = [...areas].sort((a, b) => b.h - a.h);
  let y = 0;
  let right = 0;
  while (rest.length > 0) {
    const tallest = rest[0]?.h ?? 0;
    let x = 0;
    while (rest.length > 0) {
      const column = takeColumn(rest, target - x, tallest, gap);
      if (column.length === 0) break;
      const w = Math.max(...column.map((area) => area.w));
      let top = y;
      for (const area of column) {
        at.set(area.id, { x, y: top });
        top += area.h + gap;
      }
      right = Math.max(right, x + w);
      x += w + gap;
    }
    y += tallest + gap;
  }
  return { w: right, h: Math.max(0, y - gap), at };
}

/** Takes the next area that fits the width, and what can be stacked under it, out of `rest`. */
function takeColumn(rest: Sized[], room: number, height: number, gap: number): Sized[] {
  const first = rest.findIndex(({ w }) => w <= room);
  const [head] = first < 0 ? [] : rest.splice(first, 1);
  if (!head) return [];
  const column = [head];
  let left = height - head.h - gap;
  for (;;) {
    const next = rest.findIndex(({ w, h }) => w <= head.w && h <= left);
    const [below] = next < 0 ? [] : rest.splice(next, 1);
    if (!below) return column;
    column.push(below);
    left -= below.h + gap;
  }
}
