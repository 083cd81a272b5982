import type * as Y from 'yjs';
import { recordsOf } from './document.ts';

/**
 * The Yjs client id whose hand put a record on the board, also of one that is gone; null when it never was there.
 * `since` looks at the record as it was before a transaction: an overwriting hand does not become the author.
 */
export function authorOf(doc: Y.Doc, id: string, since?: ReadonlyMap<number, number>): number | null {
  let item = recordsOf(doc)._map.get(id) ?? null;
  while (item && since && item.id.clock >= (since.get(item.id.client) ?? 0)) item = item.left;
  return item?.id.client ?? null;
}
