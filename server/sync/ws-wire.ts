import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Frame, Wire } from './wire.ts';

/**
 * A WebSocket as a wire. Frames are written straight to the socket under it: with compression off `ws` writes
 * synchronously, so the order with its own control frames is kept.
 */
export function wireOf(ws: WebSocket, socket: Duplex): Wire {
  return {
    send: (frame: Frame) => {
      if (ws.readyState === ws.OPEN && socket.writable) socket.write(frame.framed);
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
