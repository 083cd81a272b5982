import { closeCode } from '#protocol/close-codes.ts';
import { newOutboxId } from '#protocol/outbox-id.ts';
import { nackReasons } from '#protocol/refusals.ts';
import { sendCommitted } from './fan-out.ts';
import {
  acknowledge,
  isBy,
  membersWithoutRight,
  onlyStockPeer,
  settleStored,
  takeBatch,
} from './batch-fate.ts';
import type { Appended, Member, SyncDependencies } from './hooks.ts';
import type { OutboxState, Pending } from './pending.ts';
import type { Room } from './room.ts';
import { tryUntilDone } from './try-until-done.ts';
import { Waiters } from './waiters.ts';

const serverTries = 3;

/**
 * The one line in which a room's edits become durable: accepted edits wait here while a batch is being committed, and
 * leave together in the next (natural group commit). After the COMMIT, and never before it, a batch goes to everybody
 * and its authors get their acks. Commit and tick run in step: the next batch begins one tick after the last began.
 */
export class JournalLine {
  readonly #room: Room;
  readonly #deps: SyncDependencies;
  #queue: Pending[] = [];
  #batch: Pending[] | null = null;
  #begunAt = -Infinity;
  #timer: (() => void) | null = null;
  #reading: Promise<void> | null = null;
  #rung = 0;
  /** Who waits until the journal was read to its head. */
  readonly #readers = new Waiters();
  #recovering = false;
  /** The waiting edits were made on a document that was thrown away. */
  #stale = false;
  readonly #idle = new Waiters();
  readonly #serverOutbox: string;
  #serverN = 0;

  constructor(room: Room, deps: SyncDependencies) {
    this.#room = room;
    this.#deps = deps;
    this.#serverOutbox = newOutboxId(deps.random);
  }

  /** Nothing accepted is waiting to become durable. */
  get isIdle(): boolean {
    return this.#batch === null && this.#queue.length === 0;
  }

  /** Resolves when nothing is waiting, or at once when the store does not answer. */
  settled(): Promise<void> {
    return this.isIdle || this.#recovering ? Promise.resolve() : this.#idle.wait();
  }

  /** Everything accepted that is not durable yet, oldest first. */
  get accepted(): readonly Pending[] {
    return [...(this.#batch ?? []), ...this.#queue];
  }

  nextServerNumber(): { outbox: string; n: number } {
    return { outbox: this.#serverOutbox, n: ++this.#serverN };
  }

  /** An edit, and what it made the server put right: one after the other, in one batch. */
  push(...pendings: readonly Pending[]): void {
    this.#queue.push(...pendings);
    this.#pump();
  }

  #pump(): void {
    if (this.#batch || this.#reading || this.#timer || this.#recovering || this.#queue.length === 0) return;
    const wait = this.#begunAt + this.#room.tickMs - this.#deps.clock.now();
    if (wait > 0) {
      this.#timer = this.#deps.clock.after(wait, () => {
        this.#timer = null;
        this.#pump();
      });
      return;
    }
    this.#begunAt = this.#deps.clock.now();
    this.#batch = takeBatch(this.#queue);
    this.#room.on({ type: 'commit-begun' });
    this.#commit(this.#batch).catch((cause: unknown) => {
      this.#deps.log.error({ board: this.#room.board, cause: String(cause) }, 'a commit went wrong');
      this.#giveUp('unavailable');
    });
  }

  async #commit(batch: readonly Pending[]): Promise<void> {
    const { state, board } = this.#room;
    const lost = await membersWithoutRight(batch, this.#deps.hooks, board);
    if (lost.size > 0) return this.#withdraw(lost);
    const prevHead = state.committed.head;
    let appended: Appended | { kind: 'unknown' };
    try {
      appended = await this.#deps.hooks.journal.append(
        board,
        { epoch: state.epoch, head: prevHead },
        batch.map((pending) => pending.row),
      );
    } catch (cause) {
      this.#deps.log.warn({ board, cause: String(cause) }, 'the outcome of a commit is unknown');
      appended = { kind: 'unknown' };
    }
    switch (appended.kind) {
      case 'committed':
        return this.#committed(batch, prevHead);
      case 'moved':
        this.#batch = null;
        this.#queue = [...batch, ...this.#queue];
        this.#room.on({ type: 'commit-ended' });
        return this.readNow();
      case 'epoch-changed':
        return this.#endEpoch();
      case 'failed':
        return this.#giveUp(appended.reason);
      case 'unknown':
        return this.#giveUp('unavailable');
    }
  }

  #committed(batch: readonly Pending[], from: number): void {
    const { committed } = this.#room.state;
    const now = this.#deps.clock.now();
    const rows = batch.map((pending, i) => ({ seq: from + 1 + i, bytes: pending.row.bytes }));
    committed.append(rows);
    this.#batch = null;
    this.#room.on({ type: 'commit-ended' });
    this.#deps.metrics?.count('commits');
    this.#deps.metrics?.observe('batchRows', rows.length);
    const presence = this.#room.presence.takeAlong();
    const parts = rows.map((row) => row.bytes);
    const acks = acknowledge(batch, from, now, this.#deps.metrics);
    const out = { from, to: committed.head, parts, only: onlyStockPeer(batch), presence, acks };
    sendCommitted(out, this.#room.peers, committed, now, this.#deps.metrics);
    this.#deps.doorbell?.ring(this.#room.board, committed.head);
    this.#next();
  }

  #next(): void {
    if (this.#rung > this.#room.state.committed.head || this.#readers.some) return void this.readNow();
    if (this.isIdle) this.#idle.take()();
    this.#pump();
  }

  /** Takes the edits of people who lost their right out of the line; the others' are made again without them. */
  #withdraw(lost: ReadonlySet<Member>): void {
    const all = [...(this.#batch ?? []), ...this.#queue];
    this.#batch = null;
    this.#queue = [];
    this.#room.on({ type: 'commit-ended' });
    this.#room.state.discard();
    for (const pending of all) {
      if (!isBy(pending, lost)) continue;
      const { sender, row } = pending;
      this.#room.gate.refuse(sender, row.n, row.bytes, 'revoked', nackReasons.revoked.says, null);
    }
    void this.#room.recheck((peer) => lost.has(peer.member));
    this.#retake(all.filter((pending) => !isBy(pending, lost)));
    this.#next();
  }

  #retake(pendings: readonly Pending[]): void {
    const rewound = new Set<OutboxState>();
    for (const { sender, row } of pendings) {
      if (sender.kind !== 'outbox' || rewound.has(sender.outbox)) continue;
      rewound.add(sender.outbox);
      sender.outbox.accepted = Math.max(row.n - 1, sender.outbox.durable);
    }
    for (const pending of pendings) this.#room.gate.retake(pending);
  }

  // --- other nodes ------------------------------------------------------------------------------------------------

  /** Another node committed up to `seq`. */
  rung(seq: number): void {
    if (seq <= this.#room.state.committed.head) return;
    this.#rung = Math.max(this.#rung, seq);
    if (!this.#batch) void this.readNow();
  }

  /** Where other nodes may write: reads what they stored. Alone, what is in memory is all there is. */
  async readToHead(): Promise<void> {
    if (!this.#deps.doorbell || this.#room.life.state === 'read-only' || this.#recovering) return;
    const read = this.#readers.wait();
    // A commit under way must be known first: its own rows would look like another node's.
    if (!this.#batch) void this.readNow();
    return read;
  }

  /** Reads the journal from the known head, shows it to everybody, and takes the waiting edits again on top of it. */
  readNow(): Promise<void> {
    // Two readers would both add what comes behind the same head; the one that recovers reads anyway.
    if (this.#recovering || this.#batch) return Promise.resolve();
    const told = this.#readers.take();
    this.#reading ??= this.#read().then(
      () => {
        this.#reading = null;
        this.#next();
      },
      (cause: unknown) => {
        this.#reading = null;
        this.#deps.log.warn(
          { board: this.#room.board, cause: String(cause) },
          'the journal could not be read',
        );
        this.#giveUp('unavailable');
      },
    );
    return this.#reading.then(told);
  }

  async #read(): Promise<void> {
    const { state, board } = this.#room;
    const { epoch, rows } = await this.#deps.hooks.journal.readAfter(board, state.committed.head);
    if (epoch !== state.epoch) return this.#endEpoch();
    this.#rung = 0;
    if (rows.length === 0 && !this.#stale) return;
    this.#stale = false;
    const { committed } = state;
    if (rows.length > 0) {
      const from = committed.head;
      state.takeForeign(rows);
      this.#room.outboxes.noteStored(rows);
      const parts = rows.map((row) => row.bytes);
      sendCommitted(
        { from, to: committed.head, parts, only: null },
        this.#room.peers,
        committed,
        this.#deps.clock.now(),
      );
    }
    const waiting = this.#queue.filter((pending) => !settleStored(pending, rows, committed.head));
    this.#queue = [];
    this.#retake(waiting);
  }

  // --- trouble ----------------------------------------------------------------------------------------------------

  /** The store refused, or what it did is unknown: authors are told, and asked to send again what is not there. */
  #giveUp(reason: 'disk-full' | 'unavailable'): void {
    const all = [...(this.#batch ?? []), ...this.#queue];
    this.#batch = null;
    this.#queue = [];
    this.#room.on({ type: 'commit-failed', reason });
    this.#room.state.discard();
    this.#deps.metrics?.count('reloads');
    const told = new Set<OutboxState>();
    for (const pending of all) {
      const { sender, row } = pending;
      if (sender.kind === 'server') {
        if (++sender.tries > serverTries) sender.failed(new Error('the store does not keep this change'));
        else this.#queue.push(pending);
      } else if (sender.kind === 'outbox' && told.has(sender.outbox)) continue;
      else this.#room.gate.refuse(sender, row.n, row.bytes, reason, nackReasons[reason].says, null);
      if (sender.kind === 'outbox') told.add(sender.outbox);
    }
    this.#stale = true;
    this.#room.outboxes.forget(reason);
    this.#room.sendRightsToAll();
    this.#releaseAll();
    if (!this.#recovering) {
      this.#recovering = true;
      tryUntilDone(this.#deps.clock, this.#deps.random, () => this.#recover());
    }
  }

  /** What was stored after all is found by (outbox, n) once the journal can be read again. */
  async #recover(): Promise<void> {
    await this.#read();
    this.#recovering = false;
    this.#room.on({ type: 'recovered' });
    this.#room.sendRightsToAll();
    this.#next();
  }

  #releaseAll(): void {
    this.#idle.take()();
    this.#readers.take()();
  }

  #endEpoch(): void {
    for (const pending of [...(this.#batch ?? []), ...this.#queue]) {
      if (pending.sender.kind === 'server') pending.sender.failed(new Error('the board was replaced'));
    }
    this.#batch = null;
    this.#queue = [];
    this.#room.replaced();
    for (const peer of [...this.#room.peers]) peer.close(closeCode.epochChanged, 'the board was replaced');
    this.#releaseAll();
  }
}
