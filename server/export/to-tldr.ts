import type { BoardRecord } from '#board/schema/records.ts';
import { boardSchema } from '#board/schema/schema.ts';

type Json = Readonly<Record<string, unknown>>;

/** Our own shapes, which no other tldraw knows. */
const ours: ReadonlySet<string> = new Set(['area', 'column', 'priority', 'objective']);

/**
 * The board as a `.tldr` file that any tldraw of this line or later opens: areas become frames, cards become boxes with
 * their title; what they were is kept whole in `meta.throughline`.
 */
export function toTldr(records: readonly BoardRecord[]): string {
  const { sequences, ...schema } = boardSchema.serialize() as unknown as Json & {
    sequences: Readonly<Record<string, number>>;
  };
  const known = Object.entries(sequences).filter(
    ([name]) => !ours.has(name.slice(name.lastIndexOf('.') + 1)),
  );
  return JSON.stringify({
    tldrawFileFormatVersion: 1,
    schema: { ...schema, sequences: Object.fromEntries(known) },
    records: records.map(toPlainShape),
  });
}

function toPlainShape(record: BoardRecord): unknown {
  if (record.typeName !== 'shape') return record;
  switch (record.type) {
    case 'area': {
      const { w, h, title } = record.props;
      return { ...withOrigin(record), type: 'frame', props: { w, h, name: title, color: 'black' } };
    }
    case 'objective':
      return { ...withOrigin(record), type: 'geo', props: box(record.props, record.props.title, 'solid') };
    case 'priority':
      return {
        ...withOrigin(record),
        type: 'geo',
        props: box(record.props, record.props.title, 'solid', 'blue'),
      };
    case 'column':
      return {
        ...withOrigin(record),
        type: 'geo',
        props: box(record.props, record.props.title, 'dashed', 'grey'),
      };
    default:
      return record;
  }
}

const withOrigin = (record: Extract<BoardRecord, { typeName: 'shape' }>): Json => ({
  ...record,
  meta: { ...record.meta, throughline: { type: record.type, props: record.props } },
});

const box = (
  { w, h }: { readonly w: number; readonly h: number },
  title: string,
  dash: 'solid' | 'dashed',
  color = 'black',
): Json => ({
  geo: 'rectangle',
  dash,
  url: '',
  w,
  h,
  growY: 0,
  scale: 1,
  labelColor: 'black',
  color,
  fill: 'none',
  size: 's',
  font: 'sans',
  align: 'middle',
  verticalAlign: 'middle',
  richText: {
    type: 'doc',
    content: [{ type: 'paragraph', ...(title === '' ? {} : { content: [{ type: 'text', text: title }] }) }],
  },
});
