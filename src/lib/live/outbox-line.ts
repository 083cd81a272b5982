import * as Y from 'yjs';
import { limits } from '#protocol/limits.ts';
import { newOutboxId } from '#protocol/outbox-id.ts';
import { remote, type LiveDocument } from './live-document.ts';
import type { LiveStore, Position, StoredOutbox } from './live-store.ts';
import { OutboxSlot } from './outbox-slot.ts';
import { copyOf } from './recovery.ts';
import type { TabLocks } from './tab-locks.ts';
import type { LiveClock } from './transport.ts';

export interface LineOptions {
  readonly board: string;
  readonly person: string;
  readonly store: LiveStore;
  readonly locks: TabLocks;
  readonly clock: LiveClock;
  readonly random: () => number;
}

/** While there is no line, edits are gathered a little longer before they become a numbered row. */
const offlineGatherMs = 250;
const retryMs = { least: 500, span: 1_500 };
const lockName = (outbox: string): string => `throughline-outbox-${outbox}`;

/**
 * All unsaved edits of a tab: its own outbox in slot 0 and those of dead tabs it took over. An edit is numbered, kept on
 * the device and sent; it leaves the device only when the server said it is durable.
 */
export class OutboxLine {
  readonly #options: LineOptions;
  readonly #send: (message: Uint8Array) => void;
  readonly #changed: () => void;
  readonly #position: () => Position | null;
  #slots: OutboxSlot[];
  #n = 0;
  #gathered: Uint8Array[] = [];
  #timer: (() => void) | null = null;
  #sentAt = -Infinity;
  #unsavedSince: number | null = null;
  #connected = false;
  #stopped = false;
  readonly #retries = new Set<() => void>();
  readonly #locks: (() => void)[] = [];
  #writing: Promise<unknown> = Promise.resolve();
  /** True after the device refused to keep an edit; it is still sent. */
  deviceFailed = false;

  constructor(
    options: LineOptions,
    send: (message: Uint8Array) => void,
    changed: () => void,
    position: () => Position | null,
  ) {
    this.#options = options;
    this.#send = send;
    this.#changed = changed;
    this.#position = position;
    const id = newOutboxId(options.random);
    const own = { id, board: options.board, person: options.person, epoch: null };
    this.#slots = [new OutboxSlot(own, 0, [], send)];
    this.#writing = options.locks.take(lockName(id)).then((free) => {
      if (free) this.#locks.push(free);
    });
  }

  /** Edits not yet known to be durable, those still being gathered included. */
  get kept(): number {
    return this.#slots.reduce((sum, slot) => sum + slot.rows.length, 0) + (this.#gathered.length > 0 ? 1 : 0);
  }

  get unsavedSince(): number | null {
    return this.#unsavedSince;
  }

  /** Takes over the outboxes of tabs that died; their edits are shown in `live` at once. */
  async adoptDead(live: LiveDocument): Promise<void> {
    const { store, locks, board, person } = this.#options;
    const found = await store.outboxes(board, person).catch(() => []);
    for (const outbox of found) {
      const free = await locks.take(lockName(outbox.id));
      if (!free) continue;
      this.#locks.push(free);
      const rows = await store.rows(outbox.id);
      if (rows.length === 0) continue;
      if (outbox.epoch !== null && live.epoch !== null && outbox.epoch !== live.epoch) {
        await store.keepCopy(
          copyOf(this.#options, 'The board was replaced while these changes waited.', rows, {}),
        );
        await store.forget(outbox.id, 0);
        continue;
      }
      live.doc.transact(() => {
        for (const row of rows) Y.applyUpdate(live.doc, row.bytes, remote);
      }, remote);
      const slot = new OutboxSlot(outbox, this.#slots.length, rows, this.#send);
      this.#slots.push(slot);
      this.#note();
      if (this.#connected) slot.ask();
    }
  }

  /** Takes the edits of this document from now on. */
  listen(live: LiveDocument): void {
    live.listen((bytes) => this.add(bytes));
  }

  /** An edit of this tab. The first after a pause leaves at once, then at most 30 times a second. */
  add(bytes: Uint8Array): void {
    this.#gathered.push(bytes);
    this.#note();
    if (!this.#timer && !this.#stopped) {
      const every = this.#slots[0]?.isOpen ? limits.sendEveryMs : offlineGatherMs;
      const wait = Math.max(0, this.#sentAt + every - this.#options.clock.now());
      this.#timer = this.#options.clock.after(wait, () => {
        this.#timer = null;
        this.flush();
      });
    }
    this.#changed();
  }

  #note(): void {
    this.#unsavedSince = this.kept === 0 ? null : (this.#unsavedSince ?? this.#options.clock.now());
  }

  /** Numbers, keeps and sends what was gathered. */
  flush(): void {
    const own = this.#slots[0];
    if (this.#gathered.length === 0 || !own) return;
    const bytes = this.#gathered.length === 1 ? this.#gathered[0] : Y.mergeUpdates(this.#gathered);
    this.#gathered = [];
    this.#sentAt = this.#options.clock.now();
    if (!bytes) return;
    const row = { n: ++this.#n, bytes };
    const outbox: StoredOutbox = { ...own.outbox, epoch: this.#position()?.epoch ?? null };
    this.#write(() => this.#options.store.keep(outbox, row));
    own.add(row);
    this.#changed();
  }

  /** Writes to the device in the order of the calls. */
  #write(run: () => Promise<void>): void {
    this.#writing = this.#writing.then(run).catch(() => {
      this.deviceFailed = true;
      this.#changed();
    });
  }

  slotAt(slot: number): OutboxSlot | null {
    return this.#slots[slot] ?? null;
  }

  connected(): void {
    this.#connected = true;
    for (const slot of this.#slots) slot.ask();
  }

  disconnected(): void {
    this.#connected = false;
    for (const slot of this.#slots) slot.shut();
  }

  opened(at: number, last: number): void {
    const slot = this.#slots[at];
    if (slot?.opened(last)) this.#settled(slot, last);
  }

  acked(at: number, n: number): void {
    const slot = this.#slots[at];
    if (slot?.acked(n)) this.#settled(slot, n);
  }

  #settled(slot: OutboxSlot, n: number): void {
    this.#write(() => this.#options.store.settle(slot.outbox.id, n));
    this.#unsavedSince = null;
    this.#note();
    this.#changed();
  }

  /** The server can not take edits at the moment: asks again in a second or two, not all tabs at once. */
  retryLater(at: number): void {
    const slot = this.#slots[at];
    if (!slot) return;
    slot.shut();
    const wait = retryMs.least + this.#options.random() * retryMs.span;
    const stop = this.#options.clock.after(wait, () => {
      this.#retries.delete(stop);
      if (this.#connected && !this.#stopped) slot.ask();
    });
    this.#retries.add(stop);
  }

  /** The server takes edits again: asks without waiting any longer. */
  retryNow(): void {
    for (const stop of this.#retries) stop();
    this.#retries.clear();
    if (this.#connected) for (const slot of this.#slots) if (!slot.isOpen) slot.ask();
  }

  /** All slots that still hold edits. */
  get unsettled(): readonly OutboxSlot[] {
    return this.#slots.filter((slot) => slot.rows.length > 0);
  }

  /** Everything handed to the device so far is there. */
  async written(): Promise<void> {
    await this.#writing;
  }

  /** Ends the line: everything gathered is on the device afterwards, and other tabs may adopt it. */
  async stop(): Promise<void> {
    this.flush();
    this.#stopped = true;
    this.#timer?.();
    for (const stop of this.#retries) stop();
    await this.#writing;
    for (const free of this.#locks.splice(0)) free();
  }
}
