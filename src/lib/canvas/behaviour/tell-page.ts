import { react, type Editor } from 'tldraw';
import type { CanvasEvents } from '../contract.ts';

/** Tells the page what is selected, that the view moved, and that a card was dragged. */
export function tellPage(editor: Editor, on: CanvasEvents): () => void {
  let selected = '';
  let frame: number | null = null;
  const stops = [
    react('selection', () => {
      const ids = editor.getSelectedShapeIds();
      const key = ids.join();
      if (key === selected) return;
      selected = key;
      on.selected(ids);
    }),
    react('view', () => {
      editor.getCamera();
      editor.getViewportScreenBounds();
      frame ??= requestAnimationFrame(() => {
        frame = null;
        on.viewMoved();
      });
    }),
    tellDrags(editor, on),
  ];
  return () => {
    for (const stop of stops) stop();
    if (frame !== null) cancelAnimationFrame(frame);
  };
}

function tellDrags(editor: Editor, on: CanvasEvents): () => void {
  let dragging = false;
  return react('drags', () => {
    const now = editor.isIn('select.translating');
    const cards = editor.getSelectedShapes().some((shape) => shape.type === 'objective');
    if (dragging && !now) on.cardMoved();
    dragging = now && cards;
  });
}
