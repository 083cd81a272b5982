import {
  ArrowShapeUtil,
  Group2d,
  Polyline2d,
  Vec,
  track,
  type SvgExportContext,
  type TLArrowShape,
} from 'tldraw';
import { DependencyLine } from './DependencyLine.tsx';
import { routeOf } from './dependency-geometry.ts';

/** tldraw's arrow; between two cards or areas it is a dependency and drawn as agreement and timing say. */
export class DependencyUtil extends ArrowShapeUtil {
  override getGeometry(shape: TLArrowShape) {
    const route = routeOf(this.editor, shape);
    return route
      ? new Group2d({ children: [new Polyline2d({ points: route.points.map((point) => Vec.From(point)) })] })
      : super.getGeometry(shape);
  }

  override component(shape: TLArrowShape) {
    const route = routeOf(this.editor, shape);
    return route ? <DependencyLine shape={shape} route={route} /> : <PlainArrow shape={shape} util={this} />;
  }

  /** What tldraw draws; a component of its own, because its hooks may not come and go within ours. */
  plain(shape: TLArrowShape) {
    return super.component(shape);
  }

  /** A selected dependency is drawn stronger by its line; an outline on top would run through the words of its chip. */
  override indicator(shape: TLArrowShape) {
    return routeOf(this.editor, shape) ? <path d="" /> : super.indicator(shape);
  }

  /** The ends can be taken to another card; there is no bend to pull. */
  override getHandles(shape: TLArrowShape) {
    const handles = super.getHandles(shape);
    const route = routeOf(this.editor, shape);
    if (!route) return handles;
    const at = { start: route.points[0], end: route.points.at(-1) };
    return handles
      .filter((handle) => handle.type === 'vertex')
      .map((handle) => ({ ...handle, ...(handle.id === 'start' ? at.start : at.end) }));
  }

  override toSvg(shape: TLArrowShape, ctx: SvgExportContext) {
    const route = routeOf(this.editor, shape);
    if (!route) return super.toSvg(shape, ctx);
    return (
      <path
        d={route.path}
        transform={route.transform}
        fill="none"
        stroke={ctx.isDarkMode ? '#b9c0cb' : '#4b5463'}
        strokeWidth={2.4}
      />
    );
  }

  override canEdit() {
    return true;
  }
}

const PlainArrow = track(function PlainArrow({ shape, util }: { shape: TLArrowShape; util: DependencyUtil }) {
  return util.plain(shape);
});
