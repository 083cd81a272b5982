import type { Box, Editor } from 'tldraw';

const inset = 72;
/** Smallest zoom at which the small print of a card is still read. */
const readable = 0.66;

/**
 * Where a board opens: on the whole of it when its small print can be read, else on its first team with cards, readable; the minimap shows
 * the rest.
 */
export function openView(editor: Editor): void {
  const shapes = editor.getCurrentPageShapes();
  if (shapes.length === 0) return;
  const everything = editor.getCurrentPageBounds();
  if (!everything) return;
  const screen = editor.getViewportScreenBounds();
  const fits = Math.min(screen.w / (everything.w + 2 * inset), screen.h / (everything.h + 2 * inset));
  if (fits >= readable) {
    editor.zoomToBounds(everything, { inset, targetZoom: 1, immediate: true });
    return;
  }
  const team = firstTeam(editor);
  if (!team) {
    editor.zoomToBounds(everything, { inset, immediate: true });
    return;
  }
  // As much of the team as stays readable, from its upper left corner.
  const zoom = Math.min(
    1,
    Math.max(readable, Math.min(screen.w / (team.w + 160), screen.h / (team.h + 200))),
  );
  const left = Math.max(48, (screen.w - team.w * zoom) / 2) / zoom;
  // What stands above the team, such as the rail of priorities, where there is room for both.
  const fromTop = (team.maxY - everything.y) * zoom <= screen.h - 160;
  const top = (fromTop ? everything.y : team.y) - 64 / zoom;
  editor.setCamera({ x: -team.x + left, y: -top, z: zoom }, { immediate: true });
}

function firstTeam(editor: Editor): Box | undefined {
  const areas = editor
    .getCurrentPageShapes()
    .filter((shape) => shape.type === 'area' && (shape.props as { kind?: unknown }).kind === 'team')
    .map((shape) => ({ shape, cards: editor.getSortedChildIdsForParent(shape.id).length }))
    .filter(({ cards }) => cards > 0)
    .sort((a, b) => a.shape.y - b.shape.y || a.shape.x - b.shape.x);
  const first = areas[0];
  return first && editor.getShapePageBounds(first.shape);
}
