import { BaseBoxShapeUtil, HTMLContainer, Rectangle2d, type Geometry2d } from 'tldraw';
import { columnProps, type ColumnProps, type ColumnShape } from '#board/schema/shapes.ts';
import { sizes } from '#board/sizes.ts';
import { detailOf } from '../detail.ts';

const fonts = { full: 13, tile: 30, speck: 84 } as const;

/** A slice of time under the areas. Locked, so that no hand takes it by accident. */
export class ColumnUtil extends BaseBoxShapeUtil<ColumnShape> {
  static override type = 'column' as const;
  static override props = columnProps;

  override getDefaultProps(): ColumnProps {
    return { ...sizes.emptyArea, title: '', start: null, end: null };
  }

  override canBind() {
    return false;
  }

  override hideRotateHandle() {
    return true;
  }

  override getText(shape: ColumnShape) {
    return shape.props.title;
  }

  override getGeometry(shape: ColumnShape): Geometry2d {
    return new Rectangle2d({ width: shape.props.w, height: shape.props.h, isFilled: false });
  }

  component(shape: ColumnShape) {
    return (
      <HTMLContainer className="bc-html bc-inert">
        <div className="bc-column">
          <span style={{ fontSize: fonts[detailOf(this.editor)] }}>{shape.props.title}</span>
        </div>
      </HTMLContainer>
    );
  }

  indicator(shape: ColumnShape) {
    return <rect width={shape.props.w} height={shape.props.h} />;
  }
}
