import { compareText } from '../flatten.ts';
import { sizes } from '../sizes.ts';
import type { Box, Point } from '../tree.ts';

/** A card to be put into an area. */
export interface Item {
  readonly id: string;
  readonly w: number;
  readonly h: number;
  /** Month it is due, `YYYY-MM`; null when it has no date. */
  readonly month: string | null;
}

export interface Arranged {
  /** Size of the area that holds them. */
  readonly w: number;
  readonly h: number;
  /** Place of every item within the area. */
  readonly at: ReadonlyMap<string, Point>;
}

/**
 * Arranges cards in an empty area: one column for each month in order, those without a date last; a month with many
 * cards takes several columns, so that the area stays about square. `maxColumns` bounds the width of a single group.
 */
export function arrangeCards(items: readonly Item[], maxColumns = Infinity): Arranged {
  const at = new Map<string, Point>();
  const w = Math.max(0, ...items.map((item) => item.w));
  const h = Math.max(0, ...items.map((item) => item.h));
  const groups = groupByMonth(items);
  const rows = Math.max(Math.ceil(Math.sqrt(items.length)), Math.ceil(items.length / maxColumns));
  let column = 0;
  let deepest = 0;
  for (const group of groups) {
    const columns = Math.ceil(group.length / rows);
    for (const [i, item] of group.entries()) {
      const row = Math.floor(i / columns);
      deepest = Math.max(deepest, row + 1);
      at.set(item.id, {
        x: sizes.areaPadding + (column + (i % columns)) * (w + sizes.cardGap),
        y: sizes.areaHeader + row * (h + sizes.cardGap),
      });
    }
    column += columns;
  }
  if (items.length === 0) return { ...sizes.emptyArea, at };
  return {
    w: 2 * sizes.areaPadding + column * w + (column - 1) * sizes.cardGap,
    h: sizes.areaHeader + deepest * h + (deepest - 1) * sizes.cardGap + sizes.areaPadding,
    at,
  };
}

function groupByMonth(items: readonly Item[]): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const month = item.month ?? 'none';
    const group = groups.get(month) ?? [];
    groups.set(month, group);
    group.push(item);
  }
  // 'none' sorts behind all digits.
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, group]) => group);
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/**
 * Puts cards into the free places of an area that is in use, row by row, without moving or covering anything; the area
 * grows downwards as needed. `taken` are the boxes of what lies in it, in the area's own coordinates.
 */
export function fillArea(
  area: { w: number; h: number },
  taken: readonly Box[],
  items: readonly Item[],
): Arranged {
  const at = new Map<string, Point>();
  const boxes = [...taken];
  let h = area.h;
  let w = area.w;
  let from = 0;
  for (const item of items) {
    const step = { x: item.w + sizes.cardGap, y: item.h + sizes.cardGap };
    const columns = Math.max(1, Math.floor((area.w - 2 * sizes.areaPadding + sizes.cardGap) / step.x));
    for (let slot = from; ; slot += 1) {
      const box = {
        x: sizes.areaPadding + (slot % columns) * step.x,
        y: sizes.areaHeader + Math.floor(slot / columns) * step.y,
        w: item.w,
        h: item.h,
      };
      if (boxes.some((other) => overlap(box, other))) continue;
      boxes.push(box);
      at.set(item.id, { x: box.x, y: box.y });
      w = Math.max(w, box.x + box.w + sizes.areaPadding);
      h = Math.max(h, box.y + box.h + sizes.areaPadding);
      from = slot + 1;
      break;
    }
  }
  return { w, h, at };
}
