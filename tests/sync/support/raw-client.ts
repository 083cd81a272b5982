import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeSync, syncStep } from '#server/sync/committed.ts';
import { kind } from '#protocol/kinds.ts';
import * as messages from '#protocol/messages.ts';

/** A hand-made client that says whatever it is told to: the tests' attacker. */
export class RawClient {
  readonly #socket: WebSocket;
  readonly #heard: Uint8Array[] = [];
  #waiting: (() => void) | null = null;
  closed: { code: number; reason: string } | null = null;
  /** What it knows of the board. */
  readonly doc = new Y.Doc();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.on('message', (data: ArrayBuffer) => this.#hear(new Uint8Array(data)));
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.#waiting?.();
    });
    socket.on('error', () => {});
  }

  /** Connects as this person (or with these headers); `query` as in `v=1&client=7`. Resolves when it has the board. */
  static async connect(
    url: string,
    board: string,
    name: string | Record<string, string>,
    query = '',
  ): Promise<RawClient> {
    const client = RawClient.open(url, board, name, query);
    await client.until(() => client.#socket.readyState === WebSocket.OPEN || client.closed !== null);
    client.send(encodeSync(syncStep.one, new Uint8Array([0])));
    await client.until(() => client.#synced || client.closed !== null);
    return client;
  }

  static open(url: string, board: string, name: string | Record<string, string>, query = ''): RawClient {
    const headers = typeof name === 'string' ? { authorization: `Bearer ${name}` } : name;
    const socket = new WebSocket(`${url}/${board}${query ? `?${query}` : ''}`, { headers });
    const client = new RawClient(socket);
    socket.on('open', () => client.#waiting?.());
    return client;
  }

  #synced = false;
  readonly presence = new Map<number, { clock: number; state: unknown }>();
  readonly nacks: { slot: number; n: number; reason: string }[] = [];
  readonly acks: { slot: number; n: number; seq: number }[] = [];

  #hear(message: Uint8Array): void {
    this.#heard.push(message);
    const from = decoding.createDecoder(message);
    const type = decoding.readVarUint(from);
    if (type === kind.update) {
      Y.applyUpdate(this.doc, messages.readUpdate(from).bytes);
      this.#synced = true;
    } else if (type === kind.sync) {
      const step = decoding.readVarUint(from);
      if (step !== syncStep.one) {
        Y.applyUpdate(this.doc, decoding.readVarUint8Array(from));
        this.#synced = true;
      }
    } else if (type === kind.nack) this.nacks.push(messages.readNack(from));
    else if (type === kind.ack) this.acks.push(messages.readAck(from));
    else if (type === kind.awareness)
      this.#hearPresence(decoding.createDecoder(decoding.readVarUint8Array(from)));
    this.#waiting?.();
  }

  #hearPresence(from: decoding.Decoder): void {
    for (let count = decoding.readVarUint(from); count > 0; count--) {
      const client = decoding.readVarUint(from);
      const clock = decoding.readVarUint(from);
      this.presence.set(client, { clock, state: JSON.parse(decoding.readVarString(from)) });
    }
  }

  /** Waits for a message (or the end) after which `wanted` holds. */
  async until(wanted: () => boolean, ms = 5_000): Promise<void> {
    const end = Date.now() + ms;
    while (!wanted()) {
      if (Date.now() > end) throw new Error('it never came to that');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        this.#waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  send(message: Uint8Array): void {
    this.#socket.send(message);
  }

  /** An edit as a stock client sends it. */
  sendUpdate(bytes: Uint8Array): void {
    this.send(encodeSync(syncStep.update, bytes));
  }

  sendPresence(entries: readonly { client: number; clock: number; state: string }[]): void {
    const inner = encoding.createEncoder();
    encoding.writeVarUint(inner, entries.length);
    for (const { client, clock, state } of entries) {
      encoding.writeVarUint(inner, client);
      encoding.writeVarUint(inner, clock);
      encoding.writeVarString(inner, state);
    }
    const outer = encoding.createEncoder();
    encoding.writeVarUint(outer, kind.awareness);
    encoding.writeVarUint8Array(outer, encoding.toUint8Array(inner));
    this.send(encoding.toUint8Array(outer));
  }

  /** Makes an edit on what it knows and gives the update without sending it. */
  edit(change: (doc: Y.Doc) => void): Uint8Array {
    const parts: Uint8Array[] = [];
    const take = (bytes: Uint8Array): void => void parts.push(bytes);
    this.doc.on('update', take);
    this.doc.transact(() => change(this.doc));
    this.doc.off('update', take);
    return Y.mergeUpdates(parts);
  }

  async end(): Promise<void> {
    this.#socket.terminate();
    await this.until(() => this.closed !== null);
  }

  pauseReading(): void {
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#socket.resume();
  }
}
