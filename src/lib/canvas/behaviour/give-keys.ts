import type { Editor, TLShape } from 'tldraw';
import { mintKey } from '#domain/plan/mint-key.ts';

const hasKey = (shape: TLShape): boolean => shape.type === 'objective' || shape.type === 'priority';

/**
 * A new plan key, unlike all on this board. Copies get theirs where the store meets the document, which knows the keys of what
 * was deleted as well.
 */
export function newKey(editor: Editor): string {
  const taken = new Set(editor.getCurrentPageShapes().map((shape) => shape.meta.key));
  return mintKey(Math.random, (key) => taken.has(key));
}

/** Every card and priority drawn here is somebody in the plan from its first moment. */
export function giveKeys(editor: Editor): () => void {
  return editor.sideEffects.registerBeforeCreateHandler('shape', (shape, source) => {
    if (source !== 'user' || !hasKey(shape) || shape.meta.key !== undefined) return shape;
    return { ...shape, meta: { ...shape.meta, key: newKey(editor) } };
  });
}
