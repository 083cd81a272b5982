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

/**
 * Who has to move out of the way of an area that grew from `before` to `grown`: what lay right of it moves right, what lay below
 * moves down, and pushes on in turn. `gap` is kept between them, or the distance people had left, where that was smaller.
 * Areas that overlapped before are left alone. Answers the new corner of each that moves.
 */
export function makeRoom(
  before: Placed,
  grown: Placed,
  others: readonly Placed[],
  gap: number,
): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const moved = new Map<string, { x: number; y: number }>();
  const settled = new Map(others.map((other) => [other.id, other]));
  const queue: { was: Placed; is: Placed }[] = [{ was: before, is: grown }];
  // Each push moves something right or down by at least a pixel; the bound only guards against a layout nobody thought of.
  for (let step = 0; queue.length > 0 && step < 10_000; step += 1) {
    const pusher = queue.shift();
    if (!pusher) break;
    for (const other of settled.values()) {
      if (other.id === pusher.is.id || overlaps(pusher.was, other, 0)) continue;
      const right = other.x >= pusher.was.x + pusher.was.w;
      const below = other.y >= pusher.was.y + pusher.was.h;
      if (!right && !below) continue;
      const distance = below
        ? other.y - (pusher.was.y + pusher.was.h)
        : other.x - (pusher.was.x + pusher.was.w);
      const keep = Math.min(gap, distance);
      if (!overlaps(pusher.is, other, keep)) continue;
      const next = below
        ? { ...other, y: Math.ceil(pusher.is.y + pusher.is.h + keep) }
        : { ...other, x: Math.ceil(pusher.is.x + pusher.is.w + keep) };
      if (next.x <= other.x && next.y <= other.y) continue;
      settled.set(other.id, next);
      moved.set(other.id, { x: next.x, y: next.y });
      queue.push({ was: other, is: next });
    }
  }
  return moved;
}
