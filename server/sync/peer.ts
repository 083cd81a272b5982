import * as decoding from 'lib0/decoding';
import { closeCode } from '#protocol/close-codes.ts';
import { kind } from '#protocol/kinds.ts';
import { limits } from '#protocol/limits.ts';
import { isOutboxId } from '#protocol/outbox-id.ts';
import * as messages from '#protocol/messages.ts';
import type { BoardGuard } from '#domain/access/guard.ts';
import type { NackReason } from '#protocol/refusals.ts';
import { encodeSync, syncStep } from './committed.ts';
import { RecentCount } from './gate/recent-count.ts';
import { TokenBucket } from './gate/token-bucket.ts';
import type { Member, SyncClock } from './hooks.ts';
import type { OutboxState } from './pending.ts';
import { readPresence } from './presence.ts';
import type { Room } from './room.ts';
import { frame, type Wire } from './wire.ts';

const strikesToMute = 3;
const envelopeBytes = 64;
const slotCap = 64;

export interface PeerOptions {
  readonly wire: Wire;
  readonly member: Member;
  /** 1: one of our clients; 0: a stock y-websocket client. */
  readonly version: 0 | 1;
  /** Where one of our clients stands already; 0 for nothing. */
  readonly seq: number;
  /** Version of the board's document that one of our clients understands; null when it did not say. */
  readonly schema?: number | null;
  /** The Yjs client id one of our clients announced; a stock client's is its first word of presence. */
  readonly clientId: number | null;
  readonly clock: SyncClock;
  /** For stock clients, whose edits the server numbers itself. */
  readonly outboxId: string;
}

/**
 * One connection to one board: reads its messages in order, keeps its limits, and hands what is left to the room. The
 * right of the member is looked at for every single frame.
 */
export class Peer {
  readonly wire: Wire;
  readonly version: 0 | 1;
  readonly outboxId: string;
  readonly schema: number | null;
  readonly #clock: SyncClock;
  readonly #seqAtStart: number;
  member: Member;
  room: Room | null = null;
  /** Answered sync step 1: gets edits from now on. */
  live = false;
  /** Sequence number up to which edits were sent. */
  position = 0;
  slowSince: number | null = null;
  heardAt: number;
  closed = false;
  /** Too many refused edits: this connection may only look. */
  muted = false;
  presenceId: number | null;
  presenceSaid = false;
  /** Number of the last edit of a stock client. */
  stockN = 0;
  readonly slots = new Map<number, OutboxState>();
  readonly #pieces = new Map<number, { n: number; of: number; size: number; parts: Uint8Array[] }>();
  readonly #strikes = new RecentCount(60_000);
  readonly claimed = new RecentCount(3_600_000);
  readonly #bytes: TokenBucket;
  readonly #edits: TokenBucket;
  readonly #presence: TokenBucket;
  /** A flood is not read on before this moment; 0 while nothing is held back. */
  #restUntil = 0;
  #inbox: Uint8Array[] = [];
  #busy = true;

  constructor(options: PeerOptions) {
    this.wire = options.wire;
    this.version = options.version;
    this.member = options.member;
    this.outboxId = options.outboxId;
    this.schema = options.schema ?? null;
    this.presenceId = options.clientId;
    this.#clock = options.clock;
    this.#seqAtStart = options.seq;
    const now = options.clock.now();
    this.heardAt = now;
    this.#bytes = new TokenBucket(8 * 1024 * 1024, (5 * 1024 * 1024) / 60, now);
    this.#edits = new TokenBucket(400, 100, now);
    this.#presence = new TokenBucket(60, 30, now);
  }

  get canWrite(): boolean {
    return !this.muted && (this.member.right === 'write' || this.member.right === 'manage');
  }

  /** The room is open: what came meanwhile is read now. */
  begin(room: Room): void {
    this.room = room;
    this.wire.resume();
    this.#busy = false;
    this.#drain();
  }

  heard(): void {
    this.heardAt = this.#clock.now();
  }

  /** A message arrived. Never throws: a message that makes no sense closes this socket and nothing else. */
  receive(message: Uint8Array): void {
    this.heard();
    if (this.closed) return;
    const cap = this.version === 1 ? limits.frameBytes + envelopeBytes : limits.stockMessageBytes;
    if (message.byteLength > cap) return this.close(closeCode.tooLarge, `a message may hold ${cap} bytes`);
    const wait = this.#bytes.take(message.byteLength, this.#clock.now());
    if (wait > 0) this.#rest(wait);
    this.#inbox.push(message);
    if (!this.#busy) this.#drain();
    else if (this.#inbox.length > 1_000) this.close(closeCode.tooManyRequests, 'too many messages at once');
  }

  /** A flood is slowed down at its source: the network holds it back while the bucket fills. */
  #rest(ms: number): void {
    this.wire.pause();
    const wasResting = this.#restUntil > 0;
    this.#restUntil = Math.max(this.#restUntil, this.#clock.now() + Math.min(ms, 5_000));
    if (!wasResting) this.#wake();
  }

  /** Reads on when all that was overdrawn meanwhile has passed, not when the first of it has. */
  #wake(): void {
    this.#clock.after(Math.max(0, this.#restUntil - this.#clock.now()), () => {
      this.heard();
      if (this.#clock.now() < this.#restUntil) return this.#wake();
      this.#restUntil = 0;
      if (!this.closed && this.room) this.wire.resume();
    });
  }

  #drain(): void {
    while (!this.#busy && !this.closed) {
      const message = this.#inbox.shift();
      if (!message) return;
      let later: Promise<void> | void;
      try {
        later = this.#handle(decoding.createDecoder(message));
      } catch {
        return this.close(closeCode.refusedEdit, 'a message could not be read');
      }
      if (later) {
        this.#busy = true;
        const go = (): void => {
          this.#busy = false;
          this.#drain();
        };
        later.then(go, () => {
          if (!this.closed) this.close(closeCode.loadFailed, 'the board could not be read');
          go();
        });
      }
    }
  }

  #handle(from: decoding.Decoder): Promise<void> | void {
    const room = this.room;
    if (!room) return;
    const type = decoding.readVarUint(from);
    switch (type) {
      case kind.sync:
        return this.#handleSync(room, from);
      case kind.awareness: {
        const entries = readPresence(decoding.readVarUint8Array(from));
        if (this.#presence.tryTake(this.#clock.now())) room.presence.hear(this, entries);
        return;
      }
      case kind.auth:
        return;
      case kind.queryAwareness:
        return room.presence.show(this);
    }
    if (this.version === 0) return this.close(closeCode.refusedEdit, 'an unknown kind of message');
    switch (type) {
      case kind.edit: {
        const { slot, n, bytes } = messages.readEdit(from);
        return this.#edit(room, slot, n, bytes);
      }
      case kind.fragment:
        return this.#fragment(room, messages.readFragment(from));
      case kind.outbox: {
        const { slot, outbox } = messages.readOpenOutbox(from);
        if (!isOutboxId(outbox) || slot > slotCap) throw new Error('not an outbox');
        return room.openOutbox(this, slot, outbox);
      }
      case kind.beat: {
        const { sentAt } = messages.readBeat(from);
        return this.wire.send(frame(messages.encodeBeat(sentAt, this.#clock.now())));
      }
      case kind.hash: {
        const { seq, hash } = messages.readHash(from);
        return room.compareHash(this, seq, hash);
      }
      case kind.session:
        return room.hearSession(this, messages.readJson(from));
      default:
        this.close(closeCode.refusedEdit, 'an unknown kind of message');
    }
  }

  #handleSync(room: Room, from: decoding.Decoder): Promise<void> | void {
    const step = decoding.readVarUint(from);
    const bytes = decoding.readVarUint8Array(from);
    if (step === syncStep.one) return room.answerStep1(this, bytes, this.#seqAtStart);
    if (step !== syncStep.two && step !== syncStep.update) throw new Error('an unknown sync step');
    // Edits of our clients travel through their outbox only.
    if (this.version === 1) return;
    this.#limitEdits();
    return room.gate.takeStock(this, bytes);
  }

  #limitEdits(): void {
    const wait = this.#edits.take(1, this.#clock.now());
    if (wait > 0) this.#rest(wait);
  }

  #edit(room: Room, slot: number, n: number, bytes: Uint8Array): void {
    const outbox = this.slots.get(slot);
    // Sent before the client heard that it has to open the slot again; it will send this once more.
    if (!outbox) return;
    this.#limitEdits();
    room.gate.takeEdit(this, outbox, n, bytes);
  }

  /** Pieces of one edit, in order; checked and stored as ONE edit once whole. */
  #fragment(room: Room, piece: ReturnType<typeof messages.readFragment>): void {
    if (piece.of < 1 || piece.of > limits.editBytes / 1024) throw new Error('too many pieces');
    let held = this.#pieces.get(piece.slot);
    if (piece.i === 0) {
      held = { n: piece.n, of: piece.of, size: 0, parts: [] };
      this.#pieces.set(piece.slot, held);
    }
    if (!held || held.n !== piece.n || held.of !== piece.of || held.parts.length !== piece.i) {
      throw new Error('a piece out of order');
    }
    held.size += piece.bytes.byteLength;
    if (held.size > limits.editBytes) return this.close(closeCode.tooLarge, 'an edit may hold 4 MB');
    held.parts.push(piece.bytes);
    if (held.parts.length < held.of) return;
    this.#pieces.delete(piece.slot);
    this.#edit(room, piece.slot, piece.n, new Uint8Array(Buffer.concat(held.parts)));
  }

  /** Asks a stock client for what the board does not have yet. Never spoken to one that may not write. */
  askForMissing(vector: Uint8Array): void {
    this.wire.send(frame(encodeSync(syncStep.one, vector)));
  }

  nack(outbox: OutboxState, n: number, reason: NackReason, detail: string): void {
    this.wire.send(frame(messages.encodeNack(outbox.slot, n, reason, detail)));
  }

  sendJson(of: number, value: unknown): void {
    this.wire.send(frame(messages.encodeJson(of, value)));
  }

  sendRights(readOnlyReason: string | null, guard?: BoardGuard, own: readonly string[] | null = null): void {
    if (this.version === 0) return;
    const right = this.muted && this.canLook ? 'read' : this.member.right;
    const guarded = guard ? { guard, own, teams: this.member.teams ?? [] } : {};
    this.sendJson(kind.rights, { right, readOnlyReason, ...guarded } satisfies messages.Rights);
  }

  get canLook(): boolean {
    return this.member.right !== 'none';
  }

  /** Counts a refused edit; true when this one made the connection read-only. */
  strike(): boolean {
    if (this.muted || this.#strikes.add(1, this.#clock.now()) < strikesToMute) return false;
    this.muted = true;
    return true;
  }

  close(code: number, reason: string): void {
    if (this.closed) return;
    this.closed = true;
    this.wire.close(code, reason);
    this.room?.leave(this);
  }

  /** The socket is gone. */
  gone(): void {
    this.closed = true;
    this.room?.leave(this);
  }
}
