import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Frame, Wire } from './wire.ts';

let last: { readonly first: Frame; readonly then: Frame; readonly bytes: Buffer } | null = null;

/** Two frames as one piece of bytes, put together once for all who get the same two after each other. */
function joined(first: Frame, then: Frame): Buffer {
  if (last?.first !== first || last.then !== then) {
    last = { first, then, bytes: Buffer.concat([first.framed, then.framed]) };
  }
  return last.bytes;
}

/**
 * A WebSocket as a wire. Frames are written straight to the socket under it: with compression off `ws` writes
 * synchronously, so the order with its own control frames is kept.
 */
export function wireOf(ws: WebSocket, socket: Duplex): Wire {
  return {
    send: (frame: Frame, then?: Frame) => {
      if (ws.readyState === ws.OPEN && socket.writable)
        socket.write(then ? joined(frame, then) : frame.framed);
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
