import type { Detail } from '../detail.ts';

/** Height and type of an area's name, in board units: it grows from afar so that teams can still be read. */
export const tabSizes: Readonly<Record<Detail, { readonly font: number; readonly h: number; readonly pad: number }>> = {
  full: { font: 13, h: 26, pad: 12 },
  tile: { font: 30, h: 54, pad: 22 },
  speck: { font: 84, h: 132, pad: 44 },
};

/** Mean width of a letter of our type as a share of its size, on the safe side. */
const LETTER = 0.62;
/** Room for the count of objectives behind the name. */
const COUNT_LETTERS = 16;

/** Where an area's name can be taken hold of: a tab sitting on its upper edge. */
export function tabBox(title: string, w: number, detail: Detail) {
  const { font, h, pad } = tabSizes[detail];
  const width = Math.max(title.length, 6) * font * LETTER + COUNT_LETTERS * font * LETTER + 2 * pad;
  return { x: 18, y: -h / 2, width: Math.min(width, Math.max(w - 36, 60)), height: h };
}
