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
  readonly gap: number;
  readonly smallest: { readonly w: number; readonly h: number };
}

/**
 * The size and shift an area needs so that its children lie inside with their padding. Children's boxes are in the area's own
 * space. It grows to the right and down; when a child sticks out to the left or top the area moves there (`dx`, `dy` are
 * negative) and its children have to be shifted back by as much. It never shrinks below `current` on its own: a team's empty
 * room is planned room.
 */
export function fitArea(
  current: { readonly w: number; readonly h: number },
  children: readonly Placed[],
  room: Room,
): { readonly dx: number; readonly dy: number; readonly w: number; readonly h: number } {
  if (children.length === 0) return { dx: 0, dy: 0, ...current };
  const left = Math.min(...children.map((child) => child.x));
  const top = Math.min(...children.map((child) => child.y));
  const right = Math.max(...children.map((child) => child.x + child.w));
  const bottom = Math.max(...children.map((child) => child.y + child.h));
  const dx = Math.min(0, left - room.padding);
  const dy = Math.min(0, top - room.header);
  return {
    dx,
    dy,
    w: Math.max(current.w, right + room.padding, room.smallest.w) - dx,
    h: Math.max(current.h, bottom + room.padding, room.smallest.h) - dy,
  };
}

const overlaps = (a: Placed, b: Placed, gap: number): boolean =>
  a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;

/**
 * Who has to move down, and to which y, so that nothing lies under the area that grew. Works downwards: an area pushed down
 * pushes on. Areas that overlapped before it grew, or lie above it, stay where they are.
 */
export function pushDown(grown: Placed, before: Placed, others: readonly Placed[], gap: number): Map<string, number> {
  const moved = new Map<string, number>();
  const waiting = others
    .filter((other) => other.y >= before.y + before.h || (other.y > before.y && !overlaps(other, before, 0)))
    .sort((a, b) => a.y - b.y || (a.id < b.id ? -1 : 1));
  const pushers: Placed[] = [grown];
  for (const other of waiting) {
    let y = other.y;
    for (const pusher of pushers) {
      const here = { ...other, y };
      if (overlaps(pusher, here, Math.min(gap, room(before, other, gap)))) y = Math.max(y, pusher.y + pusher.h + gap);
    }
    if (y > other.y) {
      moved.set(other.id, y);
      pushers.push({ ...other, y });
    }
  }
  return moved;
}

/** Areas drawn closer than the usual gap keep the distance their people gave them until they really touch. */
const room = (before: Placed, other: Placed, gap: number): number => {
  const distance = other.y - (before.y + before.h);
  return distance >= 0 && distance < gap ? 0 : gap;
};
