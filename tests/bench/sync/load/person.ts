import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { newOutboxId } from '#protocol/outbox-id.ts';
import { readPresence } from '#server/sync/presence.ts';
import type { Crowd } from './crowd.ts';
import { dialects, type Dialect, type DialectName, type Line } from './dialects.ts';
import { LoadSocket, type SocketEars } from './socket.ts';
import { Spread } from './spread.ts';

export interface PersonOptions {
  readonly origin: string;
  readonly board: string;
  readonly dialect: DialectName;
  /** Where this person's edits are kept; null for somebody who only comes and looks. */
  readonly crowd: Crowd | null;
  readonly seed?: Uint8Array;
  /** Keeps a real document with the `ws` package, as a browser would; the others only count. */
  readonly isWhole?: boolean;
  /** Added to the address by somebody of ours who was here before: `&epoch=1&seq=1`. */
  readonly standing?: string;
  readonly vector?: Uint8Array;
  /** What it got, in one piece; valid during the call. */
  onDocument?(update: Uint8Array): void;
  onReady?(): void;
  onClosed?(code: number | null): void;
}

const nothing = new Uint8Array([0]);
let clients = 1_000_000;

/** One window of one person: a real WebSocket that speaks the server's protocol. */
export class Person implements Line {
  readonly board: string;
  readonly client = (clients += 1 + Math.floor(Math.random() * 1_000));
  readonly outbox = newOutboxId(Math.random);
  readonly vector: Uint8Array;
  readonly #options: PersonOptions;
  readonly #dialect: Dialect;
  readonly #account = randomUUID();
  readonly index: number;
  /** How many edits of each author have arrived. */
  have = new Uint32Array(0);
  /** Pieces of document that have arrived. */
  readonly ids: number[] = [];
  readonly doc: Y.Doc | null;
  #socket: { send(message: Uint8Array): void; end(): void; frames: number; bytes: number } | null = null;
  isReady = false;
  #clock = 0;
  #cursorSaidAt = -Infinity;
  #cursorTimer: NodeJS.Timeout | null = null;
  readonly cursorAt: number[] = [];
  sent = 0;
  acks = 0;
  #stockAcks = 0;
  readonly ackMs = new Spread();
  readonly refusals: string[] = [];
  presences = 0;
  onPresence: ((client: number, clock: number) => void) | null = null;

  constructor(options: PersonOptions) {
    this.#options = options;
    this.#dialect = dialects[options.dialect];
    this.board = options.board;
    this.vector = options.vector ?? nothing;
    this.doc = options.isWhole ? new Y.Doc() : null;
    this.index = options.crowd && options.seed ? options.crowd.add(this.client, options.seed) : -1;
  }

  connect(): void {
    const { origin, board, standing = '', isWhole = false } = this.#options;
    const url = this.#dialect.url(origin, board, this.client) + standing;
    const headers = { Authorization: `Bearer ${this.#account}` };
    const ears: SocketEars = {
      opened: () => this.#dialect.opened(this),
      heard: (message) => this.#dialect.heard(this, message),
      closed: (code) => {
        this.isReady = false;
        this.#options.onClosed?.(code);
      },
    };
    this.#socket = isWhole ? ordinarySocket(url, headers, ears) : new LoadSocket(url, headers, ears);
  }

  get frames(): number {
    return this.#socket?.frames ?? 0;
  }
  get bytes(): number {
    return this.#socket?.bytes ?? 0;
  }

  send(message: Uint8Array): void {
    this.sent += 1;
    this.#socket?.send(message);
  }

  end(): void {
    this.#socket?.end();
  }

  edit(now: number): void {
    const made = this.#options.crowd?.edit(this.index, now);
    if (!made) return;
    if (this.doc) Y.applyUpdate(this.doc, made.update);
    this.#dialect.edit(this, made.n, made.update);
  }

  /** The hand moved; what is told of it is the newest place, as often as this client does. */
  cursor(now: number, people: number): void {
    const every = this.#dialect.cursorEveryMs(people);
    if (every === null || now - this.#cursorSaidAt >= every) return this.#sayCursor(now);
    this.#cursorTimer ??= setTimeout(() => this.#sayCursor(now), this.#cursorSaidAt + every - now);
  }

  #sayCursor(now: number): void {
    this.#cursorTimer = null;
    this.#cursorSaidAt = performance.now();
    this.#clock += 1;
    this.cursorAt[this.#clock] = now;
    const at = { x: Math.round(Math.random() * 4_000), y: Math.round(Math.random() * 3_000) };
    const user = { name: `Person ${this.index}`, color: '#3366cc' };
    this.#dialect.cursor(this, this.#clock, { user, cursor: at });
  }

  ready(): void {
    if (this.isReady) return;
    this.isReady = true;
    this.#options.onReady?.();
  }

  document(update: Uint8Array): void {
    this.#options.onDocument?.(update);
    const { crowd } = this.#options;
    if (!crowd) return;
    if (this.doc) Y.applyUpdate(this.doc, update);
    const seen = crowd.see(update);
    this.ids.push(seen.id);
    crowd.deliver(seen, this.have, this.index, performance.now());
  }

  presence(update: Uint8Array): void {
    this.presences += 1;
    if (!this.onPresence) return;
    for (const { client, clock } of readPresence(update)) this.onPresence(client, clock);
  }

  acked(n: number | null): void {
    const upTo = n ?? ++this.#stockAcks;
    const madeAt = this.#options.crowd?.authors[this.index]?.madeAt ?? [];
    const now = performance.now();
    for (; this.acks < upTo; this.acks++) this.ackMs.add(now - (madeAt[this.acks] ?? now));
  }

  refused(reason: string): void {
    this.refusals.push(reason);
  }
}

function ordinarySocket(url: string, headers: Record<string, string>, ears: SocketEars) {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false });
  const held = {
    frames: 0,
    bytes: 0,
    send: (message: Uint8Array) => send(message),
    end: () => socket.terminate(),
  };
  const send = (message: Uint8Array): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(message);
  };
  socket.on('open', () => ears.opened());
  socket.on('message', (data: Buffer) => {
    held.frames += 1;
    held.bytes += data.byteLength;
    ears.heard(data);
  });
  socket.on('error', () => {});
  socket.on('close', (code) => ears.closed(code));
  return held;
}
