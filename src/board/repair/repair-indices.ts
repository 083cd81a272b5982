import { compareText } from '../flatten.ts';
import { keysBetween } from '../order-keys.ts';
import { isShape, type BoardRecord, type BoardShape } from '../schema/records.ts';

/** No two shapes of one parent have the same index: of equals the smaller id stays, the others follow it. */
export function repairIndices(records: Map<string, BoardRecord>): void {
  const crowded = crowdedParents(records);
  if (crowded.size === 0) return;
  const byParent = new Map<string, BoardShape[]>();
  for (const record of records.values()) {
    if (!isShape(record) || !crowded.has(record.parentId)) continue;
    const siblings = byParent.get(record.parentId) ?? [];
    byParent.set(record.parentId, siblings);
    siblings.push(record);
  }
  for (const siblings of byParent.values()) {
    siblings.sort((a, b) => compareText(a.index, b.index) || compareText(a.id, b.id));
    for (let i = 0; i < siblings.length;) {
      const index = siblings[i]?.index ?? '';
      let end = i + 1;
      while (siblings[end]?.index === index) end += 1;
      const keys = keysBetween(index, siblings[end]?.index ?? null, end - i - 1);
      for (const [n, shape] of siblings.slice(i + 1, end).entries()) {
        records.set(shape.id, { ...shape, index: (keys[n] ?? index) as BoardShape['index'] });
      }
      i = end;
    }
  }
}

/** Parents with two shapes of one index. */
function crowdedParents(records: ReadonlyMap<string, BoardRecord>): ReadonlySet<string> {
  const taken = new Set<string>();
  const crowded = new Set<string>();
  for (const record of records.values()) {
    if (!isShape(record)) continue;
    const place = `${record.parentId} ${record.index}`;
    if (taken.has(place)) crowded.add(record.parentId);
    taken.add(place);
  }
  return crowded;
}
