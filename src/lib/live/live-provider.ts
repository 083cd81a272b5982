import type * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encodeAwarenessUpdate, type Awareness } from 'y-protocols/awareness';
import { messageAwareness, WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { closeCode, isFinal } from '#protocol/close-codes.ts';
import { kind } from '#protocol/kinds.ts';
import { limits } from '#protocol/limits.ts';
import { spreadOf } from '#protocol/restart-spread.ts';
import { longestWait } from './longest-wait.ts';
import type { MakeTransport, Transport, TransportEars } from './transport.ts';

/** So long a restart may take before a tab is patient again. */
const restartMs = 60_000;

export interface ProviderOptions {
  /** `wss://host/sync` */
  readonly url: string;
  readonly board: string;
  readonly random: () => number;
  readonly WebSocket?: typeof WebSocket;
}

/**
 * y-websocket's provider with our own kinds of messages: it keeps the socket, sync step 1 and presence; edits go through
 * the outbox instead of its update handler, it never answers for other people's presence, and comes back with full
 * jitter, so that a restart does not bring everybody at the same moment.
 */
class LiveProvider extends WebsocketProvider implements Transport {
  readonly #ears: TransportEars;
  readonly #query: () => Record<string, string>;
  readonly #stopPresence: () => void;
  #lostWith: { code: number; reason: string } | null = null;
  /** The server restarts: it said within how many milliseconds to try, over and over. */
  #restart: { spread: number; until: number } | null = null;
  /** Since when there is no line that did anything useful. */
  #awaySince: number | null = null;

  constructor(
    options: ProviderOptions,
    doc: Y.Doc,
    awareness: Awareness,
    query: () => Record<string, string>,
    ears: TransportEars,
  ) {
    super(options.url, options.board, doc, {
      connect: false,
      awareness,
      disableBc: true,
      ...(options.WebSocket ? { WebSocketPolyfill: options.WebSocket } : {}),
    });
    this.#ears = ears;
    this.#query = query;
    this.doc.off('update', this._updateHandler);
    this.awareness.off('update', this._awarenessUpdateHandler);
    this.#stopPresence = this.#sendOwnPresence();
    Object.defineProperty(this, 'maxBackoffTime', {
      get: () => {
        const now = Date.now();
        const patient = longestWait(this.wsUnsuccessfulReconnects, now - (this.#awaySince ?? now));
        const { spread = 0, until = 0 } = this.#restart ?? {};
        return options.random() * (now < until ? spread : patient);
      },
    });
    for (const own of Object.values(kind)) {
      if (own < kind.edit) continue;
      this.messageHandlers[own] = (_reply, from: decoding.Decoder) => {
        // The answer to our step 1: the connection did useful work, the next loss begins with a short wait again.
        if (own === kind.update) {
          this.synced = true;
          this.#awaySince = null;
        }
        ears.heard(own, from);
      };
    }
    this.on('status', ({ status }) => {
      if (status === 'connected') this.#opened();
    });
    this.on('connection-close', (event) => {
      this.#awaySince ??= Date.now();
      this.#lostWith = { code: event?.code ?? 1006, reason: event?.reason ?? '' };
      const spread = this.#lostWith.code === closeCode.restarting ? spreadOf(this.#lostWith.reason) : null;
      if (spread !== null) this.#restart = { spread, until: Date.now() + restartMs };
      if (!isFinal(this.#lostWith.code)) ears.lost(this.#lostWith.code, this.#lostWith.reason, false);
    });
    this.on('closed', ({ code, reason }) => ears.lost(code, reason, true));
  }

  override get url(): string {
    this.params = this.#query();
    return super.url;
  }

  #opened(): void {
    // A returning client's presence must be newer than its leaving, or nobody would believe it (see server presence.ts).
    this.awareness.setLocalState(this.awareness.getLocalState());
    this.#ears.opened();
  }

  /** Only our own state, the newest, at most 30 times a second. */
  #sendOwnPresence(): () => void {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let sentAt = 0;
    const send = (): void => {
      timer = null;
      sentAt = Date.now();
      const message = encoding.createEncoder();
      encoding.writeVarUint(message, messageAwareness);
      encoding.writeVarUint8Array(message, encodeAwarenessUpdate(this.awareness, [this.doc.clientID]));
      this.send(encoding.toUint8Array(message));
    };
    const changed = (_change: unknown, origin: unknown): void => {
      if (origin !== 'local' || timer) return;
      timer = setTimeout(send, Math.max(0, sentAt + limits.sendEveryMs - Date.now()));
    };
    this.awareness.on('update', changed);
    return () => {
      this.awareness.off('update', changed);
      if (timer) clearTimeout(timer);
    };
  }

  send(message: Uint8Array): void {
    if (this.wsconnected && this.ws?.readyState === 1) this.ws.send(message as Uint8Array<ArrayBuffer>);
  }

  renew(): void {
    this.disconnect();
    this.connect();
  }

  override destroy(): void {
    this.#stopPresence();
    super.destroy();
  }
}

export const overWebSocket =
  (options: ProviderOptions): MakeTransport =>
  (doc, awareness, query, ears) =>
    new LiveProvider(options, doc, awareness, query, ears);
