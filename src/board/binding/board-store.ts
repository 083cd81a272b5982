import type { TLRecord, TLStore } from '@tldraw/tlschema';
import type { BoardRecord } from '../schema/records.ts';

/** Kinds of records that a board's document holds; camera, selection and presence stay in the store. */
const kinds: ReadonlySet<string> = new Set(['document', 'page', 'shape', 'binding', 'asset']);

export const isBoardRecord = (record: TLRecord): record is TLRecord & BoardRecord =>
  kinds.has(record.typeName);

/** A board record as the store takes it: its shape union is open, ours is closed. */
export const asStoreRecord = (record: BoardRecord): TLRecord => record;

export const asStoreId = (id: string): TLRecord['id'] => id as TLRecord['id'];

/** The store's record as ours; undefined when it is not there. */
export function recordIn(store: TLStore, id: string): BoardRecord | undefined {
  const record = store.get(asStoreId(id));
  return record && isBoardRecord(record) ? record : undefined;
}

/**
 * Makes the store tell its listeners now what people changed. It would do so at the next frame, and a remote change that
 * comes in between would overwrite what was never told: document and store would differ for good.
 */
export function deliverNow(store: TLStore): void {
  store.listen(() => undefined, { source: 'user', scope: 'document' })();
}
