import type * as Y from 'yjs';
import type { BoardRecord } from '#board/schema/records.ts';
import { RecordsReader, type RecordsNow } from './records-reader.ts';

/** A board's records made visible to runes. Frozen boards work alike. Call `stop` when done. */
export class BoardRecords {
  #now = $state.raw<RecordsNow>() as RecordsNow;
  readonly #reader: RecordsReader;

  /** `removed` hears of every record that went, as it was last seen. */
  constructor(doc: Y.Doc, removed: (record: BoardRecord) => void) {
    this.#reader = new RecordsReader(doc, { removed, changed: (now) => (this.#now = now) });
    this.#now = this.#reader.now;
  }

  get index(): RecordsNow['index'] {
    return this.#now.index;
  }

  /** How many records can not be shown. */
  get hidden(): number {
    return this.#now.hidden.size;
  }

  stop(): void {
    this.#reader.stop();
  }
}
