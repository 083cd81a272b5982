import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Frame, Wire } from './wire.ts';

let last: { readonly frames: readonly Frame[]; readonly bytes: Buffer } | null = null;

/** Frames as one piece of bytes, put together once for all who get the same ones after each other. */
function joined(frames: readonly Frame[]): Buffer {
  const [only] = frames;
  if (only && frames.length === 1) return only.framed;
  const isLast = last?.frames.length === frames.length && frames.every((it, i) => it === last?.frames[i]);
  if (isLast && last) return last.bytes;
  const bytes = Buffer.concat(frames.map(({ framed }) => framed));
  last = { frames, bytes };
  return bytes;
}

/**
 * A WebSocket as a wire. Frames are written straight to the socket under it: with compression off `ws` writes
 * synchronously, so the order with its own control frames is kept.
 */
export function wireOf(ws: WebSocket, socket: Duplex): Wire {
  return {
    send: (...frames) => {
      if (ws.readyState === ws.OPEN && socket.writable) socket.write(joined(frames));
    },
    buffered: () => socket.writableLength,
    onDrained: (run) => {
      if (socket.writableNeedDrain) socket.once('drain', run);
      else setImmediate(run);
    },
    pause: () => {
      if (ws.readyState === ws.OPEN) ws.pause();
    },
    resume: () => {
      if (ws.readyState === ws.OPEN) ws.resume();
    },
    ping: () => {
      if (ws.readyState === ws.OPEN) ws.ping();
    },
    close: (code, reason) => {
      ws.resume();
      ws.close(code, reason);
    },
    terminate: () => ws.terminate(),
  };
}
