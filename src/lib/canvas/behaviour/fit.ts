/** Boxes and how areas make room, as plain numbers: no editor in here. */
export interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Room {
  readonly padding: number;
  readonly header: number;
}

/**
 * How far cards just put into an area have to move together so that none sticks out over its left or upper edge. Boxes are in
 * the area's own space; (0, 0) when all lie well.
 */
export function shiftInside(put: readonly Placed[], room: Room): { readonly x: number; readonly y: number } {
  if (put.length === 0) return { x: 0, y: 0 };
  return {
    x: Math.max(0, room.padding - Math.min(...put.map((card) => card.x))),
    y: Math.max(0, room.header - Math.min(...put.map((card) => card.y))),
  };
}

/**
 * The size an area needs to hold its children with their padding. It grows to the right and down and never shrinks on its own:
 * a team's empty room is planned room.
 */
export function fitArea(
  current: { readonly w: number; readonly h: number },
  children: readonly Placed[],
  room: Room,
): { readonly w: number; readonly h: number } {
  return {
    w: Math.max(current.w, ...children.map((child) => child.x + child.w + room.padding)),
    h: Math.max(current.h, ...children.map((child) => child.y + child.h + room.padding)),
  };
}

const overlaps = (a: Placed, b: Placed, gap: number): boolean =>
  a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;

/** How far apart two boxes lie, along the axis that parts them; negative when they overlap. */
const distance = (a: Placed, b: Placed): number =>
  Math.max(a.x - (b.x + b.w), b.x - (a.x + a.w), a.y - (b.y + b.h), b.y - (a.y + a.h));

interface Settled {
  readonly was: Placed;
  readonly is: Placed;
}

/**
 * Who has to move out of the way of an area that grew from `before` to `grown`: what lay right of it moves right, all else moves
 * down, and pushes on in turn. Between two areas the usual `gap` is kept, or the smaller distance people had left. Settles one
 * after the other from the top, each clear of all that are settled, so that areas which lay apart never come to lie on each
 * other; those that overlapped before are left alone. Answers the new corner of each that moves.
 */
export function makeRoom(
  before: Placed,
  grown: Placed,
  others: readonly Placed[],
  gap: number,
): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const settled: Settled[] = [{ was: before, is: grown }];
  const moved = new Map<string, { x: number; y: number }>();
  const fromTheTop = others.toSorted((a, b) => a.y - b.y || a.x - b.x || (a.id < b.id ? -1 : 1));
  for (const was of fromTheTop) {
    const is = clear(was, settled, gap);
    settled.push({ was, is });
    if (is !== was) moved.set(is.id, { x: is.x, y: is.y });
  }
  return moved;
}

/** The nearest place to the right or below at which a box is clear of all settled ones; the box itself when it is. */
function clear(was: Placed, settled: readonly Settled[], gap: number): Placed {
  let is = was;
  for (;;) {
    const inTheWay = settled.find((it) => {
      const apart = distance(it.was, was);
      return apart >= 0 && overlaps(it.is, is, Math.min(gap, apart));
    });
    if (!inTheWay) return is;
    const keep = Math.min(gap, distance(inTheWay.was, was));
    const right = was.x >= inTheWay.was.x + inTheWay.was.w && was.y < inTheWay.was.y + inTheWay.was.h;
    // Each step passes what is in the way, so it ends when all is passed.
    is = right
      ? { ...is, x: inTheWay.is.x + inTheWay.is.w + keep }
      : { ...is, y: inTheWay.is.y + inTheWay.is.h + keep };
  }
}
