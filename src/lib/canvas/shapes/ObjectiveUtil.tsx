import {
  BaseBoxShapeUtil,
  HTMLContainer,
  Rectangle2d,
  resizeBox,
  type Geometry2d,
  type TLResizeInfo,
} from 'tldraw';
import { objectiveProps, type ObjectiveProps, type ObjectiveShape } from '#board/schema/shapes.ts';
import { defaultObjective } from '#board/new-shapes.ts';
import { surroundingsOf } from '../behaviour/input-of.ts';
import { mayTouch } from '../behaviour/respect-guard.ts';
import { detailOf } from '../detail.ts';
import { ObjectiveFace } from './ObjectiveFace.tsx';
import { ObjectiveTile } from './ObjectiveTile.tsx';

/** An objective: a card that says everything near, and a tile with title and status from afar. */
export class ObjectiveUtil extends BaseBoxShapeUtil<ObjectiveShape> {
  static override type = 'objective' as const;
  static override props = objectiveProps;

  override getDefaultProps(): ObjectiveProps {
    return { ...defaultObjective };
  }

  override canEdit(shape: ObjectiveShape) {
    return mayTouch(this.editor, surroundingsOf(this.editor), shape, shape);
  }

  override getText(shape: ObjectiveShape) {
    return shape.props.title;
  }

  override getAriaDescriptor(shape: ObjectiveShape) {
    return `Objective ${shape.props.title}`;
  }

  override getGeometry(shape: ObjectiveShape): Geometry2d {
    return new Rectangle2d({ width: shape.props.w, height: shape.props.h, isFilled: true });
  }

  override onResize(shape: ObjectiveShape, info: TLResizeInfo<ObjectiveShape>) {
    return resizeBox(shape, info, { minWidth: 180, minHeight: 104 });
  }

  component(shape: ObjectiveShape) {
    const editing = this.editor.getEditingShapeId() === shape.id;
    const detail = editing ? 'full' : detailOf(this.editor);
    return (
      <HTMLContainer className="bc-html">
        {detail === 'full' ? (
          <ObjectiveFace shape={shape} editing={editing} />
        ) : (
          <ObjectiveTile shape={shape} withTitle={detail === 'tile'} />
        )}
      </HTMLContainer>
    );
  }

  indicator(shape: ObjectiveShape) {
    return <rect width={shape.props.w} height={shape.props.h} rx={10} />;
  }
}
