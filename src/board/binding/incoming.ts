import type { TLRecord, TLStore } from '@tldraw/tlschema';
import type * as Y from 'yjs';
import { readRecord, recordsOf, type HiddenRecord } from '../document.ts';
import { compareText } from '../flatten.ts';
import { sameJson } from '../same-json.ts';
import { OncePerFrame, type Schedule } from '../schedule.ts';
import { isBinding, isShape, type BoardRecord } from '../schema/records.ts';
import { asStoreId, asStoreRecord, deliverNow, isBoardRecord, recordIn } from './board-store.ts';
import { settleTree } from './settle-tree.ts';

export interface IncomingOptions {
  readonly store: TLStore;
  readonly doc: Y.Doc;
  readonly schedule: Schedule;
  /** Dragged values that count instead of the document's. */
  overlay(id: string): ReadonlyMap<string, unknown> | undefined;
  /** False while the document is not ours to show: not loaded yet, or newer than this code. */
  mayShow(): boolean;
  /** The store has this record as the document has it now. */
  shown(id: string): void;
  /** Told of every record others removed, as it was. */
  removed(record: BoardRecord): void;
  onHidden(hidden: readonly HiddenRecord[]): void;
}

/**
 * The way from the document to the store: collects what others changed and puts it into the store once a frame, because
 * on a full board one merge costs nearly as much as twenty. What can not be shown is skipped and counted; nothing that
 * comes from the wire can throw here, or Yjs would never tell of a later change.
 */
export class Incoming {
  private readonly dirty = new Set<string>();
  /** Shapes whose parent, and bindings whose ends, are not there yet: looked at again with every merge. */
  private waiting = new Set<string>();
  private readonly hiddenById = new Map<string, HiddenRecord>();
  private readonly options: IncomingOptions;
  private readonly soon: OncePerFrame;

  constructor(options: IncomingOptions) {
    this.options = options;
    this.soon = new OncePerFrame(options.schedule, () => this.show());
  }

  get hidden(): readonly HiddenRecord[] {
    return [...this.hiddenById.values()].sort((a, b) => compareText(a.id, b.id));
  }

  /** These records differ from the store, or may. */
  touch(ids: Iterable<string>): void {
    for (const id of ids) this.dirty.add(id);
    if (this.dirty.size > 0) this.soon.ask();
  }

  /** Every record of document and store. */
  touchAll(): void {
    this.touch(recordsOf(this.options.doc).keys());
    this.touch(
      this.options.store
        .allRecords()
        .filter(isBoardRecord)
        .map((record) => record.id),
    );
  }

  /** Puts what was touched into the store now. */
  show(): void {
    if (!this.options.mayShow()) return;
    // What a person did in this very frame must be in the document before the document overwrites it.
    deliverNow(this.options.store);
    this.soon.callOff();
    if (this.dirty.size === 0) return;
    const ids = new Set([...this.dirty, ...this.waiting]);
    this.dirty.clear();
    const before = this.hidden;
    const { put, remove } = this.judge(ids);
    for (const id of remove) {
      const record = recordIn(this.options.store, id);
      if (record) this.options.removed(record);
    }
    if (!this.merge(put, remove)) {
      // Somebody changed the document from inside a store operation: the store takes nothing now, but at the next frame.
      this.touch(ids);
      return;
    }
    for (const id of ids) this.options.shown(id);
    if (!sameJson(before, this.hidden)) this.options.onHidden(this.hidden);
  }

  private judge(ids: ReadonlySet<string>): { put: BoardRecord[]; remove: string[] } {
    const { store, doc } = this.options;
    const read: BoardRecord[] = [];
    const gone: string[] = [];
    for (const id of ids) {
      this.hiddenById.delete(id);
      const record = readRecord(doc, id, this.options.overlay(id));
      if (record.ok) read.push(record.value);
      else {
        gone.push(id);
        if (record.refusal.code === 'invalid-record')
          this.hiddenById.set(id, { id, reason: record.refusal.message });
      }
    }
    const removed = new Set(gone);
    const settled = settleTree(read, (id) => (removed.has(id) ? undefined : recordIn(store, id)));
    this.waiting = new Set(settled.waiting);
    if (gone.some((id) => id.startsWith('shape:'))) {
      for (const record of store.allRecords()) {
        if (!isBoardRecord(record) || removed.has(record.id)) continue;
        if (isBinding(record) && (removed.has(record.fromId) || removed.has(record.toId))) {
          removed.add(record.id);
          this.waiting.add(record.id);
        }
        if (isShape(record) && removed.has(record.parentId)) this.touch([record.id]);
      }
    }
    for (const id of settled.withhold) removed.add(id);
    return {
      put: settled.put.filter(
        (record) => !removed.has(record.id) && !sameJson(record, recordIn(store, record.id)),
      ),
      remove: [...removed].filter((id) => store.has(asStoreId(id))),
    };
  }

  /** False when the store is in the middle of something. One bad record costs only itself. */
  private merge(put: readonly BoardRecord[], remove: readonly string[]): boolean {
    const { store } = this.options;
    if (put.length === 0 && remove.length === 0) return true;
    const records = put.map(asStoreRecord);
    const apply = (some: TLRecord[], ids: readonly string[]) => {
      store.mergeRemoteChanges(() => {
        if (some.length > 0) store.put(some);
        if (ids.length > 0) store.remove(ids.map(asStoreId));
      });
    };
    try {
      apply(records, remove);
      return true;
    } catch (error) {
      if (error instanceof Error && error.message.includes('atomic operation')) return false;
    }
    for (const id of remove) attempt(() => apply([], [id]));
    for (const record of records) {
      const failure = attempt(() => apply([record], []));
      if (failure !== null) this.hiddenById.set(record.id, { id: record.id, reason: failure });
    }
    return true;
  }

  dispose(): void {
    this.soon.callOff();
  }
}

/** Null when it worked, else the reason. */
function attempt(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'can not be shown';
  }
}
