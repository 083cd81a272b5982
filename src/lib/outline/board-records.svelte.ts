import type * as Y from 'yjs';
import { readRecord, readRecords, recordsOf } from '#board/document.ts';
import type { BoardRecord } from '#board/schema/records.ts';
import { indexRecords } from '#board/tree.ts';

/** Longest wait until changes show in a tab that draws no frames. Milliseconds. */
const hiddenTabMs = 250;

/**
 * A board's records made visible to runes: read once, then only what was touched, once a frame, however many changes
 * came in between. Frozen boards work alike. Call `stop` when done.
 */
export class BoardRecords {
  readonly doc: Y.Doc;
  #index = $state.raw<ReadonlyMap<string, BoardRecord>>(new Map());
  #hidden = $state.raw<ReadonlySet<string>>(new Set());
  readonly #touched = new Set<string>();
  #waiting: { frame: number; timer: ReturnType<typeof setTimeout> } | null = null;

  readonly #onRemoved: (record: BoardRecord) => void;

  /** `onRemoved` hears of every record that went, as it was last seen. */
  constructor(doc: Y.Doc, onRemoved: (record: BoardRecord) => void = () => undefined) {
    this.doc = doc;
    this.#onRemoved = onRemoved;
    const { records, hidden } = readRecords(doc);
    this.#index = indexRecords(records);
    this.#hidden = new Set(hidden.map(({ id }) => id));
    recordsOf(doc).observeDeep(this.#observe);
  }

  /** All valid records by id; a new map after every change. */
  get index(): ReadonlyMap<string, BoardRecord> {
    return this.#index;
  }

  /** How many records can not be shown. */
  get hidden(): number {
    return this.#hidden.size;
  }

  stop(): void {
    recordsOf(this.doc).unobserveDeep(this.#observe);
    this.#cancel();
  }

  readonly #observe = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const event of events) {
      const id = event.path[0];
      if (id === undefined) for (const key of event.changes.keys.keys()) this.#touched.add(key);
      else this.#touched.add(String(id));
    }
    this.#waiting ??= {
      frame: requestAnimationFrame(() => this.#read()),
      timer: setTimeout(() => this.#read(), hiddenTabMs),
    };
  };

  #cancel(): void {
    if (!this.#waiting) return;
    cancelAnimationFrame(this.#waiting.frame);
    clearTimeout(this.#waiting.timer);
    this.#waiting = null;
  }

  #read(): void {
    this.#cancel();
    const index = new Map(this.#index);
    const hidden = new Set(this.#hidden);
    for (const id of this.#touched) {
      const read = readRecord(this.doc, id);
      const before = index.get(id);
      if (before && !read.ok && read.refusal.code === 'no-record') this.#onRemoved(before);
      index.delete(id);
      hidden.delete(id);
      if (read.ok) index.set(id, read.value);
      else if (read.refusal.code === 'invalid-record') hidden.add(id);
    }
    this.#touched.clear();
    this.#index = index;
    this.#hidden = hidden;
  }
}
