import type { Awareness } from 'y-protocols/awareness';
import type * as decoding from 'lib0/decoding';
import type * as Y from 'yjs';

/** The line to the server under a connection: y-websocket in life, a simulated one in the simulator. */
export interface Transport {
  connect(): void;
  /** Sends a whole message; dropped silently while there is no line. */
  send(message: Uint8Array): void;
  /** Gives up a line that is silent and begins a new one. */
  renew(): void;
  destroy(): void;
}

export interface TransportEars {
  opened(): void;
  /** A message of one of our kinds, the decoder just behind the kind. */
  heard(kind: number, from: decoding.Decoder): void;
  /** The line ended. `final`: it will not come back by itself. */
  lost(code: number, reason: string, final: boolean): void;
}

/** Makes a transport for one document; `query` is asked anew at every attempt. */
export type MakeTransport = (
  doc: Y.Doc,
  awareness: Awareness,
  query: () => Record<string, string>,
  ears: TransportEars,
) => Transport;

/** Time and timers, turnable in tests. */
export interface LiveClock {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

export const browserClock: LiveClock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
