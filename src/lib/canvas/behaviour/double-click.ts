import { createShapeId, type Editor, type StateNode } from 'tldraw';
import { sizes } from '#board/sizes.ts';
import { placeInArea } from './place-in-area.ts';

/** tldraw's documented way to give a double click on the canvas another meaning. */
type IdleWithDoubleClick = StateNode & { handleDoubleClickOnCanvas(): void };

/** Double click inside an area makes a card there with the cursor in its title; outside of all areas nothing happens. */
export function makeCardsByDoubleClick(editor: Editor): void {
  const idle = editor.getStateDescendant<IdleWithDoubleClick>('select.idle');
  if (!idle) return;
  idle.handleDoubleClickOnCanvas = () => {
    if (editor.getIsReadonly()) return;
    const place = placeInArea(editor, editor.inputs.currentPagePoint, sizes.objective);
    if (place.parentId === editor.getCurrentPageId()) return;
    createCard(editor, place);
  };
}

/** Makes an objective and opens its title. */
export function createCard(editor: Editor, place: ReturnType<typeof placeInArea>): void {
  const id = createShapeId();
  editor.markHistoryStoppingPoint('card');
  editor.createShape({ id, type: 'objective', ...place });
  if (!editor.getShape(id)) return;
  editor.select(id);
  editor.setEditingShape(id);
  editor.setCurrentTool('select.editing_shape');
}
