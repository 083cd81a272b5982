/** A point or box on the page. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Point {
  readonly w: number;
  readonly h: number;
}

/** One end of a dependency: a card within its area, or an area itself. */
export interface End {
  readonly box: Box;
  /** The area the card lies in; null for an area, and for a card in none. */
  readonly area: Box | null;
  /** True for an area: met where the line comes from, not in the middle of nowhere. */
  readonly wide: boolean;
  /** The cards lying beside it in the same area. */
  readonly beside: readonly Box[];
}

/** The way of a line as points along it, and its path for SVG. All in page space. */
export interface Route {
  readonly points: readonly Point[];
  readonly path: string;
}

export type Side = 'left' | 'right' | 'top' | 'bottom';

/** Free room between things, in board units: half of it is where a lane runs. */
export interface Room {
  readonly cardGap: number;
  readonly areaGap: number;
}

/** The sides two boxes turn to each other; the wider gap decides, so that the line crosses as little as it can. */
export function facing(from: Box, to: Box): [Side, Side] {
  const right = to.x - (from.x + from.w);
  const left = from.x - (to.x + to.w);
  const below = to.y - (from.y + from.h);
  const above = from.y - (to.y + to.h);
  if (Math.max(right, left) >= Math.max(below, above))
    return right >= left ? ['right', 'left'] : ['left', 'right'];
  return below >= above ? ['bottom', 'top'] : ['top', 'bottom'];
}

const round = (value: number): number => Math.round(value * 100) / 100;
export const say = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
