import type { Editor, TLShape, TLShapeId } from 'tldraw';
import type { AreaShape } from '#board/schema/shapes.ts';
import { sizes } from '#board/sizes.ts';
import { fitArea, pushDown, type Placed } from './fit.ts';

const isArea = (shape: TLShape | undefined): shape is AreaShape => shape?.type === 'area';

/**
 * An area sizes itself to its cards, and areas in its way move down. Only after one's own changes and when the hand has let go:
 * everybody doing it for everybody's changes would make people's windows fight.
 */
export function fitAreas(editor: Editor): () => void {
  const touched = new Set<TLShapeId>();
  const note = (shape: TLShape, source: 'user' | 'remote') => {
    if (source === 'user' && shape.type !== 'area' && isArea(editor.getShape(shape.parentId as TLShapeId))) {
      touched.add(shape.parentId as TLShapeId);
    }
  };
  const stops = [
    editor.sideEffects.registerAfterCreateHandler('shape', note),
    editor.sideEffects.registerAfterChangeHandler('shape', (before, shape, source) => {
      if (before.x !== shape.x || before.y !== shape.y || before.parentId !== shape.parentId || before.props !== shape.props) {
        note(shape, source);
      }
    }),
    editor.sideEffects.registerOperationCompleteHandler(() => {
      if (touched.size === 0 || editor.isInAny('select.translating', 'select.resizing', 'select.rotating')) return;
      const ids = [...touched];
      touched.clear();
      for (const id of ids) fit(editor, id);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function fit(editor: Editor, id: TLShapeId): void {
  const area = editor.getShape(id);
  if (!isArea(area)) return;
  const children = childBoxes(editor, area);
  const fitted = fitArea(area.props, children, {
    padding: sizes.areaPadding,
    header: sizes.areaHeader,
    gap: sizes.areaGap,
    smallest: sizes.emptyArea,
  });
  if (fitted.w === area.props.w && fitted.h === area.props.h && fitted.dx === 0 && fitted.dy === 0) return;
  const before = boxOf(area);
  const grown = { ...before, x: before.x + fitted.dx, y: before.y + fitted.dy, w: fitted.w, h: fitted.h };
  const others = editor.getCurrentPageShapes().filter((it): it is AreaShape => isArea(it) && it.id !== id);
  const moves = pushDown(grown, before, others.map(boxOf), sizes.areaGap);
  editor.run(() => {
    editor.updateShape<AreaShape>({
      ...{ id, type: 'area', x: grown.x, y: grown.y },
      props: { w: fitted.w, h: fitted.h },
    });
    if (fitted.dx !== 0 || fitted.dy !== 0) {
      editor.updateShapes(
        editor.getSortedChildIdsForParent(id).flatMap((childId) => {
          const child = editor.getShape(childId);
          return child ? [{ id: childId, type: child.type, x: child.x - fitted.dx, y: child.y - fitted.dy }] : [];
        }),
      );
    }
    editor.updateShapes(others.flatMap((it) => (moves.has(it.id) ? [{ id: it.id, type: it.type, y: moves.get(it.id) }] : [])));
  });
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
