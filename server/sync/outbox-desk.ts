import { encodeNack, encodeOutboxState } from '#protocol/messages.ts';
import { nackReasons, type NackReason } from '#protocol/refusals.ts';
import type { Journal, Row } from './hooks.ts';
import type { OutboxState } from './pending.ts';
import type { Peer } from './peer.ts';
import { frame } from './wire.ts';

/** Where the numbered outboxes of a room's clients stand; what it does not know it asks the journal. */
export class OutboxDesk {
  readonly #board: string;
  readonly #journal: Journal;
  readonly #outboxes = new Map<string, OutboxState>();

  constructor(board: string, journal: Journal) {
    this.#board = board;
    this.#journal = journal;
  }

  /** Slot k of this connection is that outbox; answers with the last number of it that is durable. */
  async open(peer: Peer, slot: number, id: string): Promise<void> {
    const outbox = this.#outboxes.get(id) ?? (await this.#find(id, peer.member.person, slot));
    if (outbox.person !== peer.member.person) {
      peer.wire.send(frame(encodeNack(slot, 0, 'foreign-id', 'this outbox belongs to somebody else')));
      return;
    }
    outbox.peer = peer;
    outbox.slot = slot;
    outbox.waiting = false;
    peer.slots.set(slot, outbox);
    peer.wire.send(frame(encodeOutboxState(slot, outbox.durable)));
    // The line may have broken before the refusal was heard.
    if (outbox.ended) peer.nack(outbox, outbox.ended.n, outbox.ended.reason, outbox.ended.detail);
  }

  async #find(id: string, asker: string, slot: number): Promise<OutboxState> {
    const stored = await this.#journal.lastOf(this.#board, id);
    const n = stored?.n ?? 0;
    const person = stored ? (stored.person ?? '') : asker;
    const found: OutboxState = this.#outboxes.get(id) ?? {
      id,
      person,
      accepted: n,
      durable: n,
      peer: null,
      slot,
      ended: null,
      waiting: false,
    };
    this.#outboxes.set(id, found);
    return found;
  }

  leave(peer: Peer): void {
    for (const outbox of peer.slots.values()) if (outbox.peer === peer) outbox.peer = null;
  }

  /** Another node stored these: its outboxes are further than this node knew. */
  noteStored(rows: readonly Row[]): void {
    for (const row of rows) {
      const outbox = this.#outboxes.get(row.outbox);
      if (!outbox) continue;
      outbox.durable = Math.max(outbox.durable, row.n);
      outbox.accepted = Math.max(outbox.accepted, row.n);
    }
  }

  /** Outcome unknown or store refused: where any outbox stands is asked of the store again. */
  forget(reason: NackReason): void {
    for (const outbox of this.#outboxes.values()) {
      outbox.peer?.slots.delete(outbox.slot);
      // Those whose edits were in the batch know already.
      if (!outbox.waiting && !outbox.ended) outbox.peer?.nack(outbox, 0, reason, nackReasons[reason].says);
      outbox.waiting = true;
    }
    this.#outboxes.clear();
  }
}
