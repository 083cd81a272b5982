import type { Editor } from 'tldraw';
import type { Surroundings } from '../surroundings.ts';
import type { CanvasInput } from '../contract.ts';

const surroundings = new WeakMap<Editor, Surroundings>();

/** Tools and side effects live outside of React and know only their editor: this is how they find the page. */
export function rememberSurroundings(editor: Editor, around: Surroundings): void {
  surroundings.set(editor, around);
}

export function surroundingsOf(editor: Editor): Surroundings {
  const found = surroundings.get(editor);
  if (!found) throw new Error('The editor was used before it was mounted.');
  return found;
}

export const inputOf = (editor: Editor): CanvasInput => surroundingsOf(editor).input;
