import { isShape } from '#board/schema/records.ts';
import type { AreaShape } from '#board/schema/shapes.ts';
import { sizes } from '#board/sizes.ts';
import { sizeOf, type Point, type RecordIndex } from '#board/tree.ts';

/**
 * The first free place for a card in an area, row by row, and the area's height with it. Places are in the area's own space.
 * Used where nobody points at a place: in the outline.
 */
export function nextPlace(index: RecordIndex, area: AreaShape): Point & { readonly areaHeight: number } {
  const { w, h } = sizes.objective;
  const taken = [...index.values()]
    .filter(isShape)
    .filter((shape) => shape.parentId === area.id)
    .map((shape) => ({ x: shape.x, y: shape.y, ...sizeOf(shape) }));
  const columns = Math.max(
    1,
    Math.floor((area.props.w - 2 * sizes.areaPadding + sizes.cardGap) / (w + sizes.cardGap)),
  );
  for (let slot = 0; ; slot += 1) {
    const x = sizes.areaPadding + (slot % columns) * (w + sizes.cardGap);
    const y = sizes.areaHeader + Math.floor(slot / columns) * (h + sizes.cardGap);
    const free = taken.every((it) => x >= it.x + it.w || it.x >= x + w || y >= it.y + it.h || it.y >= y + h);
    if (free) return { x, y, areaHeight: Math.max(area.props.h, y + h + sizes.areaPadding) };
  }
}
