import { facing, say, type Box, type End, type Point, type Room, type Route } from './route-parts.ts';

/** Radius of a line's bends. */
const bend = 14;

const right = (box: Box): number => box.x + box.w;
const bottom = (box: Box): number => box.y + box.h;

/** What the line leaves and enters as a whole: the area with its cards in it. */
const whole = (end: End): Box => end.area ?? end.box;

/**
 * A way along the lanes: out of the card into the gap beside it, along that to the edge of its area, through the room between
 * the areas, and the same way in. Bends are rounded. `spread` (-1 to 1) moves it within each lane.
 */
export function laneRoute(from: End, to: End, spread: number, room: Room): Route {
  const [leave] = facing(whole(from), whole(to));
  const upright = leave === 'top' || leave === 'bottom';
  const corners = upright ? vertical(from, to, spread, room) : horizontal(from, to, spread, room);
  return rounded(withoutRepeats(corners));
}

function horizontal(from: End, to: End, spread: number, room: Room): Point[] {
  const away = whole(to).x > whole(from).x ? 1 : -1;
  const offset = spread * (room.cardGap / 2 - 3);
  const between =
    (away > 0 ? right(whole(from)) : whole(from).x) + away * room.areaGap * (0.5 + 0.3 * spread);
  const first = from.wide
    ? [
        {
          x: away > 0 ? right(from.box) : from.box.x,
          y: clampInto(from.box.y, from.box.h, to.box.y + to.box.h / 2),
        },
      ]
    : outOfRow(from.box, to.box.y > from.box.y, offset, room);
  const start = first.at(-1) ?? first[0];
  const laneY = start?.y ?? from.box.y;
  if (to.wide) {
    const edge = away > 0 ? to.box.x : right(to.box);
    const y = clampInto(to.box.y, to.box.h, laneY);
    return [...first, { x: between, y: laneY }, { x: between, y }, { x: edge, y }];
  }
  const last = outOfRow(to.box, from.box.y > to.box.y, offset, room).toReversed();
  return [...first, { x: between, y: laneY }, { x: between, y: last[0]?.y ?? to.box.y }, ...last];
}

/** From a card's upper or lower edge into the lane between the rows. */
function outOfRow(card: Box, down: boolean, offset: number, room: Room): Point[] {
  const x = card.x + card.w * (0.5 + offset / room.cardGap);
  const edge = down ? bottom(card) : card.y;
  return [
    { x, y: edge },
    { x, y: edge + (down ? 1 : -1) * (room.cardGap / 2) + offset },
  ];
}

function vertical(from: End, to: End, spread: number, room: Room): Point[] {
  const flip = (box: Box): Box => ({ x: box.y, y: box.x, w: box.h, h: box.w });
  const turn = (end: End): End => ({
    ...end,
    box: flip(end.box),
    area: end.area && flip(end.area),
    beside: [],
  });
  return horizontal(turn(from), turn(to), spread, room).map(({ x, y }) => ({ x: y, y: x }));
}

const clampInto = (start: number, length: number, wanted: number): number =>
  Math.min(start + length - Math.min(28, length / 2), Math.max(start + Math.min(28, length / 2), wanted));

const withoutRepeats = (points: readonly Point[]): Point[] =>
  points.filter((point, i) => {
    const before = points[i - 1];
    return !before || Math.abs(before.x - point.x) > 0.5 || Math.abs(before.y - point.y) > 0.5;
  });

/** Straight pieces joined by rounded bends. */
function rounded(corners: readonly Point[]): Route {
  const points: Point[] = [];
  let path = '';
  for (const [i, corner] of corners.entries()) {
    const before = corners[i - 1];
    const after = corners[i + 1];
    if (!before) {
      path = `M${say(corner)}`;
      points.push(corner);
    } else if (!after) {
      path += ` L${say(corner)}`;
      points.push(corner);
    } else {
      const enter = towards(corner, before);
      const leave = towards(corner, after);
      path += ` L${say(enter)} Q${say(corner)} ${say(leave)}`;
      points.push(enter, leave);
    }
  }
  return { points, path };
}

/** A bend's radius before a corner on the way to a neighbour, at most half way. */
function towards(corner: Point, neighbour: Point): Point {
  const length = Math.hypot(neighbour.x - corner.x, neighbour.y - corner.y);
  const share = length === 0 ? 0 : Math.min(bend, length / 2) / length;
  return { x: corner.x + (neighbour.x - corner.x) * share, y: corner.y + (neighbour.y - corner.y) * share };
}
