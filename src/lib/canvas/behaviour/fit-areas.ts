import type { Editor, TLShape, TLShapeId } from 'tldraw';
import type { AreaShape } from '#board/schema/shapes.ts';
import { sizes } from '#board/sizes.ts';
import { fitArea, makeRoom, shiftInside, type Placed } from './fit.ts';

const isArea = (shape: TLShape | undefined): shape is AreaShape => shape?.type === 'area';

const room = { padding: sizes.areaPadding, header: sizes.areaHeader };

/**
 * An area sizes itself to its cards, and areas in its way make room. Only after one's own changes and when the hand has let go:
 * everybody doing it for everybody's changes would make people's windows fight.
 */
export function fitAreas(editor: Editor): () => void {
  const touched = new Map<TLShapeId, Set<TLShapeId>>();
  const note = (shape: TLShape, source: 'user' | 'remote') => {
    const parent = editor.getShape(shape.parentId);
    if (source !== 'user' || shape.type === 'area' || shape.type === 'arrow' || !isArea(parent)) return;
    const children = touched.get(parent.id) ?? new Set();
    touched.set(parent.id, children.add(shape.id));
  };
  const stops = [
    editor.sideEffects.registerAfterCreateHandler('shape', note),
    editor.sideEffects.registerAfterChangeHandler('shape', (before, shape, source) => {
      const moved = before.x !== shape.x || before.y !== shape.y || before.parentId !== shape.parentId;
      if (moved || before.props !== shape.props) note(shape, source);
    }),
    editor.sideEffects.registerOperationCompleteHandler(() => {
      if (touched.size === 0 || editor.isInAny('select.translating', 'select.resizing', 'select.rotating'))
        return;
      const waiting = [...touched];
      touched.clear();
      for (const [area, children] of waiting) fit(editor, area, children);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function fit(editor: Editor, id: TLShapeId, put: ReadonlySet<TLShapeId>): void {
  const area = editor.getShape(id);
  if (!isArea(area)) return;
  const shift = shiftInside(
    childBoxes(editor, area).filter((child) => put.has(child.id as TLShapeId)),
    room,
  );
  const children = childBoxes(editor, area).map((child) =>
    put.has(child.id as TLShapeId) ? { ...child, x: child.x + shift.x, y: child.y + shift.y } : child,
  );
  const size = fitArea(area.props, children, room);
  const grows = size.w !== area.props.w || size.h !== area.props.h;
  if (!grows && shift.x === 0 && shift.y === 0) return;
  editor.run(() => {
    if (shift.x !== 0 || shift.y !== 0) shiftShapes(editor, [...put], shift);
    if (!grows) return;
    editor.updateShape<AreaShape>({ id, type: 'area', props: size });
    pushOthers(editor, area, size);
  });
}

function shiftShapes(editor: Editor, ids: readonly TLShapeId[], by: { x: number; y: number }): void {
  const shapes = ids.flatMap((id) => editor.getShape(id) ?? []);
  editor.updateShapes(shapes.map(({ id, type, x, y }) => ({ id, type, x: x + by.x, y: y + by.y })));
}

/** Other areas, and whatever else lies on the page beside them stays where it is: only areas may not lie on each other. */
function pushOthers(editor: Editor, area: AreaShape, size: { w: number; h: number }): void {
  const before = boxOf(area);
  const others = editor
    .getCurrentPageShapes()
    .filter((it): it is AreaShape => isArea(it) && it.id !== area.id);
  const moves = makeRoom(before, { ...before, ...size }, others.map(boxOf), sizes.areaGap);
  editor.updateShapes(
    others.flatMap(({ id, type }) => (moves.has(id) ? [{ id, type, ...moves.get(id) }] : [])),
  );
}

const boxOf = ({ id, x, y, props }: AreaShape): Placed => ({ id, x, y, w: props.w, h: props.h });

function childBoxes(editor: Editor, area: AreaShape): Placed[] {
  return editor.getSortedChildIdsForParent(area.id).flatMap((id) => {
    const child = editor.getShape(id);
    if (!child || child.type === 'arrow') return [];
    const bounds = editor.getShapeGeometry(child).bounds;
    return [{ id, x: child.x + bounds.x, y: child.y + bounds.y, w: bounds.w, h: bounds.h }];
  });
}
