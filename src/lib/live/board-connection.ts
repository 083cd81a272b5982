import type * as decoding from 'lib0/decoding';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { closeCode } from '#protocol/close-codes.ts';
import { kind, PROTOCOL_VERSION } from '#protocol/kinds.ts';
import { limits } from '#protocol/limits.ts';
import * as messages from '#protocol/messages.ts';
import { nackReasons, type NackReason } from '#protocol/refusals.ts';
import { LiveDocument } from './live-document.ts';
import { isAlive, saveStatus, type LiveState, type SaveFacts } from './live-state.ts';
import type { CachedBoard, LiveStore, RecoveredCopy } from './live-store.ts';
import { OutboxLine } from './outbox-line.ts';
import { recoverFrom, setAside, type Recovery } from './recovery.ts';
import { ServerTime } from './server-time.ts';
import type { TabLocks } from './tab-locks.ts';
import type { LiveClock, MakeTransport, Transport } from './transport.ts';

export interface ConnectionOptions {
  readonly board: string;
  /** Person id: only this person's outboxes are adopted, and the server must agree. */
  readonly person: string;
  readonly transport: MakeTransport;
  readonly store: LiveStore;
  readonly locks: TabLocks;
  readonly clock: LiveClock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Names of the document's root maps, until the server tells them. */
  readonly roots?: readonly string[];
}

/**
 * One tab's connection to one board: the document, who else is here, and an honest answer to "is it saved?". It shows the
 * copy of this device at once, keeps every edit on the device until the server said it is durable, and survives reloads,
 * dead tabs, restarts, refusals and replaced boards. Free of any framework; live.svelte.ts makes it visible to runes.
 *
 * The document is replaced after a refusal (Yjs can not take back): listen with `onDocument`, never keep `doc`.
 */
export class BoardConnection {
  readonly options: ConnectionOptions;
  #live: LiveDocument;
  #line: OutboxLine;
  #transport: Transport | null = null;
  readonly #serverTime = new ServerTime();
  readonly #stateListeners = new Set<(state: LiveState) => void>();
  readonly #documentListeners = new Set<(doc: Y.Doc, awareness: Awareness) => void>();
  readonly #timers = new Set<() => void>();
  #roots: readonly string[];
  #hello: messages.Hello | null = null;
  #rights: messages.Rights = { right: 'read', readOnlyReason: null };
  #closedFor: { code: number; reason: string } | null = null;
  #refusal: SaveFacts['refusal'] = null;
  #link: LiveState['link'] = 'connecting';
  #source: LiveState['source'] = 'nothing';
  #heardAt = -Infinity;
  #truth: unknown = null;
  #session: unknown = null;
  #copies = 0;
  #quietHashAt = 0;
  #cacheBroken = false;
  #gaps = { at: '', count: 0 };
  #state: LiveState;
  #ended = false;
  #recovering: Promise<void> | null = null;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.#roots = options.roots ?? [];
    this.#live = new LiveDocument();
    this.#line = this.#newLine();
    this.#state = this.#read();
  }

  get doc(): Y.Doc {
    return this.#live.doc;
  }
  get awareness(): Awareness {
    return this.#live.awareness;
  }
  get state(): LiveState {
    return this.#state;
  }
  /** The server's clock now, in milliseconds since the epoch. */
  serverNow(): number {
    return this.options.clock.now() + this.#serverTime.offsetMs;
  }

  /** Called with every new state; the answer stops it. */
  subscribe(listener: (state: LiveState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => void this.#stateListeners.delete(listener);
  }

  /** Called when the document was replaced by a fresh one; the answer stops it. */
  onDocument(listener: (doc: Y.Doc, awareness: Awareness) => void): () => void {
    this.#documentListeners.add(listener);
    return () => void this.#documentListeners.delete(listener);
  }

  /** Shows this device's copy, takes over edits of tabs that died, and goes on line. Resolves when the copy is shown. */
  async start(): Promise<void> {
    const { store, board } = this.options;
    const cached = await store.cachedBoard(board).catch(() => null);
    if (cached) {
      this.#live.show(cached.parts, cached.epoch, cached.seq);
      this.#source = 'device';
    }
    this.#line.listen(this.#live);
    await this.#line.adoptDead(this.#live);
    this.#copies = (await store.copies(board, this.options.person).catch(() => [])).length;
    if (this.#ended) return;
    this.#connect();
    this.#every(limits.beatMs, () => this.#beat());
    this.#every(1_000, () => this.#changed());
    this.#changed();
  }

  #newLine(): OutboxLine {
    const { board, person, store, locks, clock, random } = this.options;
    return new OutboxLine(
      { board, person, store, locks, clock, random },
      (message) => this.#transport?.send(message),
      () => this.#changed(),
      () => this.#live.position(board),
    );
  }

  #connect(): void {
    const { doc, awareness } = this.#live;
    this.#heardAt = this.options.clock.now();
    this.#transport = this.options.transport(doc, awareness, () => this.#query(), {
      opened: () => {
        this.#link = 'connecting';
        this.#heardAt = this.options.clock.now();
      },
      heard: (type, from) => this.#heard(type, from),
      lost: (code, reason, final) => this.#lost(code, reason, final),
    });
    this.#transport.connect();
  }

  #query(): Record<string, string> {
    const { epoch, seq, doc } = this.#live;
    return {
      v: String(PROTOCOL_VERSION),
      client: String(doc.clientID),
      ...(epoch === null ? {} : { epoch: String(epoch), seq: String(seq) }),
    };
  }

  #heard(type: number, from: decoding.Decoder): void {
    this.#heardAt = this.options.clock.now();
    switch (type) {
      case kind.hello:
        this.#greeted(messages.readJson(from) as messages.Hello);
        break;
      case kind.update:
        this.#updated(messages.readUpdate(from));
        break;
      case kind.outbox: {
        const { slot, last } = messages.readOutboxState(from);
        this.#line.opened(slot, last);
        if (this.#line.kept === 0) this.#forgetTemporary();
        break;
      }
      case kind.ack: {
        const { slot, n } = messages.readAck(from);
        this.#line.acked(slot, n);
        this.#forgetTemporary();
        break;
      }
      case kind.nack:
        this.#refused(messages.readNack(from));
        break;
      case kind.beat: {
        const { sentAt, serverTime } = messages.readBeat(from);
        this.#serverTime.learn(sentAt, serverTime, this.options.clock.now());
        break;
      }
      case kind.rights:
        this.#rights = messages.readJson(from) as messages.Rights;
        break;
      case kind.truth:
        this.#truth = messages.readJson(from);
        break;
      case kind.session:
        this.#session = messages.readJson(from);
        break;
      case kind.hash:
        this.#fetchAfresh('what this window shows differs from the server');
        break;
    }
    this.#changed();
  }

  /** The server takes edits again. */
  #forgetTemporary(): void {
    const code = this.#refusal?.code;
    if (code && code !== 'closed' && code !== 'device' && nackReasons[code].temporary) this.#refusal = null;
  }

  #greeted(hello: messages.Hello): void {
    this.#hello = hello;
    this.#roots = hello.roots;
    this.#rights = { right: hello.right, readOnlyReason: hello.readOnlyReason };
    this.#closedFor = null;
    this.#link = 'open';
    if (this.#refusal?.code === 'closed') this.#refusal = null;
    this.#live.epoch = hello.epoch;
    this.#serverTime.learn(this.options.clock.now(), hello.serverTime, this.options.clock.now());
    this.#sendBeat();
    this.#line.connected();
  }

  #updated({ from, to, bytes }: { from: number; to: number; bytes: Uint8Array }): void {
    const { store, board } = this.options;
    if (from > this.#live.seq) return this.#transport?.renew();
    this.#live.take(bytes, to);
    this.#source = 'server';
    this.#quietHashAt = this.options.clock.now();
    if (this.#live.epoch === null || this.#cacheBroken || (from === to && from > 0)) return;
    store.cache({ board, epoch: this.#live.epoch, seq: to }, from, bytes).catch(() => {
      // A copy with a hole is worse than none; edits are not concerned, they live in the outbox.
      this.#cacheBroken = true;
      store.dropCache(board).catch(() => {});
    });
  }

  #refused(nack: { slot: number; n: number; reason: NackReason; detail: string }): void {
    const { temporary, says } = nackReasons[nack.reason];
    if (!temporary) this.#refusal = { code: nack.reason, reason: says };
    else if (nack.n > 0 && nack.reason !== 'gap') this.#refusal ??= { code: nack.reason, reason: says };
    if (temporary) {
      if (!this.#isStuckInGap(nack)) return this.#line.retryLater(nack.slot);
    }
    if (nack.reason === 'reload-needed') return;
    const refused = this.#line.slotAt(nack.slot);
    if (!refused) return;
    const keepRest = nack.reason !== 'read-only' && nack.reason !== 'revoked';
    this.#recover((fresh, cached) =>
      recoverFrom({
        slots: this.#line.unsettled,
        refused,
        n: nack.n,
        reason: says,
        keepRest,
        fresh,
        cached,
        roots: this.#roots,
        owner: this.options,
      }),
    );
  }

  /** An edit that builds on something refused in another outbox stays a gap for ever; the third time it is given up. */
  #isStuckInGap({ slot, n, reason }: { slot: number; n: number; reason: NackReason }): boolean {
    if (reason !== 'gap') return false;
    const at = `${slot}/${n}`;
    this.#gaps = { at, count: this.#gaps.at === at ? this.#gaps.count + 1 : 1 };
    return this.#gaps.count >= 3;
  }

  /** What this window shows can not go on: everything unsent is kept as a copy, and the board is loaded anew. */
  #fetchAfresh(reason: string): void {
    const drop = this.options.store.dropCache(this.options.board);
    this.#recover(
      (_fresh, _cached) => setAside(this.#line.unsettled, reason, this.#live.doc, this.#roots, this.options),
      drop,
    );
  }

  /** Ends the document: a fresh one from what is committed, a new client id, a new outbox, a new line. */
  #recover(fill: (fresh: LiveDocument, cached: CachedBoard | null) => Recovery, first?: Promise<void>): void {
    if (this.#recovering || this.#ended) return;
    this.#transport?.destroy();
    this.#transport = null;
    this.#link = 'connecting';
    this.#recovering = this.#replace(fill, first);
    this.#recovering.catch(() => this.#deviceFailed());
  }

  async #replace(
    fill: (fresh: LiveDocument, cached: CachedBoard | null) => Recovery,
    first?: Promise<void>,
  ): Promise<void> {
    const { store, board, person } = this.options;
    await first;
    await this.#line.written();
    const cached = await store.cachedBoard(board);
    // From here until the listeners know, nothing waits: no edit can slip between the two documents.
    const old = { live: this.#live, line: this.#line };
    old.line.flush();
    const fresh = new LiveDocument();
    if (cached) fresh.show(cached.parts, cached.epoch, cached.seq);
    const recovery = fill(fresh, cached);
    fresh.awareness.setLocalState(old.live.awareness.getLocalState());
    this.#live = fresh;
    this.#source = cached ? 'device' : 'nothing';
    this.#line = this.#newLine();
    this.#line.listen(fresh);
    for (const listener of [...this.#documentListeners]) listener(fresh.doc, fresh.awareness);
    this.#changed();

    for (const copy of recovery.copies) await store.keepCopy(copy);
    await old.line.written();
    for (const { outbox, from } of recovery.forget) await store.forget(outbox, from);
    await old.line.stop();
    await this.#line.adoptDead(fresh);
    this.#copies = (await store.copies(board, person)).length;
    old.live.destroy();
    this.#recovering = null;
    if (this.#ended) return;
    this.#connect();
    this.#changed();
  }

  #lost(code: number, reason: string, final: boolean): void {
    this.#link = 'closed';
    this.#line.disconnected();
    this.#heardAt = this.options.clock.now();
    if (code === closeCode.epochChanged) return this.#fetchAfresh('the board was replaced');
    if (final) {
      this.#closedFor = { code, reason };
      if (this.#line.kept > 0)
        this.#refusal = { code: 'closed', reason: reason || 'The server closed the board.' };
    }
    this.#changed();
  }

  /** The device would not keep an edit or the copy of the board: say so, the page must not be closed lightly. */
  #deviceFailed(): void {
    this.#refusal = {
      code: 'device',
      reason: 'This device has no room to keep changes. Stay on line until they are saved.',
    };
    this.#changed();
  }

  #sendBeat(): void {
    this.#transport?.send(messages.encodeBeat(this.options.clock.now(), 0));
  }

  #beat(): void {
    const now = this.options.clock.now();
    if (this.#closedFor || this.#recovering) return;
    // Also a line that never came to life: neither an answer nor an end.
    if (!isAlive(this.#heardAt, now)) return this.#transport?.renew();
    if (this.#link !== 'open') return;
    this.#sendBeat();
    if (this.#line.kept === 0 && this.#quietHashAt > 0 && now - this.#quietHashAt > 30_000) {
      this.#quietHashAt = 0;
      this.#transport?.send(messages.encodeHash(this.#live.seq, this.#live.hash(this.#roots)));
    }
  }

  #every(ms: number, run: () => void): void {
    const begin = (): void => {
      const stop = this.options.clock.after(ms, () => {
        this.#timers.delete(stop);
        if (this.#ended) return;
        run();
        begin();
      });
      this.#timers.add(stop);
    };
    begin();
  }

  #read(): LiveState {
    const now = this.options.clock.now();
    const lineAlive = this.#link === 'open' && isAlive(this.#heardAt, now);
    const canWrite = this.#rights.right === 'write' || this.#rights.right === 'manage';
    return {
      save: saveStatus({
        kept: this.#line.kept,
        unsavedSince: this.#line.unsavedSince,
        lineAlive,
        refusal: this.#refusal ?? (this.#line.deviceFailed && this.#line.kept > 0 ? deviceFull : null),
        now,
      }),
      loaded: this.#source !== 'nothing',
      source: this.#source,
      link: this.#link,
      right: this.#hello || this.#source === 'nothing' ? this.#rights.right : 'write',
      readOnlyReason: canWrite ? this.#rights.readOnlyReason : null,
      closed: this.#closedFor,
      recoveredCopies: this.#copies,
      truth: this.#truth,
      session: this.#session,
    };
  }

  #changed(): void {
    const next = this.#read();
    if (sameState(next, this.#state)) return;
    this.#state = next;
    for (const listener of [...this.#stateListeners]) listener(next);
  }

  /** A message of the facilitated session; dropped while there is no line. */
  sendSession(message: unknown): void {
    this.#transport?.send(messages.encodeJson(kind.session, message));
  }

  /** True while closing the page could lose something: ask before leaving. */
  get hasUnsaved(): boolean {
    return this.#line.kept > 0;
  }

  /** Hands over everything typed so far at once; call it when the page is hidden. */
  flush(): void {
    this.#line.flush();
  }

  /** What this window shows, for *Download a copy*: the document as a Yjs update and its records as JSON. */
  copy(): { bytes: Uint8Array; json: Record<string, unknown> } {
    const { doc } = this.#live;
    return {
      bytes: Y.encodeStateAsUpdate(doc),
      json: Object.fromEntries(this.#roots.map((root) => [root, doc.getMap(root).toJSON()])),
    };
  }

  recoveredCopies(): Promise<readonly RecoveredCopy[]> {
    return this.options.store.copies(this.options.board, this.options.person);
  }

  async dropCopy(id: string): Promise<void> {
    await this.options.store.dropCopy(id);
    this.#copies = (await this.recoveredCopies()).length;
    this.dismissRefusal();
  }

  /** The person has seen why something was not saved. */
  dismissRefusal(): void {
    this.#refusal = null;
    this.#changed();
  }

  /** Tries again after a final close, for example when the person signed in anew. */
  reconnect(): void {
    this.#closedFor = null;
    this.#refusal = null;
    this.#transport?.renew();
    this.#changed();
  }

  /** Ends the connection; what was not saved stays on the device and is adopted by the next tab. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    for (const stop of this.#timers) stop();
    await this.#recovering?.catch(() => {});
    await this.#line.stop();
    this.#transport?.destroy();
    this.#live.destroy();
    this.#stateListeners.clear();
    this.#documentListeners.clear();
  }
}

const deviceFull = {
  code: 'device',
  reason: 'This device has no room to keep changes. Stay on line until they are saved.',
} as const;

function sameState(a: LiveState, b: LiveState): boolean {
  const { save: saveA, closed: closedA, ...restA } = a;
  const { save: saveB, closed: closedB, ...restB } = b;
  if (JSON.stringify(saveA) !== JSON.stringify(saveB) || closedA !== closedB) return false;
  return (Object.keys(restA) as (keyof typeof restA)[]).every((key) => restA[key] === restB[key]);
}
