import * as Y from 'yjs';

/**
 * Snapshot and tail as one new snapshot, deleted content collected. Throws when the parts leave a gap: a checkpoint must
 * never hold what is pending (trust.md Y "Pending poison").
 */
export function foldParts(parts: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc({ gc: true });
  doc.transact(() => {
    for (const part of parts) Y.applyUpdate(doc, part);
  });
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    throw new Error('the parts leave a gap');
  const bytes = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return bytes;
}
