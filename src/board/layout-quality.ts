import { drawnDependencies } from './drawn-dependencies.ts';
import {
  isArea,
  isArrow,
  isObjective,
  isShape,
  type BoardRecord,
  type BoardShape,
} from './schema/records.ts';
import { ancestorsOf, indexRecords, pageBox, type Box, type Point, type RecordIndex } from './tree.ts';

/**
 * Pairs of shapes that cover each other: two cards, two areas, or a card that sticks out of its area. Time columns lie
 * under everything and arrows above it, so neither counts. Measures an import's layout (board.md B4).
 */
export function overlaps(records: Iterable<BoardRecord>): string[] {
  const index = indexRecords(records);
  const shapes = [...index.values()]
    .filter(isShape)
    .filter((shape) => !isArrow(shape) && shape.type !== 'column');
  const boxes = shapes
    .map((shape) => ({ shape, box: pageBox(index, shape) }))
    .sort((a, b) => a.box.x - b.box.x);
  const found: string[] = [];
  for (const [i, one] of boxes.entries()) {
    for (const other of boxes.slice(i + 1)) {
      if (other.box.x >= one.box.x + one.box.w) break;
      const nested = holds(index, one, other) || holds(index, other, one);
      if (!nested && cover(one.box, other.box)) found.push(`${one.shape.id} ${other.shape.id}`);
    }
  }
  return found;
}

interface Placed {
  readonly shape: BoardShape;
  readonly box: Box;
}

/** True when `inner` is a descendant of the area `outer` and lies wholly inside it. */
function holds(index: RecordIndex, outer: Placed, inner: Placed): boolean {
  if (!isArea(outer.shape)) return false;
  const { id } = outer.shape;
  const isInside = [...ancestorsOf(index, inner.shape)].some((above) => above.id === id);
  const [a, b] = [outer.box, inner.box];
  return isInside && b.x >= a.x && b.y >= a.y && b.x + b.w <= a.x + a.w && b.y + b.h <= a.y + a.h;
}

const cover = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** How many cards each dependency arrow runs across, apart from those it ties together; straight lines. */
export function crossedCards(records: Iterable<BoardRecord>): number[] {
  const index = indexRecords(records);
  const cards = [...index.values()]
    .filter(isObjective)
    .map((shape) => ({ id: shape.id, box: pageBox(index, shape) }));
  return drawnDependencies(index).map(({ tail, head }) => {
    const from = centre(pageBox(index, tail));
    const target = pageBox(index, head);
    const to = isArea(head) ? nearest(target, from) : centre(target);
    return cards.filter(({ id, box }) => id !== tail.id && id !== head.id && crosses(from, to, box)).length;
  });
}

const centre = ({ x, y, w, h }: Box): Point => ({ x: x + w / 2, y: y + h / 2 });

const nearest = ({ x, y, w, h }: Box, to: Point): Point => ({
  x: Math.min(Math.max(to.x, x), x + w),
  y: Math.min(Math.max(to.y, y), y + h),
});

/** True when the line from `a` to `b` has a point inside the box (Liang and Barsky, 1984). */
function crosses(a: Point, b: Point, box: Box): boolean {
  let [enter, leave] = [0, 1];
  const clip = (delta: number, room: number): boolean => {
    if (delta === 0) return room >= 0;
    const at = room / delta;
    if (delta < 0) enter = Math.max(enter, at);
    else leave = Math.min(leave, at);
    return true;
  };
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const inside =
    clip(-dx, a.x - box.x) &&
    clip(dx, box.x + box.w - a.x) &&
    clip(-dy, a.y - box.y) &&
    clip(dy, box.y + box.h - a.y);
  return inside && enter < leave;
}
