import type { Editor, TLEventInfo } from 'tldraw';
import type { Bound } from '../surroundings.ts';

/** What ends a gesture beside the pointer that goes up. */
const interruptions: ReadonlySet<string> = new Set(['cancel', 'complete', 'interrupt']);

/**
 * Every gesture is one step of undo, however soon the next one follows and however long the hand rests in it. tldraw marks
 * where a gesture begins for its own history; ours begins a step at the same places, and ends none while a pointer is down.
 */
export function stepWithGestures(editor: Editor, bound: Bound): () => void {
  const mark = editor.markHistoryStoppingPoint.bind(editor);
  editor.markHistoryStoppingPoint = (name) => {
    bound.step();
    return mark(name);
  };
  const follow = (info: TLEventInfo) => {
    if (info.type === 'pointer' && info.name === 'pointer_down') bound.hold();
    else if (info.type === 'pointer' && info.name === 'pointer_up') bound.release();
    else if (interruptions.has(info.name)) bound.release();
  };
  editor.on('event', follow);
  return () => {
    editor.off('event', follow);
    bound.release();
  };
}
