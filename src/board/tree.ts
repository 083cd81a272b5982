import { isArea, isShape, type BoardRecord, type BoardShape } from './schema/records.ts';
import type { AreaShape } from './schema/shapes.ts';

/** Records by id. */
export type RecordIndex = ReadonlyMap<string, BoardRecord>;

export const indexRecords = (records: Iterable<BoardRecord>): Map<string, BoardRecord> =>
  new Map([...records].map((record) => [record.id, record]));

/** The shapes above a shape, nearest first. Stops at a cycle, which `repair` breaks. */
export function* ancestorsOf(index: RecordIndex, shape: BoardShape): Generator<BoardShape> {
  const seen = new Set<string>([shape.id]);
  let parent = index.get(shape.parentId);
  while (parent && isShape(parent) && !seen.has(parent.id)) {
    yield parent;
    seen.add(parent.id);
    parent = index.get(parent.parentId);
  }
}

/** The area a shape lies in; null outside all areas. An area lies in itself. */
export function areaOf(index: RecordIndex, shape: BoardShape): AreaShape | null {
  if (isArea(shape)) return shape;
  for (const above of ancestorsOf(index, shape)) if (isArea(above)) return above;
  return null;
}

/** The team a shape belongs to: the one set on it, else that of the nearest team area it lies in. */
export function teamOf(index: RecordIndex, shape: BoardShape): string | null {
  if (shape.type === 'objective' && shape.props.team !== null) return shape.props.team;
  if (isArea(shape)) return shape.props.team;
  for (const above of ancestorsOf(index, shape)) {
    if (isArea(above) && above.props.kind === 'team') return above.props.team;
  }
  return null;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly w: number;
  readonly h: number;
}

/** Where a point of a shape's own space lies on the page. */
export function toPage(index: RecordIndex, shape: BoardShape, point: Point): Point {
  let { x, y } = rotate(point, shape);
  for (const above of ancestorsOf(index, shape)) ({ x, y } = rotate({ x, y }, above));
  return { x, y };
}

function rotate(point: Point, { x, y, rotation }: BoardShape): Point {
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  return { x: x + point.x * cos - point.y * sin, y: y + point.x * sin + point.y * cos };
}

/** Turn of a shape against the page, in radians. */
export function pageRotation(index: RecordIndex, shape: BoardShape): number {
  let rotation = shape.rotation;
  for (const above of ancestorsOf(index, shape)) rotation += above.rotation;
  return rotation;
}

/** A sized shape's upright box on the page; a shape without size counts as a point. */
export function pageBox(index: RecordIndex, shape: BoardShape): Box {
  const { w, h } = sizeOf(shape);
  const corners = [
    { x: 0, y: 0 },
    { x: w, y: 0 },
    { x: 0, y: h },
    { x: w, y: h },
  ].map((corner) => toPage(index, shape, corner));
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

/** Width and height of a shape's props; a note has none and measures 200 a side. */
export function sizeOf(shape: BoardShape): { w: number; h: number } {
  const { w, h } = shape.props as { w?: unknown; h?: unknown };
  const side = shape.type === 'note' ? 200 : 0;
  return { w: typeof w === 'number' ? w : side, h: typeof h === 'number' ? h : side };
}
