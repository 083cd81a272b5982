import type { TLStore } from '@tldraw/tlschema';
import * as Y from 'yjs';
import { mintKey } from '../../domain/plan/mint-key.ts';
import { metaOf, recordsOf, schemaVersion, type HiddenRecord } from '../document.ts';
import { isInOrder } from '../flatten.ts';
import { freshIdentity } from '../fresh-identity.ts';
import type { Schedule } from '../schedule.ts';
import { isObjective, type BoardRecord } from '../schema/records.ts';
import { SCHEMA_VERSION } from '../schema/schema.ts';
import { asStoreRecord, deliverNow, recordIn } from './board-store.ts';
import { Incoming } from './incoming.ts';
import { KnownKeys } from './known-keys.ts';
import { Outgoing } from './outgoing.ts';
import { OwnUndo } from './own-undo.ts';
import { PendingTexts } from './pending-texts.ts';

/**
 * `waiting`: the document is not loaded yet. `open`: both ways. `read-only`: this person may only look.
 * `newer-board`: the document was made by a newer version of the code; reload to continue.
 */
export type BindingState = 'waiting' | 'open' | 'read-only' | 'newer-board';

export interface BindOptions {
  readonly schedule: Schedule;
  /** Numbers in [0, 1), for the keys of copies. */
  readonly random: () => number;
  /** Origin of this person's transactions; writes to shared texts made elsewhere with it can be undone too. */
  readonly origin?: object;
  readonly readOnly?: boolean;
  /** Keys the server knows although no card shows them: of promises that are off the board. */
  readonly isTakenKey?: (key: string) => boolean;
  /** The undo of the page, shared with its forms and lists; without it the binding makes one of its own. */
  readonly undo?: OwnUndo;
  /** Changes that lie closer together are undone together; 500 by default. */
  readonly captureTimeoutMs?: number;
  onHidden?(hidden: readonly HiddenRecord[]): void;
  /** A local change was not valid and is being put back. */
  onRefused?(id: string, reason: string): void;
  onState?(state: BindingState): void;
}

/** A store and a document kept in step (board.md B1). */
export interface Binding {
  readonly origin: object;
  /** For `stopCapturing`, stack sizes and events; undo and redo themselves go through `undo` and `redo` below. */
  readonly undoManager: Y.UndoManager;
  readonly state: BindingState;
  /** Records that can not be shown. */
  readonly hidden: readonly HiddenRecord[];
  /** Both ways, now. Call it when the tab is hidden or left. */
  flush(): void;
  undo(): void;
  redo(): void;
  setReadOnly(readOnly: boolean): void;
  /** Records this person changed while nothing could be written, as the store has them; null for removed ones. */
  unsent(): ReadonlyMap<string, BoardRecord | null>;
  dispose(): void;
}

/**
 * Binds a tldraw store to a board's document: the document is the truth, the store a view of it. At once the store shows
 * what the document holds; from then on what a person changes in the store goes to the document in the smallest writes,
 * and what others change comes back once a frame.
 */
export function bindStore(store: TLStore, doc: Y.Doc, options: BindOptions): Binding {
  return new StoreBinding(store, doc, options);
}

class StoreBinding implements Binding {
  readonly origin: object;
  readonly undoManager: Y.UndoManager;
  private readonly own: OwnUndo;
  state: BindingState = 'waiting';
  private readonly store: TLStore;
  private readonly doc: Y.Doc;
  private readonly options: BindOptions;
  private readonly texts = new PendingTexts();
  private readonly keys: KnownKeys;
  private readonly outgoing: Outgoing;
  private readonly incoming: Incoming;
  private readonly offs: (() => void)[] = [];
  private readOnly: boolean;
  private cancelDelivery: (() => void) | null = null;

  constructor(store: TLStore, doc: Y.Doc, options: BindOptions) {
    this.store = store;
    this.doc = doc;
    this.options = options;
    this.origin = options.origin ?? { name: 'binding' };
    this.readOnly = options.readOnly ?? false;
    this.keys = new KnownKeys((id) => recordIn(store, id), options.isTakenKey);
    this.own =
      options.undo ??
      new OwnUndo(doc, this.origin, options.captureTimeoutMs ?? 500, (id) => recordIn(store, id));
    this.undoManager = this.own.manager;
    this.outgoing = new Outgoing({
      ...{ store, doc, schedule: options.schedule, origin: this.origin },
      mayWrite: () => this.state === 'open',
      identify: (record) => this.identify(record),
      changed: (record) => {
        this.keys.learn(record);
        // The document sorts them by `order`; the store must show the same.
        if (isObjective(record) && !isInOrder(record.props.measures)) this.incoming.touch([record.id]);
      },
      removed: (record) => this.own.remember(record),
      texts: this.texts,
      catchUp: () => this.incoming.show(),
      refused: (id, reason) => {
        this.incoming.touch([id]);
        options.onRefused?.(id, reason);
      },
    });
    this.incoming = new Incoming({
      ...{ store, doc, schedule: options.schedule },
      overlay: (id) => this.outgoing.overlay(id),
      mayShow: () => this.state === 'open' || this.state === 'read-only',
      shown: (id) => {
        this.texts.settle(id);
        this.keys.learn(recordIn(store, id));
      },
      removed: (record) => this.own.remember(record),
      onHidden: (hidden) => options.onHidden?.(hidden),
    });
    this.listen();
    this.checkState();
  }

  get hidden(): readonly HiddenRecord[] {
    return this.incoming.hidden;
  }

  private listen(): void {
    const { store, doc } = this;
    const heard = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
      if (!this.outgoing.wrote(transaction)) this.hear(events);
    };
    const records = recordsOf(doc);
    records.observeDeep(heard);
    this.offs.push(() => records.unobserveDeep(heard));
    const versioned = () => this.checkState();
    metaOf(doc).observe(versioned);
    this.offs.push(() => metaOf(doc).unobserve(versioned));
    this.offs.push(
      store.listen(({ changes }) => this.outgoing.take(changes), { source: 'user', scope: 'document' }),
      // The store tells its listeners at the next frame, and a hidden tab has none.
      store.sideEffects.registerOperationCompleteHandler((source) => {
        if (source === 'user') this.deliverSoon();
      }),
    );
  }

  private deliverSoon(): void {
    this.cancelDelivery ??= this.options.schedule.delay(() => {
      this.cancelDelivery = null;
      deliverNow(this.store);
    }, 250);
  }

  /** Somebody else's change, our own undo, or a text written past the store. */
  private hear(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    const ids = new Set<string>();
    for (const event of events) {
      const [id, key] = event.path;
      if (typeof id !== 'string') for (const changed of event.keys.keys()) ids.add(changed);
      else {
        ids.add(id);
        // Read now: once our own words are in, the event can not tell any more what came with it.
        if (typeof key === 'string' && event instanceof Y.YTextEvent) this.texts.add(id, key, event.delta);
      }
    }
    this.incoming.touch(ids);
    deliverNow(this.store);
  }

  private identify(record: BoardRecord): BoardRecord {
    const isTaken = (key: string) => this.keys.isTaken(key, record.id);
    const mint = () => mintKey(this.options.random, isTaken);
    const fresh = freshIdentity(record, isTaken, mint);
    if (fresh !== record) {
      try {
        this.store.mergeRemoteChanges(() => this.store.put([asStoreRecord(fresh)]));
      } catch {
        // In the middle of a store operation: the next frame shows what the document has.
        this.incoming.touch([record.id]);
      }
    }
    this.keys.learn(fresh);
    return fresh;
  }

  private checkState(): void {
    const version = schemaVersion(this.doc);
    const next: BindingState =
      version === null
        ? 'waiting'
        : version > SCHEMA_VERSION
          ? 'newer-board'
          : this.readOnly
            ? 'read-only'
            : 'open';
    if (next === this.state) return;
    // What was done before the change still counts under the old state.
    if (next !== 'newer-board') deliverNow(this.store);
    const wasShowing = this.state === 'open' || this.state === 'read-only';
    this.state = next;
    if (next === 'newer-board') deliverNow(this.store);
    else if (!wasShowing && next !== 'waiting') {
      this.incoming.touchAll();
      this.incoming.show();
    }
    this.options.onState?.(next);
  }

  setReadOnly(readOnly: boolean): void {
    this.readOnly = readOnly;
    this.checkState();
  }

  flush(): void {
    deliverNow(this.store);
    this.outgoing.writeHeld();
    this.incoming.show();
  }

  undo(): void {
    this.flush();
    if (this.state === 'open') this.own.undo();
    this.incoming.show();
  }

  redo(): void {
    this.flush();
    if (this.state === 'open') this.own.redo();
    this.incoming.show();
  }

  unsent(): ReadonlyMap<string, BoardRecord | null> {
    deliverNow(this.store);
    return new Map([...this.outgoing.unsent()].map((id) => [id, recordIn(this.store, id) ?? null]));
  }

  dispose(): void {
    deliverNow(this.store);
    this.outgoing.writeHeld();
    for (const off of this.offs) off();
    this.cancelDelivery?.();
    this.outgoing.dispose();
    this.incoming.dispose();
    if (!this.options.undo) this.undoManager.destroy();
  }
}
