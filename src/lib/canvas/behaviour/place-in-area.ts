import type { Editor, TLParentId } from 'tldraw';
import { sizes } from '#board/sizes.ts';

/**
 * Where a new card goes for a point on the page: into the area under it (coordinates are then the area's own), centred on the
 * point but within the area's padding; on the page when there is none.
 */
export function placeInArea(
  editor: Editor,
  point: { x: number; y: number },
  size: { readonly w: number; readonly h: number },
): { x: number; y: number; parentId: TLParentId } {
  const area = editor.getShapeAtPoint(point, {
    hitInside: true,
    hitFrameInside: true,
    filter: (it) => it.type === 'area',
  });
  const corner = { x: point.x - size.w / 2, y: point.y - size.h / 2 };
  if (!area) return { ...corner, parentId: editor.getCurrentPageId() };
  const inside = editor.getPointInShapeSpace(area, corner);
  return {
    x: Math.max(sizes.areaPadding, inside.x),
    y: Math.max(sizes.areaHeader, inside.y),
    parentId: area.id,
  };
}
