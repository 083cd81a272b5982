import type { Editor, TLShape } from 'tldraw';
import { authorOf } from '#board/author-of.ts';
import { guardedChange } from '#board/guarded-change.ts';
import type { BoardShape } from '#board/schema/records.ts';
import type { RecordIndex } from '#board/tree.ts';
import { isOpen, mayChange } from '#domain/access/guard.ts';
import type { Surroundings } from '../surroundings.ts';

/** The editor's shapes, looked up as the rules want them. */
const indexOf = (editor: Editor): RecordIndex =>
  ({ get: (id: string) => editor.getShape(id as TLShape['id']) }) as RecordIndex;

/** May the person at this window make this change? The server asks the same question again. */
export function mayTouch(
  editor: Editor,
  { input, state }: Surroundings,
  before: TLShape | null,
  after: TLShape | null,
): boolean {
  const { guarded } = state.get();
  if (!guarded || guarded.who.manages || isOpen(guarded.guard)) return true;
  const id = (before ?? after)?.id ?? '';
  const own = guarded.own.has(id) || authorOf(input.doc, id) === input.doc.clientID;
  const change = guardedChange(indexOf(editor), before as BoardShape | null, after as BoardShape | null, own);
  return mayChange(guarded.guard, guarded.who, change).ok;
}

/** Where a section of a session leaves one area to change, what is put elsewhere lies in it, as near as it can. */
function intoSection(editor: Editor, around: Surroundings, shape: TLShape): TLShape | null {
  const id = around.state.get().guarded?.guard.section?.area as TLShape['id'] | null | undefined;
  const area = id == null ? undefined : editor.getShape(id);
  if (area === undefined) return null;
  const parent = editor.getShape(shape.parentId);
  const point = parent ? editor.getShapePageTransform(parent).applyToPoint(shape) : shape;
  const local = editor.getPointInShapeSpace(area, point);
  const { w, h } = editor.getShapeGeometry(area).bounds;
  const within = (at: number, length: number): number =>
    Math.min(Math.max(at, margin), Math.max(margin, length - margin));
  const placed = {
    ...{ ...shape, parentId: area.id, x: within(local.x, w), y: within(local.y, h) },
    index: editor.getHighestIndexForParent(area.id),
  };
  return mayTouch(editor, around, null, placed) ? placed : null;
}

const margin = 24;

/**
 * Holds the hand back where the server would refuse: what may not be changed stays as it is, and what may not be put into an
 * area lies on the board in front of it.
 */
export function respectGuard(editor: Editor, around: Surroundings): () => void {
  const stops = [
    editor.sideEffects.registerBeforeChangeHandler('shape', (before, after, source) =>
      source !== 'user' || mayTouch(editor, around, before, after) ? after : before,
    ),
    editor.sideEffects.registerBeforeDeleteHandler('shape', (shape, source) =>
      source !== 'user' || mayTouch(editor, around, shape, null) ? undefined : false,
    ),
    editor.sideEffects.registerBeforeCreateHandler('shape', (shape, source) => {
      if (source !== 'user' || mayTouch(editor, around, null, shape)) return shape;
      const held = intoSection(editor, around, shape);
      if (held !== null) return held;
      const parent = editor.getShape(shape.parentId);
      const page = editor.getCurrentPageId();
      const point = parent ? editor.getShapePageTransform(parent).applyToPoint(shape) : shape;
      return {
        ...shape,
        parentId: page,
        x: point.x,
        y: point.y,
        index: editor.getHighestIndexForParent(page),
      };
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
