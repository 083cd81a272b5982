import type { Editor, TLShape, TLShapeId } from 'tldraw';
import type { ColumnShape, ObjectiveShape } from '#board/schema/shapes.ts';

/** A slice of time with an end, as a box on the page. */
export interface Slice {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly start: string | null;
  readonly end: string | null;
}

/**
 * The due of a card whose middle lies in one of the columns: the column's last day, unless its own due lies in that column
 * already (board.md B2: a column is shorthand for its last day). Undefined leaves it as it is.
 */
export function dueInColumn(
  middle: { x: number; y: number },
  due: string | null,
  slices: readonly Slice[],
): string | undefined {
  const slice = slices.find(
    ({ x, y, w, h }) => middle.x >= x && middle.x < x + w && middle.y >= y && middle.y < y + h,
  );
  if (!slice || slice.end === null) return undefined;
  const isWithin = due !== null && due <= slice.end && (slice.start === null || due >= slice.start);
  return isWithin ? undefined : slice.end;
}

const isObjective = (shape: TLShape | undefined): shape is ObjectiveShape => shape?.type === 'objective';
const isColumn = (shape: TLShape): shape is ColumnShape => shape.type === 'column';

/** A card put or drawn into another column gets that column's date: moving it moves the date. Own moves only. */
export function followColumns(editor: Editor): () => void {
  const moved = new Set<TLShapeId>();
  const stops = [
    editor.sideEffects.registerAfterCreateHandler('shape', (shape, source) => {
      if (source === 'user' && isObjective(shape) && shape.props.due === null) moved.add(shape.id);
    }),
    editor.sideEffects.registerAfterChangeHandler('shape', (before, shape, source) => {
      if (source !== 'user' || !isObjective(shape)) return;
      if (before.x !== shape.x || before.parentId !== shape.parentId) moved.add(shape.id);
    }),
    editor.sideEffects.registerOperationCompleteHandler(() => {
      if (moved.size === 0 || editor.isInAny('select.translating', 'select.resizing')) return;
      const ids = [...moved];
      moved.clear();
      date(editor, ids);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function date(editor: Editor, ids: readonly TLShapeId[]): void {
  const slices = editor
    .getCurrentPageShapes()
    .filter(isColumn)
    .map(({ x, y, props }) => ({ x, y, ...props }));
  if (slices.length === 0) return;
  for (const id of ids) {
    const card = editor.getShape(id);
    const bounds = card && editor.getShapePageBounds(card);
    if (!isObjective(card) || !bounds) continue;
    const due = dueInColumn(bounds.center, card.props.due, slices);
    if (due !== undefined) editor.updateShape<ObjectiveShape>({ id, type: 'objective', props: { due } });
  }
}
