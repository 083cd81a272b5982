/** A point or box on the page. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Point {
  readonly w: number;
  readonly h: number;
}

/** The way of a dependency line: a cubic curve that leaves and enters at a right angle to the edge it touches. */
export interface Route {
  readonly start: Point;
  readonly c1: Point;
  readonly c2: Point;
  readonly end: Point;
}

type Side = 'left' | 'right' | 'top' | 'bottom';

const outward: Readonly<Record<Side, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
};

const middle = (box: Box): Point => ({ x: box.x + box.w / 2, y: box.y + box.h / 2 });

/** The sides two boxes turn to each other; the wider gap decides, so that the line crosses as little as it can. */
function facing(from: Box, to: Box): [Side, Side] {
  const right = to.x - (from.x + from.w);
  const left = from.x - (to.x + to.w);
  const below = to.y - (from.y + from.h);
  const above = from.y - (to.y + to.h);
  const across = Math.max(right, left);
  const along = Math.max(below, above);
  if (across >= along) return right >= left ? ['right', 'left'] : ['left', 'right'];
  return below >= above ? ['bottom', 'top'] : ['top', 'bottom'];
}

/** A point on a side: at `share` (0 to 1) along it. */
function onSide(box: Box, side: Side, share: number): Point {
  if (side === 'left' || side === 'right') {
    return { x: side === 'left' ? box.x : box.x + box.w, y: box.y + box.h * share };
  }
  return { x: box.x + box.w * share, y: side === 'top' ? box.y : box.y + box.h };
}

/** Where along a wide side (an area's edge) the line ends: opposite its other end, not in the middle of nowhere. */
function shareTowards(box: Box, side: Side, other: Point): number {
  const upright = side === 'left' || side === 'right';
  const [start, length, wanted] = upright ? [box.y, box.h, other.y] : [box.x, box.w, other.x];
  const margin = Math.min(0.5, 28 / Math.max(length, 1));
  return Math.min(1 - margin, Math.max(margin, (wanted - start) / Math.max(length, 1)));
}

/**
 * The line from what needs to what provides. `wide` ends (areas) are met where the line comes from, cards in the middle of
 * their side, a little apart by `spread` (-1 to 1) so that several lines at one card can be told apart.
 */
export function routeBetween(
  from: Box,
  to: Box,
  options: { fromWide?: boolean; toWide?: boolean; spread?: number } = {},
): Route {
  const [leave, enter] = facing(from, to);
  const shift = 0.5 + (options.spread ?? 0) * 0.3;
  const start = onSide(from, leave, options.fromWide ? shareTowards(from, leave, middle(to)) : shift);
  const end = onSide(to, enter, options.toWide ? shareTowards(to, enter, start) : shift);
  const reach = Math.min(180, Math.max(36, Math.hypot(end.x - start.x, end.y - start.y) * 0.42));
  const out = outward[leave];
  const into = outward[enter];
  return {
    start,
    c1: { x: start.x + out.x * reach, y: start.y + out.y * reach },
    c2: { x: end.x + into.x * reach, y: end.y + into.y * reach },
    end,
  };
}

/** The point at share `t` of the curve. */
export function pointAt({ start, c1, c2, end }: Route, t: number): Point {
  const u = 1 - t;
  const mix = (a: number, b: number, c: number, d: number) =>
    u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  return { x: mix(start.x, c1.x, c2.x, end.x), y: mix(start.y, c1.y, c2.y, end.y) };
}

/** SVG path of the curve. */
export const pathOf = ({ start, c1, c2, end }: Route): string =>
  `M${round(start.x)} ${round(start.y)} C${round(c1.x)} ${round(c1.y)} ${round(c2.x)} ${round(c2.y)} ${round(end.x)} ${round(end.y)}`;

const round = (value: number): number => Math.round(value * 100) / 100;
