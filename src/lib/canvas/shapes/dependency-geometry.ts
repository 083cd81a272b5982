import { Box, createComputedCache, getArrowBindings, type Editor, type TLArrowShape, type TLShape } from 'tldraw';
import { isDependencyMeta } from '#board/schema/dependency-meta.ts';
import { routeBetween, type Route } from './dependency-route.ts';

/** Both ends of an arrow that is a dependency: the tail needs, the head provides. */
export interface DependencyEnds {
  readonly tail: TLShape;
  readonly head: TLShape;
}

const bindable: ReadonlySet<string> = new Set(['objective', 'area']);

/** The cards or areas an arrow joins; null while an end hangs free or is bound to something that cannot promise. */
export function endsOf(editor: Editor, arrow: TLArrowShape): DependencyEnds | null {
  const { start, end } = getArrowBindings(editor, arrow);
  if (!start || !end || start.toId === end.toId) return null;
  const tail = editor.getShape(start.toId);
  const head = editor.getShape(end.toId);
  if (!tail || !head || !bindable.has(tail.type) || !bindable.has(head.type)) return null;
  return { tail, head };
}

export const isDependency = (shape: TLShape): shape is TLArrowShape =>
  shape.type === 'arrow' && isDependencyMeta(shape.meta);

/** A steady number from -1 to 1 made of an id, so that lines at one card lie apart and nobody's window disagrees. */
function spreadOf(id: string): number {
  let sum = 0;
  for (let i = 0; i < id.length; i += 1) sum = (sum * 31 + id.charCodeAt(i)) % 997;
  return (sum / 996) * 2 - 1;
}

const routes = createComputedCache('dependency route', (editor: Editor, shape: TLShape): Route | undefined => {
  if (!isDependency(shape)) return undefined;
  const ends = endsOf(editor, shape);
  if (!ends) return undefined;
  const from = editor.getShapePageBounds(ends.tail);
  const to = editor.getShapePageBounds(ends.head);
  if (!from || !to) return undefined;
  const route = routeBetween(bodyOf(editor, ends.tail, from), bodyOf(editor, ends.head, to), {
    fromWide: ends.tail.type === 'area',
    toWide: ends.head.type === 'area',
    spread: spreadOf(shape.id),
  });
  const toArrow = editor.getShapePageTransform(shape).clone().invert();
  const place = (point: { x: number; y: number }) => toArrow.applyToPoint(point);
  return { start: place(route.start), c1: place(route.c1), c2: place(route.c2), end: place(route.end) };
});

/** An area's bounds hold its name tab, which sticks out; lines end at the band itself. */
function bodyOf(editor: Editor, shape: TLShape, bounds: Box): Box {
  if (shape.type !== 'area') return bounds;
  const { w, h } = shape.props as { w: number; h: number };
  const corner = editor.getShapePageTransform(shape).applyToPoint({ x: 0, y: 0 });
  return new Box(corner.x, corner.y, w, h);
}

/** The curve of a dependency in the arrow's own space; undefined when the arrow is not one (yet). */
export const routeOf = (editor: Editor, arrow: TLArrowShape): Route | undefined => routes.get(editor, arrow.id);
