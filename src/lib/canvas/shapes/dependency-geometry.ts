import {
  createComputedCache,
  getArrowBindings,
  type Editor,
  type Mat,
  type TLArrowShape,
  type TLShape,
} from 'tldraw';
import { isDependencyMeta } from '#board/schema/dependency-meta.ts';
import { sizes } from '#board/sizes.ts';
import { routeBetween } from './dependency-route.ts';
import type { Box, End, Point, Route } from './route-parts.ts';

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

/** A way in the arrow's own space. */
export interface OwnRoute extends Route {
  readonly transform: string;
}

const routes = createComputedCache(
  'dependency route',
  (editor: Editor, shape: TLShape): OwnRoute | undefined => {
    if (!isDependency(shape)) return undefined;
    const ends = endsOf(editor, shape);
    if (!ends) return undefined;
    const route = routeBetween(endOf(editor, ends.tail), endOf(editor, ends.head), spreadOf(shape.id), {
      cardGap: sizes.cardGap,
      areaGap: sizes.areaGap,
    });
    const inverse: Mat = editor.getShapePageTransform(shape).clone().invert();
    const { a, b, c, d, e, f } = inverse;
    return {
      path: route.path,
      points: route.points.map((point): Point => inverse.applyToPoint(point)),
      transform: `matrix(${a},${b},${c},${d},${e},${f})`,
    };
  },
);

/** The way of a dependency in the arrow's own space; undefined when the arrow is not one (yet). */
export const routeOf = (editor: Editor, arrow: TLArrowShape): OwnRoute | undefined =>
  routes.get(editor, arrow.id);

/** A shape's own box on the page; bounds would hold an area's name tab, which sticks out. */
function boxOf(editor: Editor, shape: TLShape): Box {
  const { w, h } = shape.props as { w: number; h: number };
  const { x, y } = editor.getShapePageTransform(shape).applyToPoint({ x: 0, y: 0 });
  return { x, y, w, h };
}

const besides = createComputedCache(
  'cards of an area',
  (editor: Editor, area: TLShape): readonly (Box & { id: string })[] =>
    editor.getSortedChildIdsForParent(area.id).flatMap((id) => {
      const child = editor.getShape(id);
      return child?.type === 'objective' ? [{ id, ...boxOf(editor, child) }] : [];
    }),
);

function endOf(editor: Editor, shape: TLShape): End {
  const box = boxOf(editor, shape);
  if (shape.type === 'area') return { box, area: null, wide: true, beside: [] };
  const area = editor.findShapeAncestor(shape, (it) => it.type === 'area');
  if (!area) return { box, area: null, wide: false, beside: [] };
  const cards = besides.get(editor, area.id) ?? [];
  return {
    box,
    area: boxOf(editor, area),
    wide: false,
    beside: cards.filter((card) => card.id !== shape.id),
  };
}
