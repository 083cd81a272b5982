import type { Detail } from '../detail.ts';

/** Height and type of an area's name, in board units: it grows from afar so that teams can still be read. */
const tabSizes: Readonly<
  Record<Detail, { readonly font: number; readonly h: number; readonly pad: number }>
> = {
  full: { font: 15, h: 30, pad: 13 },
  tile: { font: 30, h: 54, pad: 22 },
  speck: { font: 84, h: 132, pad: 44 },
};

/** Mean width of a letter of our type as a share of its size, on the safe side. */
const LETTER = 0.62;
/** Room for the count of objectives behind the name. */
const COUNT_LETTERS = 16;
/** The number alone, from afar. */
const SHORT_COUNT_LETTERS = 5;

/** Type, height and padding of an area's name: as large as the detail asks, smaller where the area is narrow. */
export function tabSize(
  title: string,
  w: number,
  detail: Detail,
): { font: number; h: number; pad: number; room: number } {
  const { font, h, pad } = tabSizes[detail];
  const room = Math.max(w - 36, 60);
  const wanted =
    (Math.max(title.length, 4) + (detail === 'full' ? COUNT_LETTERS : SHORT_COUNT_LETTERS)) * LETTER;
  const scale = Math.min(1, Math.max(0.5, (room - 2 * pad) / (wanted * font)));
  return { font: font * scale, h: h * Math.max(scale, 0.7), pad: pad * scale, room };
}

/** Where an area's name can be taken hold of: a tab sitting on its upper edge. */
export function tabBox(title: string, w: number, detail: Detail) {
  const { font, h, pad, room } = tabSize(title, w, detail);
  const letters = Math.max(title.length, 4) + (detail === 'full' ? COUNT_LETTERS : SHORT_COUNT_LETTERS);
  return { x: 18, y: -h / 2, width: Math.min(letters * font * LETTER + 2 * pad, room), height: h };
}
