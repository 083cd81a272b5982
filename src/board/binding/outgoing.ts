import type { TLRecord, TLStore } from '@tldraw/tlschema';
import * as Y from 'yjs';
import { flatten } from '../flatten.ts';
import { PLACE, textKeysOf } from '../flat-keys.ts';
import { recordsOf, writeRecord, type RecordMap } from '../document.ts';
import { sameJson } from '../same-json.ts';
import type { Schedule } from '../schedule.ts';
import { checkPlace } from '../schema/check-bounds.ts';
import type { BoardRecord } from '../schema/records.ts';
import { validateRecord } from '../schema/validate-record.ts';
import { diffText } from '../text-edit.ts';
import { isBoardRecord } from './board-store.ts';
import type { PendingTexts } from './pending-texts.ts';

/** A drag sends at most this often (30 times a second). */
const dragEveryMs = 33;

/** What moves under a pointer: sent at most every 33 ms, the last value counts. Everything else leaves at once. */
const dragged: ReadonlySet<string> = new Set([
  PLACE,
  'props.segments',
  'props.points',
  'props.start',
  'props.end',
  'props.bend',
  'props.growY',
  'props.elbowMidPoint',
  'props.normalizedAnchor',
  'props.crop',
]);

/** Changes of a store as its listeners hear of them. */
export interface StoreChanges {
  readonly added: Readonly<Record<string, TLRecord>>;
  readonly updated: Readonly<Record<string, readonly [from: TLRecord, to: TLRecord]>>;
  readonly removed: Readonly<Record<string, TLRecord>>;
}

export interface OutgoingOptions {
  readonly store: TLStore;
  readonly doc: Y.Doc;
  readonly schedule: Schedule;
  /** Origin of the transactions; undo tracks it. */
  readonly origin: object;
  /** True when changes may be written now; otherwise they are only remembered. */
  mayWrite(): boolean;
  /** Gives a copied card a new identity; returns the record as it is otherwise. */
  identify(record: BoardRecord): BoardRecord;
  /** Told of every record changed here. */
  changed(record: BoardRecord): void;
  /** Told of every record removed here, as it was. */
  removed(record: BoardRecord): void;
  /** Changes of texts that the store has not seen yet. */
  readonly texts: PendingTexts;
  /** The document took words for a text that the store has an older version of: show it the merged one. */
  catchUp(): void;
  /** A local change that is not valid was not written; the store should have the document's version back. */
  refused(id: string, reason: string): void;
}

/** The way from the store to the document: turns what a person changed into the smallest writes. */
export class Outgoing {
  /** Dragged values not written yet, by record and flat key. */
  private readonly held = new Map<string, Map<string, unknown>>();
  private readonly own = new WeakSet<Y.Transaction>();
  private readonly unsentIds = new Set<string>();
  private readonly options: OutgoingOptions;
  private isBehind = false;
  private lastWrite = -Infinity;
  private cancelTimer: (() => void) | null = null;

  constructor(options: OutgoingOptions) {
    this.options = options;
  }

  /** True for a transaction this wrote itself: the store has its content already. */
  wrote(transaction: Y.Transaction): boolean {
    return this.own.has(transaction);
  }

  /** Dragged values of a record that the document does not have yet. */
  overlay(id: string): ReadonlyMap<string, unknown> | undefined {
    return this.held.get(id);
  }

  /** Ids of records changed here while nothing could be written. */
  unsent(): ReadonlySet<string> {
    return this.unsentIds;
  }

  /** Takes what the store's listener heard. */
  take(changes: StoreChanges): void {
    if (!this.options.mayWrite()) {
      for (const list of [changes.added, changes.updated, changes.removed]) {
        for (const id of Object.keys(list)) this.unsentIds.add(id);
      }
      return;
    }
    const writes: (() => void)[] = [];
    for (const [id, record] of Object.entries(changes.removed)) {
      this.held.delete(id);
      if (isBoardRecord(record)) this.options.removed(record);
      writes.push(() => recordsOf(this.options.doc).delete(id));
    }
    for (const record of Object.values(changes.added))
      if (isBoardRecord(record)) this.takeAdded(record, writes);
    for (const [from, to] of Object.values(changes.updated)) {
      if (isBoardRecord(from) && isBoardRecord(to)) this.takeUpdated(from, to, writes);
    }
    if (writes.length > 0) this.write(writes);
    else if (this.held.size > 0) this.writeSoon();
    if (this.isBehind) this.options.catchUp();
    this.isBehind = false;
  }

  private takeAdded(added: BoardRecord, writes: (() => void)[]): void {
    const record = this.options.identify(added);
    const judged = validateRecord(record);
    if (judged.ok) {
      this.options.changed(record);
      writes.push(() => writeRecord(this.options.doc, record));
    } else this.options.refused(record.id, judged.refusal.message);
  }

  private takeUpdated(from: BoardRecord, to: BoardRecord, writes: (() => void)[]): void {
    const map: unknown = recordsOf(this.options.doc).get(to.id);
    // Somebody deleted it a moment ago: the delete stands, and the store hears of it at the next frame.
    if (!(map instanceof Y.Map)) return;
    const [before, after] = [flatten(from), flatten(to)];
    const changed = [...after].filter(([key, value]) => !sameJson(value, before.get(key)));
    const gone = [...before.keys()].filter((key) => !after.has(key));
    const onlyPlace = gone.length === 0 && changed.every(([key]) => key === PLACE);
    const fault = onlyPlace ? checkPlace(after.get(PLACE) as object) : null;
    const judged = onlyPlace ? null : validateRecord(to);
    if (fault || (judged && !judged.ok)) {
      const reason = judged && !judged.ok ? judged.refusal.message : (fault?.message ?? '');
      this.options.refused(to.id, reason);
      return;
    }
    const texts = textKeysOf('type' in to ? to.type : undefined);
    if (!onlyPlace) this.options.changed(to);
    for (const key of gone) writes.push(() => (map as RecordMap).delete(key));
    for (const [key, value] of changed) {
      if (texts.includes(key))
        writes.push(() => this.writeText(to.id, key, before.get(key) as string, value as string));
      else if (dragged.has(key)) this.hold(to.id, key, value);
      else writes.push(() => (map as RecordMap).set(key, value));
    }
  }

  private hold(id: string, key: string, value: unknown): void {
    const values = this.held.get(id) ?? new Map<string, unknown>();
    this.held.set(id, values.set(key, value));
  }

  private writeText(id: string, key: string, before: string, after: string): void {
    const map = recordsOf(this.options.doc).get(id);
    const text = map?.get(key);
    const splice = diffText(before, after);
    if (!splice || !(text instanceof Y.Text)) return;
    for (const { index, remove, insert } of this.options.texts.rebase(id, key, splice, before.length)) {
      if (remove > 0) text.delete(index, remove);
      if (insert !== '') text.insert(index, insert);
    }
    if (this.options.texts.restart(id, key, after, text.toString())) this.isBehind = true;
  }

  private writeSoon(): void {
    const wait = this.lastWrite + dragEveryMs - this.options.schedule.now();
    if (wait <= 0) this.writeHeld();
    else this.cancelTimer ??= this.options.schedule.delay(() => this.writeHeld(), wait);
  }

  /** Writes the dragged values that were held back. */
  writeHeld(): void {
    if (this.held.size > 0 && this.options.mayWrite()) this.write([]);
  }

  private write(writes: readonly (() => void)[]): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
    this.lastWrite = this.options.schedule.now();
    this.options.doc.transact((transaction) => {
      this.own.add(transaction);
      for (const write of writes) write();
      for (const [id, values] of this.held) {
        const map = recordsOf(this.options.doc).get(id);
        for (const [key, value] of values) if (!sameJson(map?.get(key), value)) map?.set(key, value);
      }
      this.held.clear();
    }, this.options.origin);
  }

  dispose(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }
}
