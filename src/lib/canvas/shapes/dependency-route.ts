import { laneRoute } from './lane-route.ts';
import {
  facing,
  say,
  type Box,
  type End,
  type Point,
  type Room,
  type Route,
  type Side,
} from './route-parts.ts';

const outward: Readonly<Record<Side, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
};

const middle = (box: Box): Point => ({ x: box.x + box.w / 2, y: box.y + box.h / 2 });

/** A point on a side: at `share` (0 to 1) along it. */
function onSide(box: Box, side: Side, share: number): Point {
  if (side === 'left' || side === 'right') {
    return { x: side === 'left' ? box.x : box.x + box.w, y: box.y + box.h * share };
  }
  return { x: box.x + box.w * share, y: side === 'top' ? box.y : box.y + box.h };
}

/** Where along an area's edge the line ends: opposite its other end. */
function shareTowards(box: Box, side: Side, other: Point): number {
  const upright = side === 'left' || side === 'right';
  const [start, length, wanted] = upright ? [box.y, box.h, other.y] : [box.x, box.w, other.x];
  const margin = Math.min(0.5, 28 / Math.max(length, 1));
  return Math.min(1 - margin, Math.max(margin, (wanted - start) / Math.max(length, 1)));
}

const steps = 24;

function curve(from: End, to: End, spread: number): Route {
  const [leave, enter] = facing(from.box, to.box);
  const shift = 0.5 + spread * 0.3;
  const start = onSide(from.box, leave, from.wide ? shareTowards(from.box, leave, middle(to.box)) : shift);
  const end = onSide(to.box, enter, to.wide ? shareTowards(to.box, enter, start) : shift);
  const reach = Math.min(180, Math.max(36, Math.hypot(end.x - start.x, end.y - start.y) * 0.42));
  const c1 = { x: start.x + outward[leave].x * reach, y: start.y + outward[leave].y * reach };
  const c2 = { x: end.x + outward[enter].x * reach, y: end.y + outward[enter].y * reach };
  const points = Array.from({ length: steps + 1 }, (_, i) => bezierAt(start, c1, c2, end, i / steps));
  const path = `M${say(start)} C${say(c1)} ${say(c2)} ${say(end)}`;
  return { points, path };
}

function bezierAt(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const u = 1 - t;
  const [k0, k1, k2, k3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return { x: k0 * a.x + k1 * b.x + k2 * c.x + k3 * d.x, y: k0 * a.y + k1 * b.y + k2 * c.y + k3 * d.y };
}

/** True when the way runs over one of the boxes. */
export function crosses(points: readonly Point[], boxes: readonly Box[]): boolean {
  return boxes.some((box) =>
    points.some(({ x, y }) => x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h),
  );
}

/**
 * The line from what needs to what provides: a curve where the way is free, else along the lanes between the cards and areas,
 * so that no card's words are struck through. `spread` (-1 to 1) keeps several lines at one card apart.
 */
export function routeBetween(from: End, to: End, spread: number, room: Room): Route {
  const direct = curve(from, to, spread);
  if (!crosses(direct.points, [...from.beside, ...to.beside])) return direct;
  return laneRoute(from, to, spread, room);
}

/** The point at share `t` (0 to 1) of the way's length. */
export function pointAt({ points }: Route, t: number): Point {
  const lengths = points.map((point, i) => {
    const before = points[i - 1];
    return before ? Math.hypot(point.x - before.x, point.y - before.y) : 0;
  });
  let left = lengths.reduce((sum, length) => sum + length, 0) * t;
  for (const [i, point] of points.entries()) {
    const length = lengths[i] ?? 0;
    const before = points[i - 1];
    if (before && left <= length) {
      const share = length === 0 ? 0 : left / length;
      return { x: before.x + (point.x - before.x) * share, y: before.y + (point.y - before.y) * share };
    }
    left -= length;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}
