import { PAGE_ID, isArrow, isShape, type BoardShape } from '../schema/records.ts';
import type { AreaShape } from '../schema/shapes.ts';
import { sizes } from '../sizes.ts';
import { sizeOf, type Box } from '../tree.ts';
import { arrangeCards, fillArea, type Arranged, type Item } from './arrange-cards.ts';
import type { Homes } from './homes.ts';
import { packAreas } from './pack-areas.ts';
import type { Workspace } from './workspace.ts';

/** A card that needs a place in an area. */
export interface Placing {
  readonly shape: BoardShape;
  readonly month: string | null;
}

/**
 * Places cards in their areas (board.md B4): new areas are arranged and packed under what is there, priorities on top;
 * areas in use get the cards where there is room, grow downwards and push what lies below them. Nothing overlaps
 * anything that did not before.
 */
export function placeCards(
  workspace: Workspace,
  homes: Homes,
  byArea: ReadonlyMap<string, readonly Placing[]>,
): void {
  const fresh = new Set(homes.created.map((area) => area.id as string));
  const rail = homes.created.find((area) => area.meta.role === 'priorities');
  for (const [areaId, placings] of byArea) {
    const area = workspace.records.get(areaId);
    if (!area || !isShape(area) || area.type !== 'area' || fresh.has(areaId)) continue;
    const taken = childBoxes(workspace, areaId);
    const arranged = fillArea(area.props, taken, placings.map(asItem));
    putCards(workspace, areaId, placings, arranged);
    growArea(workspace, area, arranged);
  }
  const old = [...workspace.records.values()].filter(
    (it) => isShape(it) && !fresh.has(it.id),
  ) as BoardShape[];
  const content = bounds(old);
  const packing = homes.created
    .filter((area) => area !== rail)
    .map((area) => {
      const placings = byArea.get(area.id) ?? [];
      const arranged = arrangeCards(placings.map(asItem));
      putCards(workspace, area.id, placings, arranged);
      return { area, id: area.id, w: arranged.w, h: arranged.h };
    });
  const packed = packAreas(packing);
  const origin = content ? { x: content.x, y: content.y + content.h + sizes.areaGap } : { x: 0, y: 0 };
  for (const { area, id, w, h } of packing) {
    const at = packed.at.get(id) ?? { x: 0, y: 0 };
    workspace.put(resized({ ...area, x: origin.x + at.x, y: origin.y + at.y }, w, h));
  }
  if (rail) placeRail(workspace, rail, byArea.get(rail.id) ?? [], content, packed.w);
}

/** The priorities' rail above everything, as wide as the board. */
function placeRail(
  workspace: Workspace,
  rail: AreaShape,
  placings: readonly Placing[],
  content: Box | null,
  packedWidth: number,
): void {
  const width = Math.max(content?.w ?? 0, packedWidth);
  const step = sizes.priority.w + sizes.cardGap;
  const columns = Math.max(1, Math.floor((width - 2 * sizes.areaPadding + sizes.cardGap) / step));
  const items = placings.map(asItem).map((item) => ({ ...item, month: null }));
  const arranged = arrangeRows(items, columns);
  putCards(workspace, rail.id, placings, arranged);
  const y = (content?.y ?? 0) - sizes.areaGap - arranged.h;
  workspace.put(resized({ ...rail, x: content?.x ?? 0, y }, Math.max(width, arranged.w), arranged.h));
}

function arrangeRows(items: readonly Item[], columns: number): Arranged {
  const width = 2 * sizes.areaPadding + columns * (sizes.priority.w + sizes.cardGap) - sizes.cardGap;
  return fillArea({ w: width, h: 0 }, [], items);
}

function asItem({ shape, month }: Placing): Item {
  return { id: shape.id, ...sizeOf(shape), month };
}

const resized = (area: AreaShape, w: number, h: number): AreaShape => ({
  ...area,
  props: { ...area.props, w, h },
});

function putCards(
  workspace: Workspace,
  areaId: string,
  placings: readonly Placing[],
  arranged: Arranged,
): void {
  for (const { shape } of placings) {
    const at = arranged.at.get(shape.id) ?? { x: sizes.areaPadding, y: sizes.areaHeader };
    const place = {
      ...at,
      rotation: 0,
      parentId: areaId as BoardShape['parentId'],
      index: workspace.nextIndex(areaId) as BoardShape['index'],
    };
    workspace.put({ ...shape, ...place });
  }
}

function childBoxes(workspace: Workspace, areaId: string): Box[] {
  return [...workspace.records.values()].flatMap((record) =>
    isShape(record) && record.parentId === areaId && !isArrow(record)
      ? [{ x: record.x, y: record.y, ...sizeOf(record) }]
      : [],
  );
}

/** Boxes of the page's own shapes put together; null on an empty page. Arrows follow what they are bound to. */
function bounds(shapes: readonly BoardShape[]): Box | null {
  const top = shapes.filter((shape) => shape.parentId === PAGE_ID && !isArrow(shape));
  if (top.length === 0) return null;
  const boxes = top.map((shape) => ({ x: shape.x, y: shape.y, ...sizeOf(shape) }));
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    w: Math.max(...boxes.map((box) => box.x + box.w)) - x,
    h: Math.max(...boxes.map((box) => box.y + box.h)) - y,
  };
}

/** Makes an area larger and pushes what begins below its old end down by as much; time columns grow with it. */
function growArea(workspace: Workspace, area: AreaShape, { w, h }: Arranged): void {
  const by = h - area.props.h;
  const end = area.y + area.props.h;
  workspace.put(resized(area, Math.max(area.props.w, w), Math.max(area.props.h, h)));
  if (by <= 0) return;
  for (const shape of [...workspace.records.values()]) {
    if (!isShape(shape) || shape.parentId !== area.parentId || shape.id === area.id) continue;
    if (shape.y >= end) workspace.put({ ...shape, y: shape.y + by });
    else if (shape.type === 'column' && shape.y + shape.props.h >= end) {
      workspace.put({ ...shape, props: { ...shape.props, h: shape.props.h + by } });
    }
  }
}
