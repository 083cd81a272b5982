import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useEditor, type TLShapeId } from 'tldraw';
import { useSurroundings } from '../surroundings.ts';

/**
 * The title while somebody types it, bound to the shared text so that two people's letters merge and the caret stays.
 * Enter and Escape finish; Tab goes on to the owner.
 */
export function TitleEditor({ id, placeholder }: { id: TLShapeId; placeholder: string }) {
  const editor = useEditor();
  const { input } = useSurroundings();
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    const node = field.current;
    if (!node) return;
    const stop = input.bindText(node, id, 'title');
    node.focus({ preventScroll: true });
    node.setSelectionRange(node.value.length, node.value.length);
    return stop;
  }, [id, input]);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === 'Escape') {
      event.preventDefault();
      editor.setEditingShape(null);
      editor.getContainer().focus();
    } else if (event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      editor.setEditingShape(null);
      input.on.titleLeft(id);
    }
  };

  return (
    <textarea
      ref={field}
      className="bc-title-field"
      aria-label="Title"
      placeholder={placeholder}
      maxLength={1000}
      rows={2}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.stopPropagation();
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
      }}
    />
  );
}
