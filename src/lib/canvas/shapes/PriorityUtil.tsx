import {
  BaseBoxShapeUtil,
  HTMLContainer,
  Rectangle2d,
  resizeBox,
  type Geometry2d,
  type TLResizeInfo,
} from 'tldraw';
import { priorityProps, type PriorityProps, type PriorityShape } from '#board/schema/shapes.ts';
import { sizes } from '#board/sizes.ts';
import { surroundingsOf } from '../behaviour/input-of.ts';
import { mayTouch } from '../behaviour/respect-guard.ts';
import { detailOf } from '../detail.ts';
import { TitleEditor } from './TitleEditor.tsx';

/** A priority: a banner on the rail above the areas. */
export class PriorityUtil extends BaseBoxShapeUtil<PriorityShape> {
  static override type = 'priority' as const;
  static override props = priorityProps;

  override getDefaultProps(): PriorityProps {
    return { ...sizes.priority, title: '', why: '', rank: null };
  }

  override canEdit(shape: PriorityShape) {
    return mayTouch(this.editor, surroundingsOf(this.editor), shape, shape);
  }

  override hideRotateHandle() {
    return true;
  }

  override getText(shape: PriorityShape) {
    return shape.props.title;
  }

  override getAriaDescriptor(shape: PriorityShape) {
    return `Priority ${shape.props.title}`;
  }

  override getGeometry(shape: PriorityShape): Geometry2d {
    return new Rectangle2d({ width: shape.props.w, height: shape.props.h, isFilled: true });
  }

  override onResize(shape: PriorityShape, info: TLResizeInfo<PriorityShape>) {
    return resizeBox(shape, info, { minWidth: 200, minHeight: 64 });
  }

  component(shape: PriorityShape) {
    const editing = this.editor.getEditingShapeId() === shape.id;
    const { title, why, rank } = shape.props;
    return (
      <HTMLContainer className="bc-html">
        <div className="bc-priority" data-detail={editing ? 'full' : detailOf(this.editor)}>
          <span className="bc-rank" title={rank === null ? 'Not ranked' : `Priority ${rank}`}>
            {rank ?? '–'}
          </span>
          <div className="bc-priority-words">
            {editing ? (
              <TitleEditor id={shape.id} placeholder="What matters most?" />
            ) : (
              <b title={title}>
                {title === '' ? <span className="bc-empty">Untitled priority</span> : title}
              </b>
            )}
            {!editing && why !== '' ? <span title={why}>{why}</span> : null}
          </div>
        </div>
      </HTMLContainer>
    );
  }

  indicator(shape: PriorityShape) {
    return <rect width={shape.props.w} height={shape.props.h} rx={10} />;
  }
}
