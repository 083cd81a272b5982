import type { MeasureProps } from './schema/shapes.ts';

/**
 * How one record lies in its Y.Map: flat keys, each merged on its own (board.md B1). `place` holds all of a shape's
 * geometry as ONE value, so that a drag is one small overwrite; `props.x` and `meta.x` one value each; a measure's
 * fields `m.<measure key>.<field>`, so that two people can change two measures, or two fields of one, at once; and the
 * texts people write together are Y.Text.
 */
const textKeys: Readonly<Record<string, readonly string[]>> = {
  objective: ['props.title', 'props.notes'],
  priority: ['props.title', 'props.why'],
  area: ['props.title'],
};

const noKeys: readonly string[] = [];

/** The keys of a shape type that hold a Y.Text. */
export const textKeysOf = (type: string | undefined): readonly string[] =>
  type !== undefined && Object.hasOwn(textKeys, type) ? (textKeys[type] ?? noKeys) : noKeys;

/** A shape's geometry, one value in the document. `w` and `h` are those of its props, when it has them. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly rotation: number;
  readonly parentId: string;
  readonly index: string;
  readonly w?: number;
  readonly h?: number;
}

export const PLACE = 'place';

export type MeasureField = Exclude<keyof MeasureProps, 'key'>;

/** All fields of a measure but its key; a measure is there when all of them are. */
export const measureFields: readonly MeasureField[] = [
  'order',
  'title',
  'kind',
  'unit',
  'baseline',
  'target',
  'direction',
  'due',
  'owner',
  'done',
  'helpWanted',
];

export const measureKey = (measure: string, field: MeasureField): string => `m.${measure}.${field}`;

/** Measure key and field of a flat key; null when it is none. Measure keys may hold dots, fields never do. */
export function readMeasureKey(key: string): { measure: string; field: MeasureField } | null {
  if (!key.startsWith('m.')) return null;
  const end = key.lastIndexOf('.');
  const field = measureFields.find((name) => name === key.slice(end + 1));
  return field && end > 2 ? { measure: key.slice(2, end), field } : null;
}
