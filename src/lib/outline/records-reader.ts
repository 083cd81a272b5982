import type * as Y from 'yjs';
import { readRecord, readRecords, recordsOf } from '#board/document.ts';
import type { BoardRecord } from '#board/schema/records.ts';
import { indexRecords } from '#board/tree.ts';

/**
 * Shortest time between two readings, in milliseconds: forms and lists need no more, and a drag on a large board would otherwise
 * read and derive sixty times a second.
 */
const everyMs = 90;

/** A board's records at one moment. */
export interface RecordsNow {
  /** All valid records by id; a new map after every change. */
  readonly index: ReadonlyMap<string, BoardRecord>;
  /** Ids of records that can not be shown. */
  readonly hidden: ReadonlySet<string>;
}

export interface ReaderHooks {
  changed(now: RecordsNow): void;
  /** Hears of every record that went, as it was last seen. */
  removed(record: BoardRecord): void;
}

/** Follows a document: reads it once, then only what was touched: at once after a quiet moment, else some times a second. */
export class RecordsReader {
  now: RecordsNow;
  private readonly doc: Y.Doc;
  private readonly hooks: ReaderHooks;
  private readonly touched = new Set<string>();
  private waiting: ReturnType<typeof setTimeout> | null = null;
  private readAt = -Infinity;

  constructor(doc: Y.Doc, hooks: ReaderHooks) {
    this.doc = doc;
    this.hooks = hooks;
    const { records, hidden } = readRecords(doc);
    this.now = { index: indexRecords(records), hidden: new Set(hidden.map(({ id }) => id)) };
    recordsOf(doc).observeDeep(this.observe);
  }

  stop(): void {
    recordsOf(this.doc).unobserveDeep(this.observe);
    this.callOff();
  }

  private readonly observe = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const event of events) {
      const id = event.path[0];
      if (id !== undefined) this.touched.add(String(id));
      else for (const key of event.changes.keys.keys()) this.touched.add(key);
    }
    this.waiting ??= setTimeout(() => this.read(), Math.max(0, this.readAt + everyMs - performance.now()));
  };

  private callOff(): void {
    if (this.waiting !== null) clearTimeout(this.waiting);
    this.waiting = null;
  }

  private read(): void {
    this.callOff();
    this.readAt = performance.now();
    const index = new Map(this.now.index);
    const hidden = new Set(this.now.hidden);
    for (const id of this.touched) {
      const read = readRecord(this.doc, id);
      const before = index.get(id);
      if (before && !read.ok && read.refusal.code === 'no-record') this.hooks.removed(before);
      index.delete(id);
      hidden.delete(id);
      if (read.ok) index.set(id, read.value);
      else if (read.refusal.code === 'invalid-record') hidden.add(id);
    }
    this.touched.clear();
    this.now = { index, hidden };
    this.hooks.changed(this.now);
  }
}
