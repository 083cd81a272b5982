import { keysOn } from '../fresh-identity.ts';
import type { BoardRecord } from '../schema/records.ts';

/**
 * Which record every plan key belongs to. A deleted record keeps its key, so that undo brings it back and a paste after
 * a cut gets a new one; a record that gave a key away (an arrow redrawn as a chip) does not.
 */
export class KnownKeys {
  private readonly ownerByKey = new Map<string, string>();
  private readonly recordNow: (id: string) => BoardRecord | undefined;
  private readonly isReserved: (key: string) => boolean;

  /** `isReserved` tells of keys that no record here ever carried. */
  constructor(
    recordNow: (id: string) => BoardRecord | undefined,
    isReserved: (key: string) => boolean = () => false,
  ) {
    this.recordNow = recordNow;
    this.isReserved = isReserved;
  }

  /** Remembers the keys on a record, unless another record on the board carries them. */
  learn(record: BoardRecord | undefined): void {
    if (!record) return;
    for (const key of keysOn(record)) {
      const owner = this.ownerByKey.get(key);
      const other = owner === undefined || owner === record.id ? undefined : this.recordNow(owner);
      if (!other || !keysOn(other).includes(key)) this.ownerByKey.set(key, record.id);
    }
  }

  /** True when another record than `id` carries this key, or carried it when it was deleted. */
  isTaken(key: string, id: string): boolean {
    const owner = this.ownerByKey.get(key);
    if (owner === undefined) return this.isReserved(key);
    if (owner === id) return false;
    const other = this.recordNow(owner);
    return !other || keysOn(other).includes(key);
  }
}
