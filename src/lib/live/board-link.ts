import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { openGuard } from '#domain/access/guard.ts';
import { closeCode } from '#protocol/close-codes.ts';
import { limits } from '#protocol/limits.ts';
import * as messages from '#protocol/messages.ts';
import { nackReasons, type NackReason } from '#protocol/refusals.ts';
import { GapWatch } from './gap-watch.ts';
import { LiveDocument } from './live-document.ts';
import { lookEveryMs } from './live-state.ts';
import { ConnectionStatus, deviceFull } from './connection-status.ts';
import { readServerMessage, type ServerMessage } from './read-server-message.ts';
import type { ConnectionOptions } from './connection-options.ts';
import type { CachedBoard } from './live-store.ts';
import { OutboxLine } from './outbox-line.ts';
import { recoverFrom, setAside, type Recovery } from './recovery.ts';
import { ServerTime } from './server-time.ts';
import type { Transport } from './transport.ts';
import { repeat } from './repeat.ts';

/**
 * The engine of a BoardConnection: one document, its outbox and its line, and what happens when any of them fails. Its
 * fields are the connection's to read; it alone changes them.
 */
export class BoardLink {
  readonly #options: ConnectionOptions;
  live = new LiveDocument();
  line: OutboxLine;
  readonly status: ConnectionStatus;
  readonly serverTime = new ServerTime();
  readonly documentListeners = new Set<(doc: Y.Doc, awareness: Awareness) => void>();
  roots: readonly string[];
  #transport: Transport | null = null;
  readonly #timers: (() => void)[] = [];
  #quietHashAt = 0;
  #cacheBroken = false;
  readonly #gaps = new GapWatch();
  #ended = false;
  #recovering: Promise<void> | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.roots = options.roots ?? [];
    this.line = this.#newLine();
    this.status = new ConnectionStatus(
      () => this.line,
      () => options.clock.now(),
    );
  }

  /** Shows this device's copy, takes over edits of tabs that died, and goes on line. Resolves when the copy is shown. */
  async start(): Promise<void> {
    const { store, board, clock } = this.#options;
    const cached = await store.cachedBoard(board).catch(() => null);
    if (cached) {
      this.live.show(cached.parts, cached.epoch, cached.seq);
      this.status.source = 'device';
    }
    this.line.listen(this.live);
    await this.line.adoptDead(this.live);
    this.status.copies = (await store.copies(board, this.#options.person).catch(() => [])).length;
    if (this.#ended) return;
    this.#connect();
    this.#timers.push(repeat(clock, limits.beatMs, () => this.#beat()));
    this.#timers.push(repeat(clock, lookEveryMs, () => this.status.tell()));
    this.status.tell();
  }

  #newLine(): OutboxLine {
    const { board, person, store, locks, clock, random } = this.#options;
    return new OutboxLine(
      { board, person, store, locks, clock, random },
      (message) => this.#transport?.send(message),
      () => this.status.tell(),
      () => this.live.position(board),
    );
  }

  #connect(): void {
    const { doc, awareness } = this.live;
    this.status.heardAt = this.#options.clock.now();
    this.#transport = this.#options.transport(doc, awareness, () => this.live.query(), {
      opened: () => {
        this.status.link = 'connecting';
        this.status.heardAt = this.#options.clock.now();
      },
      heard: (type, from) => this.#heard(readServerMessage(type, from)),
      lost: (code, reason, final) => this.#lost(code, reason, final),
    });
    this.#transport.connect();
  }

  #heard(message: ServerMessage): void {
    this.status.heardAt = this.#options.clock.now();
    switch (message.is) {
      case 'hello':
        this.#greeted(message.hello);
        break;
      case 'update':
        this.#updated(message);
        break;
      case 'outbox':
        this.line.opened(message.slot, message.last);
        if (this.line.kept === 0) this.status.forgetTemporary();
        break;
      case 'ack':
        this.line.acked(message.slot, message.n);
        this.status.forgetTemporary();
        break;
      case 'nack':
        this.#refused(message);
        break;
      case 'beat':
        this.serverTime.learn(message.sentAt, message.serverTime, this.#options.clock.now());
        break;
      case 'rights':
        // What was kept back during a pause goes at once.
        if (this.status.takeRights(message.rights)) this.line.retryNow();
        break;
      case 'truth':
        this.status.truth = message.value;
        break;
      case 'session':
        this.status.session = message.value;
        break;
      case 'other-content':
        this.#fetchAfresh('What this window showed was not what the server has.', true);
        break;
      case 'unknown':
        break;
    }
    this.status.tell();
  }

  #greeted(hello: messages.Hello): void {
    this.status.hello = hello;
    this.roots = hello.roots;
    this.status.takeRights({ ...hello, guard: openGuard });
    this.status.closed = null;
    this.status.link = 'open';
    if (this.status.refusal?.code === 'closed') this.status.refusal = null;
    this.live.epoch = hello.epoch;
    this.serverTime.learn(this.#options.clock.now(), hello.serverTime, this.#options.clock.now());
    this.#sendBeat();
    this.line.connected();
  }

  #updated({ from, to, bytes }: { from: number; to: number; bytes: Uint8Array }): void {
    const { store, board } = this.#options;
    if (from > this.live.seq) return this.#transport?.renew();
    this.live.take(bytes, to);
    if (to >= (this.status.hello?.seq ?? 0)) this.status.source = 'server';
    this.#quietHashAt = this.#options.clock.now();
    if (this.live.epoch === null || this.#cacheBroken || (from === to && from > 0)) return;
    store.cache({ board, epoch: this.live.epoch, seq: to }, from, bytes).catch(() => {
      // A copy with a hole is worse than none; edits are not concerned, they live in the outbox.
      this.#cacheBroken = true;
      store.dropCache(board).catch(() => {});
    });
  }

  #refused(nack: { slot: number; n: number; reason: NackReason; detail: string }): void {
    const { temporary, says } = nackReasons[nack.reason];
    if (!temporary) this.status.refusal = { code: nack.reason, reason: says };
    else if (nack.n > 0 && nack.reason !== 'gap') this.status.refusal ??= { code: nack.reason, reason: says };
    if (temporary) {
      if (!this.#gaps.isStuck(nack)) return this.line.retryLater(nack.slot);
    }
    if (nack.reason === 'reload-needed') return;
    const refused = this.line.slotAt(nack.slot);
    if (!refused) return;
    const keepRest = nack.reason !== 'read-only' && nack.reason !== 'revoked';
    this.#recover((fresh, cached) =>
      recoverFrom({
        slots: this.line.unsettled,
        refused,
        n: nack.n,
        reason: says,
        keepRest,
        fresh,
        cached,
        roots: this.roots,
        owner: this.#options,
      }),
    );
  }

  /** What this window shows can not go on: everything unsent is kept as a copy, and the board is loaded anew. */
  #fetchAfresh(reason: string, differs = false): void {
    const drop = this.#options.store.dropCache(this.#options.board);
    this.#recover(
      (_fresh, _cached) =>
        setAside(this.line.unsettled, reason, this.live.doc, this.roots, this.#options, differs),
      drop,
    );
  }

  /** Ends the document: a fresh one from what is committed, a new client id, a new outbox, a new line. */
  #recover(fill: (fresh: LiveDocument, cached: CachedBoard | null) => Recovery, first?: Promise<void>): void {
    if (this.#recovering || this.#ended) return;
    this.#transport?.destroy();
    this.#transport = null;
    this.status.link = 'connecting';
    this.#recovering = this.#replace(fill, first);
    this.#recovering.catch(() => this.#deviceFailed());
  }

  async #replace(
    fill: (fresh: LiveDocument, cached: CachedBoard | null) => Recovery,
    first?: Promise<void>,
  ): Promise<void> {
    const { store, board, person } = this.#options;
    await first;
    await this.line.written();
    const cached = await store.cachedBoard(board);
    // From here until the listeners know, nothing waits: no edit can slip between the two documents.
    const old = { live: this.live, line: this.line };
    old.line.flush();
    const fresh = new LiveDocument();
    if (cached) fresh.show(cached.parts, cached.epoch, cached.seq);
    const recovery = fill(fresh, cached);
    fresh.awareness.setLocalState(old.live.awareness.getLocalState());
    this.live = fresh;
    this.status.source = cached ? 'device' : 'nothing';
    this.line = this.#newLine();
    this.line.listen(fresh);
    for (const listener of [...this.documentListeners]) listener(fresh.doc, fresh.awareness);
    this.status.tell();

    for (const copy of recovery.copies) await store.keepCopy(copy);
    await old.line.written();
    for (const { outbox, from } of recovery.forget) await store.forget(outbox, from);
    await old.line.stop();
    await this.line.adoptDead(fresh);
    this.status.copies = (await store.copies(board, person)).length;
    old.live.destroy();
    this.#recovering = null;
    if (this.#ended) return;
    this.#connect();
    this.status.tell();
  }

  #lost(code: number, reason: string, final: boolean): void {
    this.status.link = 'closed';
    this.line.disconnected();
    this.status.heardAt = this.#options.clock.now();
    if (code === closeCode.epochChanged) return this.#fetchAfresh('the board was replaced');
    if (final) {
      this.status.closed = { code, reason };
      if (this.line.kept > 0) {
        this.status.refusal ??= { code: 'closed', reason: reason || 'The server closed the board.' };
      }
    }
    this.status.tell();
  }

  /** The device would not keep an edit or the copy of the board: say so, the page must not be closed lightly. */
  #deviceFailed(): void {
    this.status.refusal = deviceFull;
    this.status.tell();
  }

  #sendBeat(): void {
    this.#transport?.send(messages.encodeBeat(this.#options.clock.now(), 0));
  }

  #beat(): void {
    const now = this.#options.clock.now();
    if (this.status.closed || this.#recovering) return;
    // Also a line that never came to life: neither an answer nor an end.
    if (!this.status.isAlive) return this.#transport?.renew();
    if (this.status.link !== 'open') return;
    this.#sendBeat();
    if (this.line.kept === 0 && this.#quietHashAt > 0 && now - this.#quietHashAt > 30_000) {
      this.#quietHashAt = 0;
      this.#transport?.send(messages.encodeHash(this.live.seq, this.live.hash(this.roots)));
    }
  }

  /** Sends a message; dropped while there is no line. */
  send(message: Uint8Array): void {
    this.#transport?.send(message);
  }

  renew(): void {
    this.#transport?.renew();
  }

  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    for (const stop of this.#timers) stop();
    await this.#recovering?.catch(() => {});
    await this.line.stop();
    this.#transport?.destroy();
    this.live.destroy();
    this.status.end();
    this.documentListeners.clear();
  }
}
