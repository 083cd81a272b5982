import { closeCode } from '#protocol/close-codes.ts';
import { contentHash } from '#protocol/content-hash.ts';
import { kind, PROTOCOL_VERSION } from '#protocol/kinds.ts';
import * as messages from '#protocol/messages.ts';
import { nackReasons, type NackReason } from '#protocol/refusals.ts';
import * as Y from 'yjs';
import type { BoardState } from './board-state.ts';
import { sha256 } from './checksum.ts';
import type { WorkingDocument } from './document.ts';
import { DeletionWatch } from './gate/deletion-watch.ts';
import type { Member, SyncDependencies } from './hooks.ts';
import { JournalLine } from './journal-line.ts';
import type { OutboxState, Pending, Sender, ServerOrigin } from './pending.ts';
import type { Peer } from './peer.ts';
import { emptyPresence } from './presence.ts';
import { OutboxDesk } from './outbox-desk.ts';
import { RoomPresence } from './room-presence.ts';
import { nextLife, type RoomEvent, type RoomLife } from './room-life.ts';
import { frame } from './wire.ts';
import { limits } from '#protocol/limits.ts';

export const boardBytesCap = 20 * 1024 * 1024;
const newIdsPerHour = 64;
const idleDocumentMs = 60_000;
const rightsEveryMs = 60_000;

/**
 * One board in memory: who is here, what they may do, and the way of every edit (sync.md Y1). Checking is done here,
 * storing and sending by the JournalLine, which keeps the order commit, broadcast, ack.
 */
export class Room {
  readonly board: string;
  readonly peers = new Set<Peer>();
  readonly line: JournalLine;
  readonly presence: RoomPresence;
  readonly outboxes: OutboxDesk;
  #life: RoomLife = { state: 'loading' };
  #state: BoardState | null = null;
  readonly #deps: SyncDependencies;
  readonly #deletions: DeletionWatch;
  #editedAt = 0;
  #rightsAt: number;
  #hash: { seq: number; hash: string } | null = null;

  constructor(board: string, deps: SyncDependencies) {
    this.board = board;
    this.#deps = deps;
    this.#rightsAt = deps.clock.now();
    this.line = new JournalLine(this, deps);
    this.#deletions = new DeletionWatch(board, deps);
    this.presence = new RoomPresence(this, deps);
    this.outboxes = new OutboxDesk(board, deps.hooks.journal);
  }

  get life(): RoomLife {
    return this.#life;
  }

  /** What is loaded. Throws before that: nobody may look at a board that is not there yet. */
  get state(): BoardState {
    if (!this.#state) throw new Error('the board is not loaded');
    return this.#state;
  }

  on(event: RoomEvent): void {
    this.#life = nextLife(this.#life, event);
  }

  opened(state: BoardState): void {
    this.#state = state;
    this.on(state.damage ? { type: 'loaded-damaged', reason: state.damage } : { type: 'loaded' });
  }

  /** Why nobody can write at the moment, in words; null when they can. */
  get readOnlyReason(): string | null {
    if (this.#life.state === 'read-only') return this.#life.reason;
    if (this.#life.state === 'stuck') return nackReasons[this.#life.reason].says;
    return null;
  }

  /** Milliseconds between two frames to everybody (sync.md Y2 "Tick"). */
  get tickMs(): number {
    return Math.min(50, Math.max(6, this.peers.size / 6));
  }

  isForeign(person: string, client: number): boolean {
    return this.state.mayWriteAs(person, client, false) !== null;
  }

  // --- coming and going -------------------------------------------------------------------------------------------

  join(peer: Peer): void {
    this.on({ type: 'joined' });
    this.presence.join(peer);
    this.peers.add(peer);
    if (peer.version === 1) {
      peer.sendJson(kind.hello, {
        protocol: PROTOCOL_VERSION,
        epoch: this.state.epoch,
        right: peer.member.right,
        readOnlyReason: this.readOnlyReason,
        person: { id: peer.member.person, name: peer.member.name, colour: peer.member.colour },
        roots: this.#deps.hooks.rules.roots,
        serverTime: this.#deps.clock.now(),
      } satisfies messages.Hello);
    }
    peer.begin(this);
    if (peer.version === 1) void this.#greet(peer);
  }

  async #greet(peer: Peer): Promise<void> {
    const { truth, sessionState } = this.#deps.hooks;
    try {
      const [truthNow, session] = await Promise.all([
        truth?.(this.board, peer.member),
        sessionState?.(this.board, peer.member),
      ]);
      if (truthNow != null && !peer.closed) peer.sendJson(kind.truth, truthNow);
      if (session != null && !peer.closed) peer.sendJson(kind.session, session);
    } catch (cause) {
      this.#deps.log.error(
        { board: this.board, cause: String(cause) },
        'the truth of a board could not be read',
      );
    }
  }

  leave(peer: Peer): void {
    if (!this.peers.delete(peer)) return;
    this.outboxes.leave(peer);
    this.presence.leave(peer);
  }

  /** Sync step 1: everything committed that this client does not have, then it is live. */
  async answerStep1(peer: Peer, vector: Uint8Array, seqAtStart: number): Promise<void> {
    await this.line.readToHead();
    if (peer.closed) return;
    const { committed } = this.state;
    const known = peer.live ? 0 : seqAtStart;
    const frames = peer.version === 1 ? committed.framesFor(known) : committed.stockFramesFor(vector);
    for (const each of frames) peer.wire.send(each);
    peer.position = committed.head;
    const first = !peer.live;
    peer.live = true;
    // A board without anything would make a stock client upload its whole document; that is what it should do then.
    if (first && peer.version === 0 && peer.canWrite) peer.askForMissing(committed.whole().vector);
    if (first) this.presence.show(peer);
  }

  // --- edits ------------------------------------------------------------------------------------------------------

  /** Slot k of this connection is that outbox. */
  async openOutbox(peer: Peer, slot: number, id: string): Promise<void> {
    await this.line.readToHead();
    await this.outboxes.open(peer, slot, id);
  }

  takeEdit(peer: Peer, outbox: OutboxState, n: number, bytes: Uint8Array): void {
    if (outbox.ended || outbox.waiting) return;
    if (n <= outbox.accepted) {
      if (n <= outbox.durable) {
        peer.wire.send(frame(messages.encodeAck(outbox.slot, outbox.durable, this.state.committed.head)));
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
      const isNew = this.working().isNew(bytes);
      if (isNew) this.refuse(sender, 0, bytes, stop, nackReasons[stop].says, peer);
      return;
    }
    this.#take(sender, peer.outboxId, peer.stockN + 1, bytes, peer);
  }

  #whyNot(peer: Peer): NackReason | null {
    if (this.#life.state === 'stuck') return this.#life.reason;
    if (this.#life.state === 'read-only') return 'unavailable';
    if (!peer.canWrite) return 'read-only';
    return null;
  }

  /** The working document with everything accepted so far. */
  working(): WorkingDocument {
    return this.state.working(() => this.line.acceptedBytes());
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
    const working = this.working();
    const fresh = new Set<number>();
    const verdict = working.take(bytes, member, (client) => {
      const reason = this.state.mayWriteAs(
        member.person,
        client,
        this.presence.isPresentElsewhere(client, member.person),
      );
      if (!reason && !this.state.claims.has(client)) fresh.add(client);
      return reason;
    });
    this.#deps.metrics?.observe('checkMicros', (performance.now() - startedAt) * 1000);
    if (verdict.kind === 'refused') {
      if (verdict.spoiled) this.state.discard();
      return this.refuse(sender, n, bytes, verdict.reason, verdict.detail, peer);
    }
    if (fresh.size > 0 && peer && peer.claimed.add(fresh.size, this.#deps.clock.now()) > newIdsPerHour) {
      this.state.discard();
      return this.refuse(sender, n, bytes, 'foreign-id', 'too many new ids', peer);
    }
    // A stock client's step 2 often brings nothing; a numbered edit is stored all the same, its number counts.
    if (verdict.kind === 'nothing-new' && sender.kind !== 'outbox') return;
    if (this.state.committed.bytes + bytes.byteLength > boardBytesCap && verdict.kind === 'accepted') {
      this.state.discard();
      return this.refuse(sender, n, bytes, 'board-full', nackReasons['board-full'].says, peer);
    }
    for (const client of fresh) this.state.claims.set(client, member.person);
    const clientIds = verdict.kind === 'accepted' ? [...verdict.inspection.writes.keys()] : [];
    if (sender.kind === 'outbox') sender.outbox.accepted = n;
    else if (peer) peer.stockN = n;
    this.#editedAt = this.#deps.clock.now();
    const pending = this.#pending(sender, outboxId, n, bytes, clientIds);
    if (verdict.kind !== 'accepted') return this.line.push(pending);
    this.#deletions.count(member, verdict.touched.removed.size, working.recordCount);
    this.line.push(pending, ...this.#repair(working, verdict.touched));
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
    this.state.claims.set(client, 'server');
    const { outbox, n } = this.line.nextServerNumber();
    return this.#pending(sender, outbox, n, bytes, []);
  }

  #repair(working: WorkingDocument, touched: Parameters<WorkingDocument['repair']>[0]): Pending[] {
    const bytes = working.repair(touched);
    return bytes ? [this.#serverPending({ kind: 'repair' }, bytes, working.doc.clientID)] : [];
  }

  /** The server's own edit: seen and kept like any other, checked by nobody. Resolves once it is durable. */
  edit(origin: ServerOrigin, redo: (doc: Y.Doc) => void): Promise<{ seq: number }> {
    return new Promise((resolve, reject) => {
      if (this.readOnlyReason !== null) return reject(new Error(this.readOnlyReason));
      const sender: Sender = {
        kind: 'server',
        origin,
        redo,
        done: (seq) => resolve({ seq }),
        failed: reject,
      };
      this.takeServer(sender);
    });
  }

  /** Makes (or makes again) a server edit; a change that throws spoils the document and is refused whole. */
  takeServer(sender: Extract<Sender, { kind: 'server' }>): void {
    const working = this.working();
    try {
      const made = working.change(sender.origin, sender.redo);
      if (!made) return sender.done(this.state.committed.head);
      this.#editedAt = this.#deps.clock.now();
      const pending = this.#serverPending(sender, made.bytes, working.doc.clientID);
      this.line.push(pending, ...this.#repair(working, made.touched));
    } catch (cause) {
      this.state.discard();
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
        { board: this.board, person: member.person, reason, detail, size: bytes.byteLength },
        'an edit was refused',
      );
      this.#deps.hooks.refused?.({ board: this.board, member, reason, detail, bytes, at: now });
    }
    if (sender.kind === 'outbox') {
      if (temporary) sender.outbox.waiting = true;
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

  // --- the rest ---------------------------------------------------------------------------------------------------

  hearSession(peer: Peer, message: unknown): Promise<void> {
    const ask = this.#deps.hooks.sessionMessage?.(this.board, peer.member, message) ?? Promise.resolve(null);
    return ask.then(
      (answer) => {
        if (answer != null && !peer.closed) peer.sendJson(kind.session, answer);
      },
      (cause: unknown) =>
        this.#deps.log.error({ board: this.board, cause: String(cause) }, 'a session message failed'),
    );
  }

  /** Answers with our own hash when the client's differs at the same seq; it then fetches the board afresh. */
  compareHash(peer: Peer, seq: number, hash: string): void {
    const { committed } = this.state;
    if (seq !== committed.head || !this.line.isIdle) return;
    if (this.#hash?.seq !== seq) this.#hash = { seq, hash: contentHash(this.content()) };
    if (this.#hash.hash === hash) return;
    this.#deps.metrics?.count('hashMismatch');
    this.#deps.log.error(
      { board: this.board, seq, person: peer.member.person },
      'a client shows other content',
    );
    peer.wire.send(frame(messages.encodeHash(seq, this.#hash.hash)));
  }

  /** Everything committed and accepted, as plain records by root. */
  content(): Record<string, unknown> {
    const { doc } = this.working();
    return Object.fromEntries(this.#deps.hooks.rules.roots.map((root) => [root, doc.getMap(root).toJSON()]));
  }

  /** Looks at the rights of these peers again. */
  async recheck(which: (peer: Peer) => boolean): Promise<void> {
    await Promise.all(
      [...this.peers].filter(which).map(async (peer) => {
        const right = await this.#deps.hooks.rightNow(peer.member, this.board).catch(() => null);
        if (right === null || peer.closed || right === peer.member.right) return;
        if (right === 'none')
          return peer.close(closeCode.forbidden, 'you have no right to this board any more');
        peer.member = { ...peer.member, right };
        peer.sendRights(this.readOnlyReason);
      }),
    );
  }

  /** Every 10 s: dead lines end, stock clients hear something, an unused document is dropped. */
  beat(): void {
    const now = this.#deps.clock.now();
    for (const peer of this.peers) {
      if (now - peer.heardAt > limits.deadMs) {
        peer.wire.terminate();
        peer.gone();
        continue;
      }
      peer.wire.ping();
      if (peer.version === 0) peer.wire.send(frame(emptyPresence));
    }
    if (now - this.#editedAt > idleDocumentMs && this.line.isIdle) this.#state?.discard();
    if (now - this.#rightsAt > rightsEveryMs) {
      this.#rightsAt = now;
      void this.recheck(() => true);
    }
  }

  replaced(): void {
    this.on({ type: 'replaced' });
    this.state.discard();
  }

  sendRightsToAll(): void {
    for (const peer of this.peers) peer.sendRights(this.readOnlyReason);
  }
}
