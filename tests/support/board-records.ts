import type { TLArrowBinding, TLArrowShape, TLNoteShape } from '@tldraw/tlschema';
import type { BoardRecord, BoardShape } from '../../src/board/schema/records.ts';
import type {
  AreaShape,
  MeasureProps,
  ObjectiveProps,
  ObjectiveShape,
  PriorityShape,
} from '../../src/board/schema/shapes.ts';
import { newArea, newObjective, newPriority } from '../../src/board/new-shapes.ts';
import { newArrow } from '../../src/board/new-arrow.ts';

/** Builders of board records for tests; the name is id, key and title at once. */
export const area = (name: string, over: Partial<AreaShape['props']> = {}): AreaShape =>
  newArea({ id: name, x: 0, y: 0, props: { title: name, team: name, ...over } });

export function objective(
  name: string,
  over: Partial<ObjectiveProps> = {},
  place: { parentId?: string; x?: number; y?: number; index?: string } = {},
): ObjectiveShape {
  return newObjective({ id: name, key: name, x: 0, y: 0, ...place, props: { title: name, ...over } });
}

export const priority = (name: string, over: Partial<PriorityShape['props']> = {}): PriorityShape =>
  newPriority({ id: name, key: name, x: 0, y: 0, props: { title: name, ...over } });

export const measure = (key: string, over: Partial<MeasureProps> = {}): MeasureProps => ({
  key,
  order: 'a1',
  title: key,
  kind: 'deliverable',
  unit: '',
  baseline: null,
  target: null,
  direction: 'reach',
  due: null,
  owner: null,
  done: false,
  helpWanted: false,
  ...over,
});

/** A dependency arrow with its two bindings. */
export const dependency = (
  name: string,
  from: string,
  to: string,
  over: Partial<{ what: string; neededBy: string | null; hardness: 'hard' | 'soft' }> = {},
): (TLArrowShape | TLArrowBinding)[] =>
  newArrow({ id: name, from: `shape:${from}`, to: `shape:${to}`, facts: { key: name, what: name, ...over } });

/** A note, as tldraw makes it. */
export const note = (name: string): TLNoteShape => ({
  id: `shape:${name}` as TLNoteShape['id'],
  typeName: 'shape',
  type: 'note',
  x: 0,
  y: 0,
  rotation: 0,
  index: 'a1' as TLNoteShape['index'],
  parentId: 'page:page' as TLNoteShape['parentId'],
  isLocked: false,
  opacity: 1,
  meta: {},
  props: {
    color: 'yellow',
    labelColor: 'black',
    size: 'm',
    font: 'sans',
    fontSizeAdjustment: 0,
    align: 'middle',
    verticalAlign: 'middle',
    growY: 0,
    url: '',
    scale: 1,
    richText: {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: name }] }],
    },
  },
});

/** The same shape with another key of its place. */
export const moved = <S extends BoardShape>(
  shape: S,
  over: { x?: number; y?: number; parentId?: string },
): S => ({ ...shape, ...over });

/** One of the records by id, seen as the given kind. */
export function find<R extends BoardRecord>(records: readonly BoardRecord[], id: string): R {
  const found = records.find((record) => record.id === id);
  if (!found) throw new Error(`no record ${id}`);
  return found as R;
}
