import * as Y from 'yjs';

/** A change to one record, free of the client ids and clocks of the document it was made in. */
export interface RecordPatch {
  readonly root: string;
  readonly id: string;
  /** The record in the source document after the change; null: it was deleted. */
  readonly record: unknown;
  /** Keys of the record that changed; null: the whole record is new. */
  readonly keys: ReadonlySet<string> | null;
}

type AnyType = Y.AbstractType<unknown>;

/** Applies an update to `doc` and says which records it changed, and which of their keys. */
export function applyAndTrace(doc: Y.Doc, roots: readonly string[], bytes: Uint8Array): RecordPatch[] {
  const names = new Map<AnyType, string>();
  for (const root of roots) names.set(doc.getMap(root) as AnyType, root);
  const whole = new Map<string, { root: string; id: string }>();
  const keyed = new Map<string, { root: string; id: string; keys: Set<string> }>();
  const note = (transaction: Y.Transaction): void => {
    for (const [type, changedKeys] of transaction.changed) {
      const root = names.get(type as AnyType);
      if (root !== undefined) {
        for (const id of changedKeys) if (id !== null) whole.set(`${root}/${id}`, { root, id });
        continue;
      }
      let at = type as AnyType;
      let inside: string | null = null;
      for (let item = at._item; item; item = at._item) {
        const parent = item.parent as AnyType;
        const name = names.get(parent);
        if (name !== undefined && item.parentSub !== null) {
          const id = item.parentSub;
          const entry = keyed.get(`${name}/${id}`) ?? { root: name, id, keys: new Set<string>() };
          keyed.set(`${name}/${id}`, entry);
          if (inside !== null) entry.keys.add(inside);
          else for (const key of changedKeys) if (key !== null) entry.keys.add(key);
          break;
        }
        inside = item.parentSub ?? inside;
        at = parent;
      }
    }
  };
  doc.on('afterTransaction', note);
  try {
    Y.applyUpdate(doc, bytes, 'trace');
  } finally {
    doc.off('afterTransaction', note);
  }
  const record = (root: string, id: string): unknown => doc.getMap(root).get(id) ?? null;
  return [
    ...[...whole.values()].map(({ root, id }) => ({ root, id, record: record(root, id), keys: null })),
    ...[...keyed]
      .filter(([name]) => !whole.has(name))
      .map(([, { root, id, keys }]) => ({ root, id, record: record(root, id), keys })),
  ];
}

/** Makes the same change in another document; false when the record it belongs to is not there. */
export function applyPatch(doc: Y.Doc, patch: RecordPatch): boolean {
  const root = doc.getMap(patch.root);
  if (patch.record === null) {
    root.delete(patch.id);
    return true;
  }
  if (patch.keys === null || !(patch.record instanceof Y.Map)) {
    root.set(patch.id, patch.record instanceof Y.AbstractType ? patch.record.clone() : patch.record);
    return true;
  }
  const target = root.get(patch.id);
  if (!(target instanceof Y.Map)) return false;
  for (const key of patch.keys) {
    const value: unknown = patch.record.get(key);
    const there: unknown = target.get(key);
    if (value === undefined) target.delete(key);
    else if (value instanceof Y.Text && there instanceof Y.Text) writeText(there, value.toString());
    else target.set(key, value instanceof Y.AbstractType ? value.clone() : value);
  }
  return true;
}

/** Turns one text into another by its differing middle, so that others' carets and edits around it stay. */
function writeText(text: Y.Text, wanted: string): void {
  const now = text.toString();
  let start = 0;
  while (start < now.length && start < wanted.length && now[start] === wanted[start]) start++;
  let end = 0;
  const most = Math.min(now.length, wanted.length) - start;
  while (end < most && now[now.length - 1 - end] === wanted[wanted.length - 1 - end]) end++;
  if (now.length - start - end > 0) text.delete(start, now.length - start - end);
  if (wanted.length - start - end > 0) text.insert(start, wanted.slice(start, wanted.length - end));
}

/** Records as plain values, by root and id, for a copy that people and programs can read. */
export function plainRecords(patches: readonly RecordPatch[]): Record<string, unknown> {
  const found: Record<string, Record<string, unknown>> = {};
  for (const { root, id, record } of patches) {
    (found[root] ??= {})[id] = record instanceof Y.AbstractType ? (record.toJSON() as unknown) : record;
  }
  return found;
}
