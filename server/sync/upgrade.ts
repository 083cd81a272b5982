import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { closeCode, type CloseCode } from '#protocol/close-codes.ts';
import { limits } from '#protocol/limits.ts';
import type { AdmitRefusal, Member, SyncDependencies } from './hooks.ts';
import { Peer } from './peer.ts';
import { BoardNotOpen, type Rooms } from './rooms.ts';
import { wireOf } from './ws-wire.ts';

const path = /^\/sync\/([A-Za-z0-9_-]{1,64})$/;
export const connectionCaps = { perAccount: 20, perBoard: 200 };

const codeOf: Record<Exclude<AdmitRefusal, 'bad-origin'>, CloseCode> = {
  unauthorised: closeCode.unauthorised,
  forbidden: closeCode.forbidden,
  'unknown-board': closeCode.unknownBoard,
  'too-many': closeCode.tooManyRequests,
};

const bytesOf = (data: RawData): Uint8Array =>
  Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data;

const numberIn = (text: string | null): number | null => {
  const number = text === null || text === '' ? NaN : Number(text);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
};

/**
 * The door: takes upgrades of /sync/<board>, asks who it is, and only then opens the socket. Refusals come as close codes
 * behind an accepted upgrade, because a plain 401 makes a stock client retry for ever (stack-traps.md 10); only a wrong
 * Origin is turned away before it. Two WebSocket servers, for two sizes of message; compression off (sync.md Y2).
 */
export class Door {
  readonly #deps: SyncDependencies;
  readonly #rooms: Rooms;
  // Above our own limits, so that Peer answers an excess with 4413 (final) instead of ws with 1009 (retried for ever).
  readonly #own = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.frameBytes * 4,
  });
  readonly #stock = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.stockMessageBytes * 2,
  });
  readonly #perAccount = new Map<string, number>();
  #draining = false;

  constructor(deps: SyncDependencies, rooms: Rooms) {
    this.#deps = deps;
    this.#rooms = rooms;
  }

  get connections(): number {
    return this.#own.clients.size + this.#stock.clients.size;
  }

  /** False when the request is none of ours: somebody else on this port may take it. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== '/sync' && !url.pathname.startsWith('/sync/')) return false;
    socket.on('error', () => socket.destroy());
    const board = path.exec(url.pathname)?.[1];
    if (this.#draining) this.#turnAway(socket, '503 Service Unavailable');
    else if (!board) this.#turnAway(socket, '404 Not Found');
    else {
      this.#admit(request, socket, head, url, board).catch((cause: unknown) => {
        this.#deps.log.error({ board, cause: String(cause) }, 'an upgrade failed');
        this.#turnAway(socket, '503 Service Unavailable');
      });
    }
    return true;
  }

  #turnAway(socket: Duplex, status: string): void {
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    else socket.destroy();
  }

  async #admit(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    url: URL,
    board: string,
  ): Promise<void> {
    const answer = await this.#deps.hooks.admit({
      board,
      url,
      headers: request.headers,
      remoteAddress: request.socket.remoteAddress ?? '',
    });
    if (!answer.ok && answer.refusal.code === 'bad-origin') return this.#turnAway(socket, '403 Forbidden');
    const version = url.searchParams.get('v') === '1' ? 1 : 0;
    const server = version === 1 ? this.#own : this.#stock;
    server.handleUpgrade(request, socket, head, (ws) => {
      ws.on('error', () => ws.terminate());
      if (!answer.ok) {
        const code = answer.refusal.code;
        return ws.close(
          code === 'bad-origin' ? closeCode.forbidden : codeOf[code],
          answer.refusal.message.slice(0, 120),
        );
      }
      if (url.searchParams.has('v') && version !== 1)
        return ws.close(closeCode.reloadNeeded, 'reload this page');
      this.#seat(ws, socket, url, board, answer.value, version);
    });
  }

  #seat(ws: WebSocket, socket: Duplex, url: URL, board: string, member: Member, version: 0 | 1): void {
    const held = this.#perAccount.get(member.account) ?? 0;
    if (held >= connectionCaps.perAccount)
      return ws.close(closeCode.tooManyRequests, 'too many windows are open');
    this.#perAccount.set(member.account, held + 1);
    const epoch = numberIn(url.searchParams.get('epoch'));
    const peer = new Peer({
      wire: wireOf(ws, socket),
      member,
      version,
      seq: (version === 1 && epoch !== null && numberIn(url.searchParams.get('seq'))) || 0,
      schema: version === 1 ? numberIn(url.searchParams.get('schema')) : null,
      clientId: version === 1 ? numberIn(url.searchParams.get('client')) : null,
      clock: this.#deps.clock,
      outboxId: randomBytes(16).toString('hex'),
    });
    ws.pause();
    ws.on('message', (data, isBinary) => {
      if (isBinary) peer.receive(bytesOf(data));
      else peer.close(closeCode.refusedEdit, 'messages are binary');
    });
    ws.on('pong', () => peer.heard());
    ws.on('close', () => {
      const left = (this.#perAccount.get(member.account) ?? 1) - 1;
      if (left > 0) this.#perAccount.set(member.account, left);
      else this.#perAccount.delete(member.account);
      peer.gone();
    });
    this.#rooms.open(board).then(
      (room) => {
        if (peer.closed) return;
        if (room.peers.size >= connectionCaps.perBoard)
          return peer.close(closeCode.tooManyRequests, 'this board is full');
        if (epoch !== null && epoch !== room.state.epoch)
          return peer.close(closeCode.epochChanged, 'the board was replaced');
        room.join(peer);
      },
      (cause: unknown) => {
        const unknown = cause instanceof BoardNotOpen && cause.why === 'unknown-board';
        peer.close(
          unknown ? closeCode.unknownBoard : closeCode.loadFailed,
          unknown ? 'no such board' : 'the board could not be loaded',
        );
      },
    );
  }

  /** No new connections from now on. */
  close(): void {
    this.#draining = true;
  }
}
