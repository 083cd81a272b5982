import type * as Y from 'yjs';
import { readRecord, recordsOf } from './document.ts';
import type { BoardRecord } from './schema/records.ts';

/**
 * All valid records of a document that is being written to, as `readRecords` would give them. The first look reads the
 * whole board, every later one only what changed since: reading and validating is most of what a repair costs.
 */
export class RecordMirror {
  readonly #doc: Y.Doc;
  readonly #records = new Map<string, BoardRecord>();
  readonly #changed = new Set<string>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    const all = recordsOf(doc);
    for (const id of all.keys()) this.#changed.add(id);
    all.observeDeep((events) => {
      for (const event of events) {
        if (event.path.length > 0) this.#changed.add(String(event.path[0]));
        else for (const id of event.keys.keys()) this.#changed.add(id);
      }
    });
  }

  /** By id, in no order. What it returns is changed by the next look. */
  look(): ReadonlyMap<string, BoardRecord> {
    for (const id of this.#changed) {
      const read = readRecord(this.#doc, id);
      if (read.ok) this.#records.set(id, read.value);
      else this.#records.delete(id);
    }
    this.#changed.clear();
    return this.#records;
  }
}
