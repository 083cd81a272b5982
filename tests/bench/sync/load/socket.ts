import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface SocketEars {
  opened(): void;
  /** The bytes are valid during the call only. */
  heard(message: Buffer): void;
  closed(code: number | null): void;
}

const opcode = { binary: 2, close: 8, ping: 9, pong: 10 } as const;

/**
 * A WebSocket client (RFC 6455) with nothing to spare: a stock server sends a hundred people half a million small frames a
 * second, and a load generator that can not read them would be measured instead of the server. No extensions are offered.
 */
export class LoadSocket {
  readonly #socket: Socket;
  readonly #ears: SocketEars;
  #chunks: Buffer[] = [];
  #held = 0;
  #needed = 2;
  #parts: Buffer[] = [];
  #upgraded = false;
  #code: number | null = null;
  frames = 0;
  bytes = 0;

  constructor(url: string, headers: Readonly<Record<string, string>>, ears: SocketEars) {
    const { hostname, port, pathname, search, host } = new URL(url);
    this.#ears = ears;
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const lines = {
      Host: host,
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      ...headers,
    };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket.write(`GET ${pathname}${search} HTTP/1.1\r\n${head.join('')}\r\n`);
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => ears.closed(this.#code));
  }

  send(message: Uint8Array): void {
    this.#write(opcode.binary, message);
  }

  end(): void {
    this.#socket.destroy();
  }

  #write(of: number, payload: Uint8Array): void {
    if (!this.#socket.writable) return;
    const size = payload.byteLength;
    const at = size < 126 ? 2 : size < 65_536 ? 4 : 10;
    const framed = Buffer.allocUnsafe(at + 4 + size);
    framed[0] = 0x80 | of;
    framed[1] = 0x80 | (at === 2 ? size : at === 4 ? 126 : 127);
    if (at === 4) framed.writeUInt16BE(size, 2);
    if (at === 10) framed.writeBigUInt64BE(BigInt(size), 2);
    const mask = Math.floor(Math.random() * 0xffff_ffff);
    framed.writeUInt32BE(mask, at);
    for (let i = 0; i < size; i++) {
      framed[at + 4 + i] = (payload[i] ?? 0) ^ ((mask >>> (8 * (3 - (i & 3)))) & 0xff);
    }
    this.#socket.write(framed);
  }

  #take(chunk: Buffer): void {
    this.bytes += chunk.byteLength;
    this.#chunks.push(chunk);
    this.#held += chunk.byteLength;
    if (this.#held < this.#needed) return;
    let data = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#held);
    if (!this.#upgraded) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) return void (this.#chunks = [data]);
      if (!data.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) return void this.#socket.destroy();
      this.#upgraded = true;
      data = data.subarray(end + 4);
      this.#ears.opened();
    }
    const rest = this.#read(data);
    this.#chunks = rest.byteLength > 0 ? [rest] : [];
    this.#held = rest.byteLength;
  }

  /** Reads whole frames and gives what is left; #needed says how much a next frame needs at least. */
  #read(data: Buffer): Buffer {
    let at = 0;
    for (;;) {
      const left = data.byteLength - at;
      this.#needed = 2;
      if (left < 2) break;
      const second = data[at + 1] ?? 0;
      const head = second === 126 ? 4 : second === 127 ? 10 : 2;
      this.#needed = head;
      if (left < head) break;
      const size =
        head === 2 ? second : head === 4 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
      this.#needed = head + size;
      if (left < this.#needed) break;
      this.#frame(data[at] ?? 0, data.subarray(at + head, at + head + size));
      at += head + size;
    }
    return at === 0 ? data : data.subarray(at);
  }

  #frame(first: number, payload: Buffer): void {
    const of = first & 0x0f;
    if (of === opcode.ping) return this.#write(opcode.pong, payload);
    if (of === opcode.close) {
      this.#code = payload.byteLength >= 2 ? payload.readUInt16BE(0) : 1005;
      this.#socket.end();
      return;
    }
    if (of === opcode.pong) return;
    if ((first & 0x80) === 0 || of === 0) {
      this.#parts.push(Buffer.from(payload));
      if ((first & 0x80) === 0) return;
      payload = Buffer.concat(this.#parts.splice(0));
    }
    this.frames += 1;
    this.#ears.heard(payload);
  }
}
