import * as Y from 'yjs';
import { readRecord, recordsOf } from './document.ts';
import type { BoardRecord } from './schema/records.ts';

/**
 * The records that one person's edits took away, as they were just before. `parts` make the document in front of the
 * edits; edits of others are followed, so that what they wrote before the removal comes back as well.
 */
export function removedBy(
  parts: readonly Uint8Array[],
  edits: readonly { readonly person: string | null; readonly bytes: Uint8Array }[],
  person: string,
): readonly BoardRecord[] {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const part of parts) Y.applyUpdate(doc, part);
  });
  const records = recordsOf(doc);
  const known = new Map<string, BoardRecord>();
  const learn = (id: string): void => {
    const read = readRecord(doc, id);
    if (read.ok) known.set(id, read.value);
  };
  for (const id of records.keys()) learn(id);
  let changed = new Set<string>();
  records.observeDeep((events) => {
    for (const event of events) {
      if (event.path.length > 0) changed.add(String(event.path[0]));
      else for (const id of event.keys.keys()) changed.add(id);
    }
  });
  const removed = new Map<string, BoardRecord>();
  for (const edit of edits) {
    changed = new Set();
    Y.applyUpdate(doc, edit.bytes);
    for (const id of changed) {
      if (records.has(id)) {
        learn(id);
        removed.delete(id);
        continue;
      }
      const was = known.get(id);
      if (was && edit.person === person) removed.set(id, was);
      known.delete(id);
    }
  }
  doc.destroy();
  return [...removed.values()];
}
