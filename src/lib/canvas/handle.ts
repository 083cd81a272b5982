import type { Editor, TLShapeId } from 'tldraw';
import type { CanvasHandle } from './contract.ts';
import type { Bound, Surroundings } from './surroundings.ts';

/** What the page may ask, answered by the editor once it is there; before that nothing happens. */
export function handleOf(
  around: Surroundings,
  { bound, editor, destroy }: { bound: Bound; editor: () => Editor | null; destroy: () => void },
): CanvasHandle {
  const shape = (id: string) => editor()?.getShape(id as TLShapeId);
  const show = (id: string): boolean => {
    const [on, found] = [editor(), shape(id)];
    const bounds = found && on?.getShapePageBounds(found);
    if (!on || !bounds) return false;
    on.select(found.id);
    on.zoomToBounds(bounds, { targetZoom: 1, inset: 160, animation: { duration: 240 } });
    return true;
  };
  return {
    update: (state) => {
      around.state.set(state);
    },
    show,
    showKey: (key) => {
      const found = editor()
        ?.getCurrentPageShapes()
        .find((it) => it.meta.key === key);
      return found !== undefined && show(found.id);
    },
    zoomTo: (areaId) => {
      const on = editor();
      const area = areaId === null ? undefined : shape(areaId);
      const bounds = area ? on?.getShapePageBounds(area) : on?.getCurrentPageBounds();
      if (on && bounds) on.zoomToBounds(bounds, { inset: 72, targetZoom: 1, animation: { duration: 240 } });
    },
    deselect: () => {
      editor()?.selectNone();
    },
    editTitle: (id) => {
      const [on, found] = [editor(), shape(id)];
      if (!on || !found || on.getIsReadonly()) return;
      on.select(found.id);
      on.setEditingShape(found.id);
      on.setCurrentTool('select.editing_shape');
    },
    screenPoint: (id) => {
      const [on, found] = [editor(), shape(id)];
      const bounds = found && on?.getShapePageBounds(found);
      if (!on || !bounds) return null;
      const { x, y } = on.pageToScreen(bounds.center);
      return { x, y };
    },
    follow: (userId) => {
      if (userId === null) editor()?.stopFollowingUser();
      else editor()?.startFollowingUser(userId);
    },
    undo: () => {
      bound.undo();
    },
    redo: () => {
      bound.redo();
    },
    flush: () => {
      bound.flush();
    },
    destroy,
  };
}
