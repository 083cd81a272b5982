import { isOpen, openGuard, type BoardGuard } from '#domain/access/guard.ts';
import { closeCode } from '#protocol/close-codes.ts';
import { contentHash } from '#protocol/content-hash.ts';
import { kind, PROTOCOL_VERSION } from '#protocol/kinds.ts';
import * as messages from '#protocol/messages.ts';
import { nackReasons } from '#protocol/refusals.ts';
import type { BoardState } from './board-state.ts';
import type { WorkingDocument } from './document.ts';
import type { PermitFacts, SyncDependencies } from './hooks.ts';
import { JournalLine } from './journal-line.ts';
import type { Peer } from './peer.ts';
import { emptyPresence } from './presence.ts';
import { EditGate } from './edit-gate.ts';
import { OutboxDesk } from './outbox-desk.ts';
import { RoomPresence } from './room-presence.ts';
import { nextLife, type RoomEvent, type RoomLife } from './room-life.ts';
import { frame } from './wire.ts';
import { limits } from '#protocol/limits.ts';

const idleDocumentMs = 60_000;
const rightsEveryMs = 60_000;

/**
 * One board in memory: who is here and what is true of it. Edits are checked by the EditGate, stored and sent by the
 * JournalLine, which keeps the order commit, broadcast, ack (sync.md Y1).
 */
export class Room {
  readonly board: string;
  readonly peers = new Set<Peer>();
  readonly line: JournalLine;
  readonly presence: RoomPresence;
  readonly outboxes: OutboxDesk;
  readonly gate: EditGate;
  #life: RoomLife = { state: 'loading' };
  #state: BoardState | null = null;
  readonly #deps: SyncDependencies;
  #rightsAt: number;
  #isStill = false;
  #headAtBeat = -1;
  #hash: { seq: number; hash: string } | null = null;
  /** As last looked up: a document is not built only to greet somebody. */
  #schemaSeen: number | null = null;
  /** Who may change what, beside the right to the board. */
  guard: BoardGuard = openGuard;

  constructor(board: string, deps: SyncDependencies) {
    this.board = board;
    this.#deps = deps;
    this.#rightsAt = deps.clock.now();
    this.line = new JournalLine(this, deps);
    this.gate = new EditGate(this, deps);
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

  /** Nobody has written for a while, here or on another node, and everything is durable. */
  get isAtRest(): boolean {
    return this.#isStill && this.line.isIdle && !this.state.hasWorking;
  }

  /**
   * Milliseconds between two frames to everybody (sync.md Y2 "Tick"). Writing to sockets is most of what a large room
   * costs, and nobody sees the difference between 20 ms and 40; up to 80 people an ack within 30 ms counts for more.
   */
  get tickMs(): number {
    const { size } = this.peers;
    return Math.min(50, Math.max(6, size / 2.5, size - 50));
  }

  /** Version of the document's shape, and whether this server understands it; null where boards have none. */
  get schema(): { now: number; understood: boolean } | null {
    const { schema } = this.#deps.hooks.rules;
    const now = schema?.of(this.working().doc) ?? null;
    this.#schemaSeen = now;
    return schema && now !== null ? { now, understood: now <= schema.version } : null;
  }

  /** Brings an older board to this code's shape, once: whoever comes second finds nothing to do. */
  async migrate(): Promise<void> {
    const { schema } = this.#deps.hooks.rules;
    const known = this.schema;
    if (!schema || !known || known.now >= schema.version || this.readOnlyReason !== null) {
      // A document is held for who writes, not for having looked at its version: most boards are only read.
      return this.state.discard();
    }
    this.#deps.log.info({ board: this.board, from: known.now, to: schema.version }, 'a board is migrated');
    await this.gate.edit({ person: null, why: 'migration' }, (doc) => schema.migrate(doc));
    this.#schemaSeen = schema.version;
  }

  get permitFacts(): PermitFacts {
    return { guard: this.guard, holderOf: (client) => this.state.claims.get(client) };
  }

  /** Reads the guard again; what changed is told to every window, and holds from the next frame on. */
  async readGuard(): Promise<void> {
    const { guard } = this.#deps.hooks;
    if (!guard) return;
    const read = await guard(this.board);
    if (JSON.stringify(read) === JSON.stringify(this.guard)) return;
    this.guard = read;
    if (this.#state) this.sendRightsToAll();
  }

  isForeign(person: string, client: number): boolean {
    return this.state.mayWriteAs(person, client, false) !== null;
  }

  join(peer: Peer): void {
    this.on({ type: 'joined' });
    this.presence.join(peer);
    this.peers.add(peer);
    if (peer.version === 1) {
      peer.sendJson(kind.hello, {
        protocol: PROTOCOL_VERSION,
        epoch: this.state.epoch,
        seq: this.state.committed.head,
        right: peer.member.right,
        readOnlyReason: this.readOnlyReason,
        person: { id: peer.member.person, name: peer.member.name, colour: peer.member.colour },
        roots: this.#deps.hooks.rules.roots,
        ...(this.#schemaSeen === null ? {} : { schema: this.#schemaSeen }),
        serverTime: this.#deps.clock.now(),
      } satisfies messages.Hello);
      if (!isOpen(this.guard)) this.#sendRights(peer);
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

  /** Slot k of this connection is that outbox. */
  async openOutbox(peer: Peer, slot: number, id: string): Promise<void> {
    await this.line.readToHead();
    await this.outboxes.open(peer, slot, id);
  }

  /** The working document with everything accepted so far. */
  working(): WorkingDocument {
    return this.state.working(() => this.line.accepted.map(({ row }) => row.bytes));
  }

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
        if (right === null || peer.closed) return;
        if (right === 'none')
          return peer.close(closeCode.forbidden, 'you have no right to this board any more');
        const teams = (await this.#deps.hooks.teamsNow?.(peer.member).catch(() => null)) ?? peer.member.teams;
        if (right === peer.member.right && String(teams) === String(peer.member.teams)) return;
        peer.member = { ...peer.member, right, ...(teams ? { teams } : {}) };
        this.#sendRights(peer);
      }),
    );
  }

  /** Every 10 s: dead lines end, stock clients hear something, an unused document is dropped. */
  beat(): void {
    const now = this.#deps.clock.now();
    const { head } = this.state.committed;
    this.#isStill = head === this.#headAtBeat;
    this.#headAtBeat = head;
    for (const peer of this.peers) {
      // A little early: beats that come a moment late would otherwise find the dead only at the next one.
      if (now - peer.heardAt > limits.deadMs - 1_000) {
        peer.wire.terminate();
        peer.gone();
        continue;
      }
      peer.wire.ping();
      if (peer.version === 0) peer.wire.send(frame(emptyPresence));
    }
    if (now - this.gate.editedAt > idleDocumentMs && this.line.isIdle) this.#state?.discard();
    if (now - this.#rightsAt > rightsEveryMs) {
      this.#rightsAt = now;
      void this.readGuard().catch(() => {});
      void this.recheck(() => true);
    }
  }

  replaced(): void {
    this.on({ type: 'replaced' });
    this.state.discard();
  }

  sendRightsToAll(): void {
    for (const peer of this.peers) this.#sendRights(peer);
  }

  #sendRights(peer: Peer): void {
    if (peer.version === 0) return;
    const own =
      Object.keys(this.guard.areas).length === 0
        ? null
        : (this.#deps.hooks.rules.ownIn?.(this.working().doc, peer.member, this.permitFacts) ?? null);
    peer.sendRights(this.readOnlyReason, this.guard, own);
  }
}
