import type {
  TLArrowBinding,
  TLArrowShape,
  TLDocument,
  TLDrawShape,
  TLFrameShape,
  TLGeoShape,
  TLGroupShape,
  TLHighlightShape,
  TLImageAsset,
  TLImageShape,
  TLLineShape,
  TLNoteShape,
  TLPage,
  TLTextShape,
} from '@tldraw/tlschema';
import type { AreaShape, ColumnShape, ObjectiveShape, PriorityShape } from './shapes.ts';

/** Every shape a board may hold: ours and those of tldraw's that planning needs (no embed, bookmark or video). */
export type BoardShape =
  | AreaShape
  | ColumnShape
  | PriorityShape
  | ObjectiveShape
  | TLArrowShape
  | TLDrawShape
  | TLFrameShape
  | TLGeoShape
  | TLGroupShape
  | TLHighlightShape
  | TLImageShape
  | TLLineShape
  | TLNoteShape
  | TLTextShape;

/** Every record of a board's document. Camera, selection and presence are never in it. */
export type BoardRecord = TLDocument | TLPage | BoardShape | TLArrowBinding | TLImageAsset;

/** The fixed ids of the only document and page record, so that two seeds are harmless. */
export const DOCUMENT_ID = 'document:document';
export const PAGE_ID = 'page:page';

/** What a pure function wants changed on a board: whole records to put, ids to remove. */
export interface RecordChanges {
  readonly put: readonly BoardRecord[];
  readonly remove: readonly string[];
}

export const isShape = (record: BoardRecord): record is BoardShape => record.typeName === 'shape';
export const isBinding = (record: BoardRecord): record is TLArrowBinding => record.typeName === 'binding';
export const isArea = (record: BoardRecord): record is AreaShape =>
  record.typeName === 'shape' && record.type === 'area';
export const isObjective = (record: BoardRecord): record is ObjectiveShape =>
  record.typeName === 'shape' && record.type === 'objective';
export const isPriority = (record: BoardRecord): record is PriorityShape =>
  record.typeName === 'shape' && record.type === 'priority';
export const isArrow = (record: BoardRecord): record is TLArrowShape =>
  record.typeName === 'shape' && record.type === 'arrow';

/** Shapes that may hold other shapes. */
const containers: ReadonlySet<string> = new Set(['area', 'frame', 'group']);
export const isContainer = (shape: BoardShape): boolean => containers.has(shape.type);
