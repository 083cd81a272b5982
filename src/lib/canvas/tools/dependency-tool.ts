import { StateNode, type TLPointerEventInfo, type TLShape } from 'tldraw';
import { drawDependency } from '../behaviour/draw-dependency.ts';

const bindable: ReadonlySet<string> = new Set(['objective', 'area']);

/** Pulls a line from the card that needs to the card or area that provides; two clicks do the same. */
export class DependencyTool extends StateNode {
  static override id = 'dependency';
  private from: TLShape | null = null;
  /** A press that moved is a drag and ends at release; one that did not waits for the second click. */
  private moved = false;

  override onEnter() {
    this.from = null;
    this.editor.setCursor({ type: 'cross', rotation: 0 });
  }

  override onExit() {
    this.from = null;
    this.editor.setHintingShapes([]);
  }

  private target(): TLShape | null {
    const point = this.editor.inputs.currentPagePoint;
    const found = this.editor.getShapeAtPoint(point, {
      hitInside: true,
      hitFrameInside: true,
      filter: (shape) => bindable.has(shape.type),
    });
    return found ?? null;
  }

  override onPointerDown() {
    this.moved = false;
    if (this.from) return;
    this.from = this.target();
    if (this.from) this.editor.setHintingShapes([this.from.id]);
  }

  override onPointerMove(info: TLPointerEventInfo) {
    if (this.editor.inputs.isDragging) this.moved = true;
    const over = this.target();
    const hints = [this.from, over].flatMap((shape) => (shape ? [shape.id] : []));
    this.editor.setHintingShapes(hints);
    if (info.type === 'pointer' && over) this.editor.setCursor({ type: 'cross', rotation: 0 });
  }

  override onPointerUp() {
    const to = this.target();
    if (!this.from || !to || to.id === this.from.id) {
      if (this.moved) this.finish();
      return;
    }
    drawDependency(this.editor, this.from, to);
    this.finish();
  }

  private finish() {
    this.from = null;
    this.editor.setHintingShapes([]);
    this.editor.setCurrentTool('select');
  }

  override onCancel() {
    this.finish();
  }
}
