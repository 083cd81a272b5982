import { computed, type Computed, type Editor } from 'tldraw';

/** How much of a card is drawn: everything, a tile with its title, or a coloured tile with its status alone. */
export type Detail = 'full' | 'tile' | 'speck';

/** Below this zoom the small print of a card is unreadable. */
const TILE_BELOW = 0.55;
/** Below this zoom (a card is under 50 px wide) text costs frames and says nothing. */
const SPECK_BELOW = 0.16;

export function detailAt(zoom: number): Detail {
  if (zoom < SPECK_BELOW) return 'speck';
  return zoom < TILE_BELOW ? 'tile' : 'full';
}

const details = new WeakMap<Editor, Computed<Detail>>();

/** The detail of this moment; a signal of its own, so that shapes redraw at the thresholds only and not at every zoom step. */
export function detailOf(editor: Editor): Detail {
  let detail = details.get(editor);
  if (!detail) {
    detail = computed('detail', () => detailAt(editor.getZoomLevel()));
    details.set(editor, detail);
  }
  return detail.get();
}
