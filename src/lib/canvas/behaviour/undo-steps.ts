import type { Editor } from 'tldraw';
import type { Bound } from '../surroundings.ts';

/**
 * Every gesture is one step of undo, however soon the next one follows. tldraw marks where a gesture begins for its own history;
 * ours begins a step at the same places.
 */
export function stepWithGestures(editor: Editor, bound: Bound): void {
  const mark = editor.markHistoryStoppingPoint.bind(editor);
  editor.markHistoryStoppingPoint = (name) => {
    bound.step();
    return mark(name);
  };
}
