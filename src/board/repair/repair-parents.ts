import { compareText } from '../flatten.ts';
import { boardLimits } from '../schema/limits.ts';
import { PAGE_ID, isContainer, isShape, type BoardRecord, type BoardShape } from '../schema/records.ts';
import { pageRotation, toPage } from '../tree.ts';

type Records = Map<string, BoardRecord>;

/**
 * Every shape hangs on the page over at most 32 areas, frames or groups. One whose parent is gone or can hold nothing
 * goes to the page; of a circle the smallest id does; where its place on the page is known it stays there.
 */
export function repairParents(records: Records): void {
  if (isSound(records)) return;
  const shapes = [...records.values()].filter(isShape).sort((a, b) => compareText(a.id, b.id));
  for (const { id } of shapes) breakCircle(records, id);
  for (const { id } of shapes) {
    const shape = shapeAt(records, id);
    if (!shape || shape.parentId === PAGE_ID) continue;
    const parent = shapeAt(records, shape.parentId);
    if (!parent || !isContainer(parent)) records.set(id, onPage(records, shape));
  }
  for (const { id } of shapes) {
    const shape = shapeAt(records, id);
    // The first shape of a branch that is too deep takes what hangs on it along.
    if (shape && depthOf(records, shape) === boardLimits.depth + 1) records.set(id, onPage(records, shape));
  }
  // Branches more than twice too deep have shapes left: the next round cuts them again.
  if (shapes.some(({ id }) => depthOf(records, shapeAt(records, id)) > boardLimits.depth))
    repairParents(records);
}

/** True when nothing is to be done, as on nearly every board: every shape is looked at once, in no order. */
function isSound(records: Records): boolean {
  const depths = new Map<string, number>();
  for (const record of records.values()) {
    if (isShape(record) && soundDepth(records, depths, record, boardLimits.depth) === null) return false;
  }
  return true;
}

/** How many containers a shape hangs on, `left` at most; null when its branch needs repair. Remembered in `depths`. */
function soundDepth(
  records: Records,
  depths: Map<string, number>,
  shape: BoardShape,
  left: number,
): number | null {
  if (shape.parentId === PAGE_ID) return 0;
  const known = depths.get(shape.id);
  if (known !== undefined) return known;
  const parent = left > 0 ? shapeAt(records, shape.parentId) : undefined;
  if (!parent || !isContainer(parent)) return null;
  const above = soundDepth(records, depths, parent, left - 1);
  if (above === null || above + 1 > boardLimits.depth) return null;
  depths.set(shape.id, above + 1);
  return above + 1;
}

function shapeAt(records: Records, id: string): BoardShape | undefined {
  const record = records.get(id);
  return record && isShape(record) ? record : undefined;
}

function depthOf(records: Records, shape: BoardShape | undefined): number {
  let depth = 0;
  for (let at = shape; at && at.parentId !== PAGE_ID; at = shapeAt(records, at.parentId)) depth += 1;
  return depth;
}

/** Puts the smallest id of the circle that `id` runs into on the page. */
function breakCircle(records: Records, id: string): void {
  const path: string[] = [];
  for (let at = shapeAt(records, id); at; at = shapeAt(records, at.parentId)) {
    const seen = path.indexOf(at.id);
    if (seen >= 0) {
      const weakest = shapeAt(records, path.slice(seen).sort(compareText)[0] ?? '');
      // A circle has no place on the page: its members keep the numbers they have.
      if (weakest) records.set(weakest.id, { ...weakest, parentId: PAGE_ID as BoardShape['parentId'] });
      return;
    }
    path.push(at.id);
  }
}

function onPage(records: Records, shape: BoardShape): BoardShape {
  const { x, y } = toPage(records, shape, { x: 0, y: 0 });
  const limit = boardLimits.coordinate;
  const inside = (value: number) => Math.min(Math.max(value, -limit), limit);
  const rotation = pageRotation(records, shape);
  return { ...shape, x: inside(x), y: inside(y), rotation, parentId: PAGE_ID as BoardShape['parentId'] };
}
