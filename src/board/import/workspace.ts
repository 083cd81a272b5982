import { changesBetween } from '../changes-between.ts';
import { keysBetween, greatestKey } from '../order-keys.ts';
import { isShape, type BoardRecord, type RecordChanges } from '../schema/records.ts';

/** Records under change: what the import works on, and the difference to what was there. */
export class Workspace {
  readonly records: Map<string, BoardRecord>;
  private readonly before: ReadonlyMap<string, BoardRecord>;
  private readonly lastIndex = new Map<string, string | null>();

  constructor(existing: Iterable<BoardRecord>) {
    this.before = new Map([...existing].map((record) => [record.id, record]));
    this.records = new Map(this.before);
    const indices = new Map<string, string[]>();
    for (const record of this.before.values()) {
      if (!isShape(record)) continue;
      const siblings = indices.get(record.parentId) ?? [];
      indices.set(record.parentId, siblings);
      siblings.push(record.index);
    }
    for (const [parent, of] of indices) this.lastIndex.set(parent, greatestKey(of));
  }

  put(...records: readonly BoardRecord[]): void {
    for (const record of records) this.records.set(record.id, record);
  }

  remove(id: string): void {
    this.records.delete(id);
  }

  /** True for a record that was there before. */
  had(id: string): boolean {
    return this.before.has(id);
  }

  /** An index key above all others of this parent; each call gives the next. */
  nextIndex(parentId: string): string {
    const [key = 'a1'] = keysBetween(this.lastIndex.get(parentId) ?? null, null, 1);
    this.lastIndex.set(parentId, key);
    return key;
  }

  /** What is different now, in order of ids. */
  changes(): RecordChanges {
    return changesBetween(this.before, this.records);
  }
}
