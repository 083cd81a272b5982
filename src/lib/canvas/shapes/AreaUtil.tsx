import {
  BaseBoxShapeUtil,
  Group2d,
  HTMLContainer,
  Rectangle2d,
  resizeBox,
  type Geometry2d,
  type TLDragShapesOutInfo,
  type TLResizeInfo,
  type TLShape,
} from 'tldraw';
import { areaProps, type AreaProps, type AreaShape } from '#board/schema/shapes.ts';
import { sizes } from '#board/sizes.ts';
import { createCard } from '../behaviour/double-click.ts';
import { placeInArea } from '../behaviour/place-in-area.ts';
import { surroundingsOf } from '../behaviour/input-of.ts';
import { mayTouch } from '../behaviour/respect-guard.ts';
import { detailOf } from '../detail.ts';
import { AreaFace } from './AreaFace.tsx';
import { tabBox } from './area-tab.ts';

/** Shapes that live inside an area; arrows, columns and other areas do not. */
const inhabitants: ReadonlySet<string> = new Set([
  ...['objective', 'priority', 'note', 'text', 'draw', 'geo', 'image', 'highlight'],
]);

/** A team's band: it takes the cards dropped on it, and moves with them when pulled by its name or edge. */
export class AreaUtil extends BaseBoxShapeUtil<AreaShape> {
  static override type = 'area' as const;
  static override props = areaProps;

  override getDefaultProps(): AreaProps {
    return { w: 760, h: 260, title: '', kind: 'team', team: null };
  }

  override canEdit(shape: AreaShape) {
    return mayTouch(this.editor, surroundingsOf(this.editor), shape, shape);
  }

  override canResizeChildren() {
    return false;
  }

  override hideRotateHandle() {
    return true;
  }

  override getText(shape: AreaShape) {
    return shape.props.title;
  }

  override getAriaDescriptor(shape: AreaShape) {
    return `Area ${shape.props.title}`;
  }

  /** Not filled: a hand inside pans, selects and draws; only edge and name take hold of the area itself. */
  override getGeometry(shape: AreaShape): Geometry2d {
    const { w, h, title } = shape.props;
    return new Group2d({
      children: [
        new Rectangle2d({ width: w, height: h, isFilled: false }),
        new Rectangle2d({ ...tabBox(title, w, detailOf(this.editor)), isFilled: true, isLabel: true }),
      ],
    });
  }

  override canReceiveNewChildrenOfType(shape: AreaShape, type: TLShape['type']) {
    return !shape.isLocked && inhabitants.has(type);
  }

  override onDragShapesIn(shape: AreaShape, dragged: TLShape[]) {
    const coming = dragged.filter((it) => it.parentId !== shape.id && inhabitants.has(it.type));
    if (coming.length > 0) this.editor.reparentShapes(coming, shape.id);
  }

  override onDragShapesOut(shape: AreaShape, dragged: TLShape[], info: TLDragShapesOutInfo) {
    if (info.nextDraggingOverShapeId) return;
    const going = dragged.filter((it) => it.parentId === shape.id);
    if (going.length > 0) this.editor.reparentShapes(going, this.editor.getCurrentPageId());
  }

  /** Its name is written by a double click on the name; anywhere else of it a double click makes a card. */
  override onDoubleClick(shape: AreaShape) {
    const point = this.editor.getPointInShapeSpace(shape, this.editor.inputs.currentPagePoint);
    const tab = tabBox(shape.props.title, shape.props.w, detailOf(this.editor));
    const onTab =
      point.x >= tab.x && point.x <= tab.x + tab.width && point.y >= tab.y && point.y <= tab.y + tab.height;
    if (onTab || this.editor.getIsReadonly()) return undefined;
    createCard(this.editor, placeInArea(this.editor, this.editor.inputs.currentPagePoint, sizes.objective));
    // A change, though an empty one, tells tldraw that the double click was dealt with.
    return { id: shape.id, type: shape.type };
  }

  override onResize(shape: AreaShape, info: TLResizeInfo<AreaShape>) {
    return resizeBox(shape, info, { minWidth: sizes.emptyArea.w, minHeight: sizes.emptyArea.h });
  }

  component(shape: AreaShape) {
    const editing = this.editor.getEditingShapeId() === shape.id;
    return (
      <HTMLContainer className="bc-html">
        <AreaFace shape={shape} editing={editing} detail={detailOf(this.editor)} />
      </HTMLContainer>
    );
  }

  indicator(shape: AreaShape) {
    return <rect width={shape.props.w} height={shape.props.h} rx={16} />;
  }
}
