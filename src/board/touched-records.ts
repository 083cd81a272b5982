import * as Y from 'yjs';
import { metaOf, recordsOf } from './document.ts';

/** What one transaction touched, for the gatekeeper. */
export interface Touched {
  /** Ids of records created or changed, and still there. */
  readonly changed: ReadonlySet<string>;
  /** Ids of records that were there before the transaction and are not any more. */
  readonly removed: ReadonlySet<string>;
  /** True when the document's `meta` map was touched: the server's alone. */
  readonly meta: boolean;
  /** True when anything else was touched: another root, a list hidden in a map. No honest client does. */
  readonly elsewhere: boolean;
}

/**
 * The records a transaction touched, deletes included. The document must come from `newDocument`. Call it in `afterTransaction` (or an observer): Yjs forgets
 * afterwards. Costs time in proportion to what was touched, not to the board.
 */
export function touchedRecords(doc: Y.Doc, transaction: Y.Transaction): Touched {
  const records: unknown = recordsOf(doc);
  const meta: unknown = metaOf(doc);
  const touched = { changed: new Set<string>(), removed: new Set<string>(), meta: false, elsewhere: false };
  const record = (id: string) => {
    const now = recordsOf(doc)._map.get(id);
    if (now && !now.deleted) touched.changed.add(id);
    else if (wasThere(doc, id, transaction)) touched.removed.add(id);
  };
  for (const [type, keys] of transaction.changed) {
    if ((type as unknown) === records) {
      for (const key of keys) {
        if (key === null) touched.elsewhere = true;
        else record(key);
      }
    } else if ((type as unknown) === meta) touched.meta = true;
    else {
      const id = recordIdOf(type as unknown as Y.AbstractType<unknown>, records);
      if (id === null) touched.elsewhere = true;
      else record(id);
    }
  }
  return touched;
}

/** The record a nested type belongs to; null when it hangs somewhere else. */
function recordIdOf(type: Y.AbstractType<unknown>, records: unknown): string | null {
  let at: Y.AbstractType<unknown> | null = type;
  while (at?._item) {
    const parent: unknown = at._item.parent;
    if (parent === records) return at._item.parentSub;
    at = parent instanceof Y.AbstractType ? (parent as Y.AbstractType<unknown>) : null;
  }
  return null;
}

/** True when any value of this key existed before the transaction began. */
function wasThere(doc: Y.Doc, id: string, transaction: Y.Transaction): boolean {
  let item = recordsOf(doc)._map.get(id) ?? null;
  while (item) {
    const before = transaction.beforeState.get(item.id.client) ?? 0;
    // Of the values that existed before, only one deleted by this very transaction was still alive.
    if (item.id.clock < before && Y.isDeleted(transaction.deleteSet, item.id)) return true;
    item = item.left;
  }
  return false;
}
