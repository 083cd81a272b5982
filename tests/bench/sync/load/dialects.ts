import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { kind } from '#protocol/kinds.ts';
import { cursorEveryMs } from '#protocol/limits.ts';
import * as messages from '#protocol/messages.ts';
import { encodeSync, syncStep } from '#server/sync/committed.ts';
import { encodePresence } from '#server/sync/presence.ts';

/** What a client of any server says and hears, in that server's own protocol. */
export interface Line {
  readonly board: string;
  readonly client: number;
  /** What it knows already; empty for somebody new. */
  readonly vector: Uint8Array;
  /** A random id for an outbox of ours. */
  readonly outbox: string;
  send(message: Uint8Array): void;
  /** The first answer came: it has the board. */
  ready(): void;
  document(update: Uint8Array): void;
  presence(update: Uint8Array): void;
  /** All own edits up to `n`, or one more when null, were acknowledged. */
  acked(n: number | null): void;
  refused(reason: string): void;
}

/** What a window says of itself; ours leaves out who it is, the server knows that. */
export interface CursorState {
  readonly user: { readonly name: string; readonly color: string };
  readonly cursor: { readonly x: number; readonly y: number };
}

export interface Dialect {
  url(origin: string, board: string, client: number): string;
  opened(line: Line): void;
  heard(line: Line, message: Uint8Array): void;
  /** Edit `n` (from 1). */
  edit(line: Line, n: number, update: Uint8Array): void;
  cursor(line: Line, clock: number, state: CursorState): void;
  /** Cursors go at most this often, the newest only; null: each one. */
  cursorEveryMs(people: number): number | null;
}

const presence = ({ client }: Line, clock: number, state: object): Uint8Array =>
  encodePresence([{ client, clock, state: JSON.stringify(state) }]);

const emptyUpdate = new Uint8Array([0, 0]);

/** y-websocket's own client, to whichever server. */
const stock = (path: string): Dialect => ({
  url: (origin, board) => `${origin}${path}/${board}`,
  opened: (line) => line.send(encodeSync(syncStep.one, line.vector)),
  heard: (line, message) => {
    const from = decoding.createDecoder(message);
    const type = decoding.readVarUint(from);
    if (type === kind.awareness) return line.presence(decoding.readVarUint8Array(from));
    if (type !== kind.sync) return;
    const step = decoding.readVarUint(from);
    if (step === syncStep.one) return line.send(encodeSync(syncStep.two, emptyUpdate));
    line.document(decoding.readVarUint8Array(from));
    if (step === syncStep.two) line.ready();
  },
  edit: (line, _n, update) => line.send(encodeSync(syncStep.update, update)),
  cursor: (line, clock, state) => line.send(presence(line, clock, state)),
  cursorEveryMs: () => null,
});

/** Our own client: numbered edits of an outbox, acknowledged when they are durable. */
const own: Dialect = {
  url: (origin, board, client) => `${origin}/sync/${board}?v=1&client=${client}`,
  opened: (line) => line.send(encodeSync(syncStep.one, line.vector)),
  heard: (line, message) => {
    const from = decoding.createDecoder(message);
    switch (decoding.readVarUint(from)) {
      case kind.hello:
        return line.send(messages.encodeOpenOutbox(0, line.outbox));
      case kind.update:
        line.document(messages.readUpdate(from).bytes);
        return line.ready();
      case kind.awareness:
        return line.presence(decoding.readVarUint8Array(from));
      case kind.ack:
        return line.acked(messages.readAck(from).n);
      case kind.nack: {
        const { reason, detail } = messages.readNack(from);
        return line.refused(`${reason}: ${detail}`);
      }
    }
  },
  edit: (line, n, update) => line.send(messages.encodeEdit(0, n, update)),
  cursor: (line, clock, { cursor }) => line.send(presence(line, clock, { cursor })),
  cursorEveryMs,
};

const hocus = { sync: 0, awareness: 1, auth: 2, syncReply: 4, syncStatus: 8 } as const;

/** Hocuspocus' provider: every message names its document first; a token opens it. */
const hocuspocus: Dialect = {
  url: (origin) => `${origin}/`,
  opened: (line) => line.send(named(line, hocus.auth, (to) => sayToken(to))),
  heard: (line, message) => {
    const from = decoding.createDecoder(message);
    decoding.readVarString(from);
    switch (decoding.readVarUint(from)) {
      case hocus.auth:
        return line.send(named(line, hocus.sync, (to) => saySync(to, syncStep.one, line.vector)));
      case hocus.sync:
      case hocus.syncReply: {
        const step = decoding.readVarUint(from);
        if (step === syncStep.one) {
          return line.send(named(line, hocus.sync, (to) => saySync(to, syncStep.two, emptyUpdate)));
        }
        line.document(decoding.readVarUint8Array(from));
        return step === syncStep.two ? line.ready() : undefined;
      }
      case hocus.awareness:
        return line.presence(decoding.readVarUint8Array(from));
      case hocus.syncStatus:
        return decoding.readVarUint(from) === 1 ? line.acked(null) : line.refused('not applied');
    }
  },
  edit: (line, _n, update) =>
    line.send(named(line, hocus.sync, (to) => saySync(to, syncStep.update, update))),
  cursor: (line, clock, state) =>
    line.send(
      named(line, hocus.awareness, (to) =>
        encoding.writeVarUint8Array(to, presenceOf(line.client, clock, JSON.stringify(state))),
      ),
    ),
  cursorEveryMs: () => null,
};

function named(line: Line, type: number, write: (to: encoding.Encoder) => void): Uint8Array {
  const to = encoding.createEncoder();
  encoding.writeVarString(to, line.board);
  encoding.writeVarUint(to, type);
  write(to);
  return encoding.toUint8Array(to);
}

function saySync(to: encoding.Encoder, step: number, bytes: Uint8Array): void {
  encoding.writeVarUint(to, step);
  encoding.writeVarUint8Array(to, bytes);
}

function sayToken(to: encoding.Encoder): void {
  encoding.writeVarUint(to, 0);
  encoding.writeVarString(to, 'token');
}

function presenceOf(client: number, clock: number, state: string): Uint8Array {
  const to = encoding.createEncoder();
  encoding.writeVarUint(to, 1);
  encoding.writeVarUint(to, client);
  encoding.writeVarUint(to, clock);
  encoding.writeVarString(to, state);
  return encoding.toUint8Array(to);
}

export const dialects = { own, 'stock on ours': stock('/sync'), stock: stock(''), hocuspocus };
export type DialectName = keyof typeof dialects;
