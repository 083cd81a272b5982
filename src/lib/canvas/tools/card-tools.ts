import { StateNode, createShapeId, type TLShapeId, type TLShapePartial } from 'tldraw';
import { sizes } from '#board/sizes.ts';
import { placeInArea } from '../behaviour/place-in-area.ts';

/** A tool that puts one of our objects where the hand clicks, selects it and opens its title. */
abstract class ClickToPlace extends StateNode {
  protected abstract make(id: TLShapeId, point: { x: number; y: number }): TLShapePartial;

  override onEnter() {
    this.editor.setCursor({ type: 'cross', rotation: 0 });
  }

  override onPointerUp() {
    const { editor } = this;
    if (editor.getIsReadonly()) return;
    const id = createShapeId();
    editor.markHistoryStoppingPoint(this.id);
    editor.createShape(this.make(id, editor.inputs.currentPagePoint));
    editor.setCurrentTool('select');
    if (!editor.getShape(id)) return;
    editor.select(id);
    editor.setEditingShape(id);
    editor.setCurrentTool('select.editing_shape');
  }

  override onCancel() {
    this.editor.setCurrentTool('select');
  }
}

export class ObjectiveTool extends ClickToPlace {
  static override id = 'objective';

  protected override make(id: TLShapeId, point: { x: number; y: number }): TLShapePartial {
    return { id, type: 'objective', ...placeInArea(this.editor, point, sizes.objective) };
  }
}

export class PriorityTool extends ClickToPlace {
  static override id = 'priority';

  protected override make(id: TLShapeId, point: { x: number; y: number }): TLShapePartial {
    return { id, type: 'priority', ...placeInArea(this.editor, point, sizes.priority) };
  }
}

export class AreaTool extends ClickToPlace {
  static override id = 'area';

  protected override make(id: TLShapeId, { x, y }: { x: number; y: number }): TLShapePartial {
    return { id, type: 'area', x, y };
  }
}
