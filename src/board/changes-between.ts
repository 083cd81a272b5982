import { compareText } from './flatten.ts';
import { sameJson } from './same-json.ts';
import type { BoardRecord, RecordChanges } from './schema/records.ts';

/** What leads from one set of records to another, in order of ids. */
export function changesBetween(
  before: ReadonlyMap<string, BoardRecord>,
  after: ReadonlyMap<string, BoardRecord>,
): RecordChanges {
  const put = [...after.values()].filter((record) => !sameJson(record, before.get(record.id)));
  const remove = [...before.keys()].filter((id) => !after.has(id));
  return { put: put.sort((a, b) => compareText(a.id, b.id)), remove: remove.sort(compareText) };
}

/** True when there is nothing to write. */
export const isNothing = (changes: RecordChanges): boolean =>
  changes.put.length === 0 && changes.remove.length === 0;
