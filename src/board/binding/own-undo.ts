import * as Y from 'yjs';
import { completeHalves, completeRecord } from '../complete-record.ts';
import { recordsOf } from '../document.ts';
import type { BoardRecord } from '../schema/records.ts';

/**
 * Undo of one's own changes only (board.md B1.5): transactions of `origin` are tracked, others' never. Undoing the
 * creation of a card that somebody else has written on since leaves the card: their words are not ours to undo.
 */
export class OwnUndo {
  readonly manager: Y.UndoManager;
  private readonly doc: Y.Doc;
  private readonly captureTimeoutMs: number;
  private readonly shown: (id: string) => BoardRecord | undefined;
  /** Removed records as they were last seen, youngest last. */
  private readonly removed = new Map<string, BoardRecord>();

  /** `shown` gives a record as it is before an undo. */
  constructor(
    doc: Y.Doc,
    origin: object,
    captureTimeoutMs: number,
    shown: (id: string) => BoardRecord | undefined,
  ) {
    this.doc = doc;
    this.captureTimeoutMs = captureTimeoutMs;
    this.shown = shown;
    this.manager = new Y.UndoManager(recordsOf(doc), {
      trackedOrigins: new Set([origin]),
      captureTimeout: captureTimeoutMs,
      deleteFilter: (item) => mayDelete(doc, item),
    });
  }

  /** Remembers a record that was just removed, by whomever. */
  remember(record: BoardRecord): void {
    this.removed.delete(record.id);
    this.removed.set(record.id, record);
    const [oldest] = this.removed.keys();
    if (this.removed.size > remembered && oldest !== undefined) this.removed.delete(oldest);
  }

  /** From now on all is one step of undo, however long the hand rests: a drag on a slow machine is not undone by halves. */
  hold(): void {
    this.manager.captureTimeout = Infinity;
  }

  /** The gesture is over: what follows soon still belongs to it, as ever. */
  release(): void {
    if (this.manager.captureTimeout !== Infinity) return;
    this.manager.captureTimeout = this.captureTimeoutMs;
    if (this.manager.lastChange > 0) this.manager.lastChange = Date.now();
  }

  undo(): void {
    this.turn('undoing', () => this.manager.undo());
  }

  redo(): void {
    this.turn('redoing', () => this.manager.redo());
  }

  /**
   * Where somebody else wrote a key, too, Yjs takes my value away and brings none back: a card that two people dragged at
   * once would be left without its place. What is missing is put back as it was last seen, in the same transaction, so
   * that no one ever meets half a record.
   */
  private turn(flag: 'undoing' | 'redoing', act: () => void): void {
    try {
      this.doc.transact((transaction) => {
        act();
        // The manager files a transaction when it ends, which is now after its own call has returned.
        this.manager[flag] = true;
        for (const type of transaction.changed.keys()) {
          const item = (type as unknown as Y.AbstractType<unknown>)._item;
          if ((item?.parent as unknown) !== recordsOf(this.doc)) continue;
          const record = this.shown(item?.parentSub ?? '');
          if (record) completeHalves(this.doc, record);
        }
        for (const [id, record] of this.removed) {
          if (!recordsOf(this.doc).has(id)) continue;
          completeRecord(this.doc, record);
          this.removed.delete(id);
        }
      }, this.manager);
    } finally {
      this.manager[flag] = false;
    }
  }
}

/** Most removed records that are remembered. */
const remembered = 2_000;

/** Keys that only the creation of a record writes first; without them what others wrote could not be shown. */
const isBaseKey = (key: string): boolean =>
  !key.startsWith('m.') && (!key.startsWith('meta.') || key === 'meta.key');

function mayDelete(doc: Y.Doc, item: Y.Item): boolean {
  const records: unknown = recordsOf(doc);
  if (item.parent === records) return !holdsForeign(item);
  const parent: unknown = item.parent;
  if (!(parent instanceof Y.Map) || (parent._item?.parent as unknown) !== records) return true;
  // A value that replaced another one: the older one comes back.
  const isFirst = item.left === null;
  return !(isFirst && isBaseKey(item.parentSub ?? '') && parent._item !== null && holdsForeign(parent._item));
}

/** True when a record carries live content of another client than the one that created it. */
function holdsForeign(item: Y.Item): boolean {
  const content: unknown = item.content;
  if (!(content instanceof Y.ContentType)) return false;
  const { client } = item.id;
  const isForeign = (inner: Y.Item): boolean =>
    !inner.deleted && (inner.id.client !== client || holdsForeignIn(inner, client));
  return [...content.type._map.values()].some(isForeign);
}

function holdsForeignIn(item: Y.Item, client: number): boolean {
  if (!(item.content instanceof Y.ContentType)) return false;
  for (let at = item.content.type._start; at; at = at.right)
    if (!at.deleted && at.id.client !== client) return true;
  return false;
}
