import { arrowEnds } from '#board/drawn-dependencies.ts';
import { isArrow, isShape, type BoardRecord, type BoardShape } from '#board/schema/records.ts';
import { indexRecords, pageBox, type Box } from '#board/tree.ts';

const margin = 40;
/** Widest text that surely fits, in characters a page unit at 16 units a letter. */
const unitsPerLetter = 8.5;

/**
 * The planning objects of a board as a still picture: areas, columns, priorities, objectives with their titles, and
 * dependency lines from card to card. One file without script, links or fonts of others; drawings are left out.
 */
export function toSvg(records: readonly BoardRecord[], title: string): string {
  const index = indexRecords(records);
  const shapes = records.filter(isShape);
  const boxes = new Map(shapes.map((shape) => [shape.id as string, pageBox(index, shape)]));
  const layers = ['column', 'area', 'priority', 'objective', 'note'] as const;
  const drawn = layers.flatMap((layer) =>
    shapes
      .filter((shape) => shape.type === layer)
      .map((shape) => ({ shape, box: boxes.get(shape.id) ?? pageBox(index, shape) })),
  );
  const all = bounds(drawn.map(({ box }) => box));
  const ends = arrowEnds(records);
  const lines = shapes.filter(isArrow).flatMap((arrow) => {
    const { start, end } = ends.get(arrow.id) ?? {};
    const [from, to] = [start && boxes.get(start.toId), end && boxes.get(end.toId)];
    return from && to ? [line(from, to)] : [];
  });
  const under = drawn.filter(({ shape }) => shape.type === 'column' || shape.type === 'area');
  const over = drawn.filter((it) => !under.includes(it));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${all.x - margin} ${all.y - margin} ${all.w + 2 * margin} ${all.h + 2 * margin}" font-family="sans-serif" font-size="16">`,
    `<title>${escapeXml(title)}</title>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>',
    `<rect x="${all.x - margin}" y="${all.y - margin}" width="${all.w + 2 * margin}" height="${all.h + 2 * margin}" fill="#fff"/>`,
    ...under.map(({ shape, box }) => card(shape, box)),
    ...lines,
    ...over.map(({ shape, box }) => card(shape, box)),
    '</svg>',
    '',
  ].join('\n');
}

const look: Readonly<Record<string, { fill: string; stroke: string; bold: boolean }>> = {
  column: { fill: '#fafafa', stroke: '#ddd', bold: false },
  area: { fill: '#f3f4f6', stroke: '#9ca3af', bold: true },
  priority: { fill: '#e0ecff', stroke: '#3b6fc4', bold: true },
  objective: { fill: '#fff', stroke: '#374151', bold: false },
  note: { fill: '#fff4c2', stroke: '#d6b656', bold: false },
};

function card(shape: BoardShape, { x, y, w, h }: Box): string {
  const { fill, stroke, bold } = look[shape.type] ?? { fill: '#fff', stroke: '#374151', bold: false };
  const dash =
    shape.type === 'objective' && shape.props.status !== 'in-plan' ? ' stroke-dasharray="6 4"' : '';
  const rows = Math.max(1, Math.floor((h - 16) / 20));
  const text = wrap(titleOf(shape), Math.floor((w - 24) / unitsPerLetter), Math.min(rows, 6));
  const spans = text.map(
    (row, at) => `<tspan x="${x + 12}" y="${y + 26 + at * 20}">${escapeXml(row)}</tspan>`,
  );
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="8" fill="${fill}" stroke="${stroke}"${dash}/><text${bold ? ' font-weight="bold"' : ''}>${spans.join('')}</text>`;
}

const titleOf = (shape: BoardShape): string => ('title' in shape.props ? shape.props.title : '');

/** From edge to edge along the line between the two middles. */
function line(from: Box, to: Box): string {
  const [a, b] = [middle(from), middle(to)];
  const [start, end] = [edge(from, b), edge(to, a)];
  return `<line x1="${start.x}" y1="${start.y}" x2="${end.x}" y2="${end.y}" stroke="#555" marker-end="url(#head)"/>`;
}

const middle = ({ x, y, w, h }: Box) => ({ x: x + w / 2, y: y + h / 2 });

function edge(box: Box, towards: { x: number; y: number }): { x: number; y: number } {
  const at = middle(box);
  const [dx, dy] = [towards.x - at.x, towards.y - at.y];
  const share = Math.min(1, 1 / Math.max((2 * Math.abs(dx)) / box.w, (2 * Math.abs(dy)) / box.h, 1e-9));
  return { x: Math.round(at.x + dx * share), y: Math.round(at.y + dy * share) };
}

function bounds(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, w: 400, h: 300 };
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    w: Math.max(...boxes.map((box) => box.x + box.w)) - x,
    h: Math.max(...boxes.map((box) => box.y + box.h)) - y,
  };
}

/** Breaks a text into rows of at most `letters`; the last row that fits ends in an ellipsis when there is more. */
function wrap(text: string, letters: number, rows: number): readonly string[] {
  const lines: string[] = [];
  let row = '';
  for (const word of text.split(/\s+/).filter((it) => it !== '')) {
    const piece = word.length > letters ? `${word.slice(0, Math.max(1, letters - 1))}…` : word;
    if (row !== '' && row.length + 1 + piece.length > letters) {
      lines.push(row);
      row = piece;
    } else row = row === '' ? piece : `${row} ${piece}`;
  }
  if (row !== '') lines.push(row);
  if (lines.length <= rows) return lines;
  return [...lines.slice(0, rows - 1), `${(lines[rows - 1] ?? '').slice(0, Math.max(1, letters - 1))}…`];
}

/** Text as text inside XML; control characters, which XML 1.0 cannot hold at all, are dropped. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
