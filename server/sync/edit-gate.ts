import * as messages from '#protocol/messages.ts';
import { closeCode } from '#protocol/close-codes.ts';
import { nackReasons, type NackReason } from '#protocol/refusals.ts';
import type * as Y from 'yjs';
import { sha256 } from './checksum.ts';
import type { WorkingDocument } from './document.ts';
import { DeletionWatch } from './gate/deletion-watch.ts';
import type { Member, SyncDependencies } from './hooks.ts';
import type { OutboxState, Pending, Sender, ServerOrigin } from './pending.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';
import { frame } from './wire.ts';

export const boardBytesCap = 20 * 1024 * 1024;
const newIdsPerHour = 64;

/**
 * The checks every edit goes through before it may wait for the journal (sync.md Y1): the right of its author at this
 * moment, its number, then the document's own judgement. What is refused is told to its author and to nobody else.
 */
export class EditGate {
  readonly #room: Room;
  readonly #deps: SyncDependencies;
  readonly #deletions: DeletionWatch;
  /** When the last edit was accepted. */
  editedAt = 0;

  constructor(room: Room, deps: SyncDependencies) {
    this.#room = room;
    this.#deps = deps;
    this.#deletions = new DeletionWatch(room.board, deps);
  }

  takeEdit(peer: Peer, outbox: OutboxState, n: number, bytes: Uint8Array): void {
    if (outbox.ended || outbox.waiting) return;
    if (n <= outbox.accepted) {
      if (n <= outbox.durable) {
        peer.wire.send(
          frame(messages.encodeAck(outbox.slot, outbox.durable, this.#room.state.committed.head)),
        );
      }
      return;
    }
    const sender: Sender = { kind: 'outbox', outbox, member: peer.member };
    const stop = this.#whyNot(peer);
    if (stop) return this.refuse(sender, n, bytes, stop, nackReasons[stop].says, peer);
    if (n !== outbox.accepted + 1) return this.refuse(sender, n, bytes, 'gap', nackReasons.gap.says, peer);
    this.#take(sender, outbox.id, n, bytes, peer);
  }

  takeStock(peer: Peer, bytes: Uint8Array): void {
    const sender: Sender = { kind: 'stock', peer, member: peer.member };
    const stop = this.#whyNot(peer);
    if (stop) {
      // A viewer's provider answers step 1 with what it has; that is no edit unless something is new in it.
      const isNew = this.#room.working().isNew(bytes);
      if (isNew) this.refuse(sender, 0, bytes, stop, nackReasons[stop].says, peer);
      return;
    }
    this.#take(sender, peer.outboxId, peer.stockN + 1, bytes, peer);
  }

  #whyNot(peer: Peer): NackReason | null {
    if (this.#room.life.state === 'stuck') return this.#room.life.reason;
    if (this.#room.life.state === 'read-only') return 'unavailable';
    if (!peer.canWrite) return 'read-only';
    if (this.#isOfAnotherTime(peer)) return 'reload-needed';
    return this.#room.guard.paused ? 'paused' : null;
  }

  /** The page, or this very server, is older than the board (board.md B1.8): it could only spoil it. */
  #isOfAnotherTime(peer: Peer): boolean {
    const { schema } = this.#room;
    return schema !== null && (!schema.understood || (peer.schema !== null && peer.schema < schema.now));
  }

  #take(
    sender: Sender & { member: Member },
    outboxId: string,
    n: number,
    bytes: Uint8Array,
    peer: Peer | null,
  ): void {
    const startedAt = performance.now();
    const { member } = sender;
    const working = this.#room.working();
    const fresh = new Set<number>();
    const mayWriteAs = (client: number): NackReason | null => {
      const reason = this.#room.state.mayWriteAs(
        member.person,
        client,
        this.#room.presence.isPresentElsewhere(client, member.person),
      );
      if (!reason && !this.#room.state.claims.has(client)) fresh.add(client);
      return reason;
    };
    const verdict = working.take(bytes, member, mayWriteAs, this.#room.permitFacts);
    this.#deps.metrics?.observe('checkMicros', (performance.now() - startedAt) * 1000);
    if (verdict.kind === 'refused') {
      if (verdict.spoiled) this.#room.state.discard();
      return this.refuse(sender, n, bytes, verdict.reason, verdict.detail, peer);
    }
    if (fresh.size > 0 && peer && peer.claimed.add(fresh.size, this.#deps.clock.now()) > newIdsPerHour) {
      this.#room.state.discard();
      return this.refuse(sender, n, bytes, 'foreign-id', 'too many new ids', peer);
    }
    // A stock client's step 2 often brings nothing; a numbered edit is stored all the same, its number counts.
    if (verdict.kind === 'nothing-new' && sender.kind !== 'outbox') return;
    if (this.#room.state.committed.bytes + bytes.byteLength > boardBytesCap && verdict.kind === 'accepted') {
      this.#room.state.discard();
      return this.refuse(sender, n, bytes, 'board-full', nackReasons['board-full'].says, peer);
    }
    for (const client of fresh) this.#room.state.claims.set(client, member.person);
    const clientIds = verdict.kind === 'accepted' ? [...verdict.inspection.writes.keys()] : [];
    if (sender.kind === 'outbox') sender.outbox.accepted = n;
    else if (peer) peer.stockN = n;
    this.editedAt = this.#deps.clock.now();
    const pending = this.#pending(sender, outboxId, n, bytes, clientIds);
    if (verdict.kind !== 'accepted') return this.#room.line.push(pending);
    const { size } = verdict.touched.removed;
    const removal = size > 0 && this.#deletions.count(member, size, working.recordCount, this.#acceptedSeq);
    this.#room.line.push(pending, ...this.#repair(working, verdict.touched));
    if (removal) this.#keepWayBack(member, removal);
  }

  /** The number the newest accepted edit will have. */
  get #acceptedSeq(): number {
    return this.#room.state.committed.head + this.#room.line.accepted.length;
  }

  /** Told once the removal is durable: the way back is read from the log. */
  #keepWayBack(by: Member, { records, from }: { records: number; from: number }): void {
    const at = this.#deps.clock.now();
    void this.#room.line.settled().then(() => {
      const to = this.#room.state.committed.head;
      this.#deps.hooks.largeDeletion?.(this.#room.board, by, { records, from, to, at });
    });
  }

  #pending(
    sender: Sender,
    outbox: string,
    n: number,
    bytes: Uint8Array,
    clientIds: readonly number[],
  ): Pending {
    const member = sender.kind === 'outbox' || sender.kind === 'stock' ? sender.member : null;
    const at = this.#deps.clock.now();
    const person = member?.person ?? (sender.kind === 'server' ? sender.origin.person : null);
    const row = {
      outbox,
      n,
      person,
      signIn: member?.signIn ?? null,
      clientIds,
      bytes,
      sha256: sha256(bytes),
      at,
    };
    return { row, sender, takenAt: at };
  }

  #serverPending(sender: Sender, bytes: Uint8Array, client: number): Pending {
    this.#room.state.claims.set(client, 'server');
    const { outbox, n } = this.#room.line.nextServerNumber();
    return this.#pending(sender, outbox, n, bytes, []);
  }

  #repair(working: WorkingDocument, touched: Parameters<WorkingDocument['repair']>[0]): Pending[] {
    const bytes = working.repair(touched);
    return bytes ? [this.#serverPending({ kind: 'repair' }, bytes, working.doc.clientID)] : [];
  }

  /** The server's own edit: seen and kept like any other, checked by nobody. Resolves once it is durable. */
  edit(origin: ServerOrigin, redo: (doc: Y.Doc) => void): Promise<{ seq: number }> {
    return new Promise((resolve, reject) => {
      if (this.#room.readOnlyReason !== null) return reject(new Error(this.#room.readOnlyReason));
      const sender: Sender = {
        kind: 'server',
        origin,
        redo,
        done: (seq) => resolve({ seq }),
        failed: reject,
        tries: 0,
      };
      this.takeServer(sender);
    });
  }

  /** Makes (or makes again) a server edit; a change that throws spoils the document and is refused whole. */
  takeServer(sender: Extract<Sender, { kind: 'server' }>): void {
    const working = this.#room.working();
    try {
      const made = working.change(sender.origin, sender.redo);
      if (!made) return sender.done(this.#room.state.committed.head);
      this.editedAt = this.#deps.clock.now();
      const pending = this.#serverPending(sender, made.bytes, working.doc.clientID);
      this.#room.line.push(pending, ...this.#repair(working, made.touched));
    } catch (cause) {
      this.#room.state.discard();
      sender.failed(cause instanceof Error ? cause : new Error(String(cause)));
    }
  }

  /** Takes an edit again after the document under it was thrown away (another node wrote, or a right was lost). */
  retake(pending: Pending): void {
    const { sender, row } = pending;
    if (sender.kind === 'repair') return;
    if (sender.kind === 'server') return this.takeServer(sender);
    if (sender.kind === 'outbox') {
      if (sender.outbox.ended || sender.outbox.waiting) return;
      return this.#take(sender, row.outbox, row.n, row.bytes, sender.outbox.peer);
    }
    if (!sender.peer.closed) this.#take(sender, row.outbox, row.n, row.bytes, sender.peer);
  }

  /**
   * Tells the author that an edit is not kept. A lasting refusal ends the document that made it: our client rebuilds
   * itself, a stock client is closed for good.
   */
  refuse(
    sender: Sender,
    n: number,
    bytes: Uint8Array,
    reason: NackReason,
    detail: string,
    peer: Peer | null,
  ): void {
    if (sender.kind !== 'outbox' && sender.kind !== 'stock') return;
    const { temporary } = nackReasons[reason];
    const { member } = sender;
    if (!temporary) {
      const now = this.#deps.clock.now();
      this.#deps.metrics?.count('refused', reason);
      this.#deps.log.warn(
        { board: this.#room.board, person: member.person, reason, detail, size: bytes.byteLength },
        'an edit was refused',
      );
      this.#deps.hooks.refused?.({ board: this.#room.board, member, reason, detail, bytes, at: now });
    }
    if (sender.kind === 'outbox') {
      // After a reload the same outbox goes on: its edits are not lost.
      if (temporary || reason === 'reload-needed') sender.outbox.waiting = true;
      else sender.outbox.ended = { n, reason, detail };
      sender.outbox.peer?.nack(sender.outbox, n, reason, detail);
      const guilty = reason === 'invalid' || reason === 'foreign-id';
      if (guilty && peer?.strike())
        peer.sendRights('Too many changes of this tab were refused. Reload to go on.');
    } else if (!sender.peer.closed) {
      if (temporary) sender.peer.close(closeCode.loadFailed, reason);
      else sender.peer.close(closeCode.refusedEdit, `${reason}: ${detail}`.slice(0, 120));
    }
  }
}
