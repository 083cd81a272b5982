import type { Editor } from 'tldraw';
import type { CanvasInput } from '../contract.ts';
import type { Bound, Surroundings } from '../surroundings.ts';

interface Known {
  readonly around: Surroundings;
  readonly bound: Bound;
}

const known = new WeakMap<Editor, Known>();

/** Tools and side effects live outside of React and know only their editor: this is how they find the page. */
export function rememberSurroundings(editor: Editor, around: Surroundings, bound: Bound): void {
  known.set(editor, { around, bound });
}

function find(editor: Editor): Known {
  const found = known.get(editor);
  if (!found) throw new Error('The editor was used before it was mounted.');
  return found;
}

export const surroundingsOf = (editor: Editor): Surroundings => find(editor).around;
export const inputOf = (editor: Editor): CanvasInput => find(editor).around.input;
export const boundOf = (editor: Editor): Bound => find(editor).bound;
