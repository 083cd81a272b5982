import { SVGContainer, track, useEditor, type TLArrowShape } from 'tldraw';
import { isDependencyMeta } from '#board/schema/dependency-meta.ts';
import type { DependencyMeta } from '#board/schema/shapes.ts';
import { detailOf } from '../detail.ts';
import { useSurroundings } from '../surroundings.ts';
import { shownDependencies } from '../behaviour/shown-dependencies.ts';
import { lookOf, type DependencyLook } from './dependency-look.ts';
import type { OwnRoute } from './dependency-geometry.ts';
import { pointAt } from './dependency-route.ts';
import type { Point } from './route-parts.ts';

/** The end of the line: a head that points along the curve, a tick when delivered, a cross when refused. */
function endMark(points: readonly Point[], look: DependencyLook): string {
  const end = points.at(-1) ?? { x: 0, y: 0 };
  const before = points.at(-2) ?? end;
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const at = (distance: number, turn: number) =>
    `${end.x - Math.cos(angle + turn) * distance} ${end.y - Math.sin(angle + turn) * distance}`;
  if (look.end === 'cross') {
    const [x, y] = [end.x - Math.cos(angle) * 14, end.y - Math.sin(angle) * 14];
    return `M${x - 6} ${y - 6}L${x + 6} ${y + 6}M${x + 6} ${y - 6}L${x - 6} ${y + 6}`;
  }
  return `M${at(12, 0.48)}L${end.x} ${end.y}L${at(12, -0.48)}`;
}

export const DependencyLine = track(function DependencyLine({
  shape,
  route,
}: {
  shape: TLArrowShape;
  route: OwnRoute;
}) {
  const editor = useEditor();
  const around = useSurroundings();
  if (!isDependencyMeta(shape.meta)) return null;
  const meta: DependencyMeta = shape.meta;
  const look = lookOf(meta, around.dependency(meta.key), around.today.get());
  const withChip =
    shownDependencies(editor, around).get().chips.has(shape.id) && detailOf(editor) !== 'speck';
  const middle = pointAt(route, 0.5);
  return (
    <>
      <SVGContainer
        className="bc-line"
        data-line={look.line}
        data-timing={look.timing}
        data-faded={look.faded || undefined}
        data-selected={editor.getSelectedShapeIds().includes(shape.id) || undefined}
      >
        <path className="bc-line-halo" d={route.path} transform={route.transform} />
        {look.line === 'double' ? (
          <path className="bc-line-case" d={route.path} transform={route.transform} />
        ) : null}
        <path className="bc-line-body" d={route.path} transform={route.transform} />
        <path className="bc-line-end" d={endMark(route.points, look)} />
      </SVGContainer>
      {withChip && look.chip ? (
        <button
          type="button"
          tabIndex={-1}
          className={`bc-chip bc-line-chip bc-${look.chip.tone}`}
          style={{ left: middle.x, top: middle.y }}
          onPointerDown={(event) => {
            event.stopPropagation();
            editor.select(shape.id);
          }}
        >
          {look.end === 'tick' ? '✓ ' : look.end === 'cross' ? '✕ ' : ''}
          {look.chip.text}
        </button>
      ) : null}
    </>
  );
});
