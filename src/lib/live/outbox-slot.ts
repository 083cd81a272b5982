import { limits } from '#protocol/limits.ts';
import { encodeEdit, encodeFragment, encodeOpenOutbox } from '#protocol/messages.ts';
import type { OutboxRow, StoredOutbox } from './live-store.ts';

/**
 * One outbox on one connection: numbered edits that are not yet acknowledged, in order. Resending is harmless, the server
 * knows (outbox, n). Edits leave only after the server said what it has; after a loss of the line everything
 * unacknowledged goes again.
 */
export class OutboxSlot {
  readonly outbox: StoredOutbox;
  readonly slot: number;
  rows: OutboxRow[];
  /** The server told its position on this connection: edits may flow. */
  isOpen = false;
  #sent = 0;
  readonly #send: (message: Uint8Array) => void;

  constructor(
    outbox: StoredOutbox,
    slot: number,
    rows: readonly OutboxRow[],
    send: (message: Uint8Array) => void,
  ) {
    this.outbox = outbox;
    this.slot = slot;
    this.rows = [...rows];
    this.#send = send;
  }

  /** Asks the server where it stands. */
  ask(): void {
    this.isOpen = false;
    this.#send(encodeOpenOutbox(this.slot, this.outbox.id));
  }

  /** The line is gone, or the server asked for patience. */
  shut(): void {
    this.isOpen = false;
  }

  add(row: OutboxRow): void {
    this.rows.push(row);
    if (this.isOpen) this.#flow();
  }

  /** The server has everything up to `last`: the rest goes now. True when something was settled by this. */
  opened(last: number): boolean {
    const settled = this.#drop(last);
    this.isOpen = true;
    this.#sent = last;
    this.#flow();
    return settled;
  }

  /** Durable up to `n`. */
  acked(n: number): boolean {
    return this.#drop(n);
  }

  #drop(n: number): boolean {
    const before = this.rows.length;
    this.rows = this.rows.filter((row) => row.n > n);
    return this.rows.length < before;
  }

  #flow(): void {
    for (const row of this.rows) {
      if (row.n <= this.#sent) continue;
      this.#sent = row.n;
      if (row.bytes.byteLength <= limits.frameBytes) this.#send(encodeEdit(this.slot, row.n, row.bytes));
      else this.#sendPieces(row);
    }
  }

  #sendPieces(row: OutboxRow): void {
    const size = limits.frameBytes - 64;
    const of = Math.ceil(row.bytes.byteLength / size);
    for (let i = 0; i < of; i++) {
      this.#send(encodeFragment(this.slot, row.n, i, of, row.bytes.subarray(i * size, (i + 1) * size)));
    }
  }
}
