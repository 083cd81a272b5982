import * as Y from 'yjs';
import { recordsOf } from '../document.ts';

/**
 * Undo of one's own changes only (board.md B1.5): transactions of `origin` are tracked, others' never. Undoing the
 * creation of a card that somebody else has written on since leaves the card: their words are not ours to undo.
 */
export function createUndoManager(doc: Y.Doc, origin: object, captureTimeoutMs: number): Y.UndoManager {
  return new Y.UndoManager(recordsOf(doc), {
    trackedOrigins: new Set([origin]),
    captureTimeout: captureTimeoutMs,
    deleteFilter: (item) => mayDelete(doc, item),
  });
}

/** Keys that only the creation of a record writes first; without them what others wrote could not be shown. */
const isBaseKey = (key: string): boolean => !key.startsWith('m.') && (!key.startsWith('meta.') || key === 'meta.key');

function mayDelete(doc: Y.Doc, item: Y.Item): boolean {
  const records: unknown = recordsOf(doc);
  if (item.parent === records) return !holdsForeign(item);
  const parent: unknown = item.parent;
  if (!(parent instanceof Y.Map) || (parent._item?.parent as unknown) !== records) return true;
  // A value that replaced another one: the older one comes back.
  const isFirst = item.left === null;
  return !(isFirst && isBaseKey(item.parentSub ?? '') && parent._item !== null && holdsForeign(parent._item));
}

/** True when a record carries live content of another client than the one that created it. */
function holdsForeign(item: Y.Item): boolean {
  const content: unknown = item.content;
  if (!(content instanceof Y.ContentType)) return false;
  const { client } = item.id;
  const isForeign = (inner: Y.Item): boolean =>
    !inner.deleted && (inner.id.client !== client || holdsForeignIn(inner, client));
  return [...content.type._map.values()].some(isForeign);
}

function holdsForeignIn(item: Y.Item, client: number): boolean {
  if (!(item.content instanceof Y.ContentType)) return false;
  for (let at = item.content.type._start; at; at = at.right) if (!at.deleted && at.id.client !== client) return true;
  return false;
}
