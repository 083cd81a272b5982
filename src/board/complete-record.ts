import * as Y from 'yjs';
import { newTextOr, recordsOf, type RecordMap } from './document.ts';
import { flatten } from './flatten.ts';
import { readMeasureKey, textKeysOf } from './flat-keys.ts';
import type { BoardRecord } from './schema/records.ts';

/** Facts that are one thing together: a dependency without its `what` is none. */
const dependencyKeys: ReadonlySet<string> = new Set(
  ['kind', 'key', 'what', 'detail', 'neededBy', 'hardness', 'size'].map((name) => `meta.${name}`),
);

/**
 * The keys that only make sense together with this one: a measure's fields, a dependency's facts, and all that every
 * record of its type has. Null for a key that may come and go on its own.
 */
function groupOf(key: string): string | null {
  const measure = readMeasureKey(key);
  if (measure) return `measure ${measure.measure}`;
  if (dependencyKeys.has(key)) return 'dependency';
  return key.startsWith('meta.') ? null : 'record';
}

/** Gives a record that came back whole every key it lacks, as `record` has them; what it has stays. */
export function completeRecord(doc: Y.Doc, record: BoardRecord): void {
  complete(doc, record, () => true);
}

/**
 * Gives a record the keys that a change left it without, but only where half of something is left: what went whole, a
 * measure with all its fields, stays gone.
 */
export function completeHalves(doc: Y.Doc, record: BoardRecord): void {
  const map: unknown = recordsOf(doc).get(record.id);
  if (!(map instanceof Y.Map)) return;
  const left = new Set([...(map as RecordMap).keys()].map(groupOf));
  complete(doc, record, (key) => {
    const group = groupOf(key);
    return group !== null && left.has(group);
  });
}

function complete(doc: Y.Doc, record: BoardRecord, isWanted: (key: string) => boolean): void {
  const map: unknown = recordsOf(doc).get(record.id);
  if (!(map instanceof Y.Map)) return;
  const texts = textKeysOf('type' in record ? record.type : undefined);
  for (const [key, value] of flatten(record)) {
    if (!map.has(key) && isWanted(key)) (map as RecordMap).set(key, newTextOr(key, value, texts));
  }
}
