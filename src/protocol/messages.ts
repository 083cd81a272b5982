import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { BoardGuard } from '../domain/access/guard.ts';
import type { BoardRight } from '../domain/access/roles.ts';
import { isNackReason, type NackReason } from './refusals.ts';
import { kind } from './kinds.ts';

/**
 * Our own messages as bytes and back. Every encoder returns a whole WebSocket message (kind first); every reader takes
 * the decoder just behind the kind and throws on a malformed message, as lib0 does.
 */
export interface Hello {
  readonly protocol: number;
  readonly epoch: number;
  /** What is committed now: a client that has less shows an older board. */
  readonly seq: number;
  readonly right: BoardRight;
  /** Set while the board can be read but not written by anybody, in words for people. */
  readonly readOnlyReason: string | null;
  readonly person: { readonly id: string; readonly name: string; readonly colour: number };
  /** Names of the document's root maps, for the content hash. */
  readonly roots: readonly string[];
  /** Version of the document's shape: a client that understands less looks, and keeps its edits until it was reloaded. */
  readonly schema?: number;
  /** Milliseconds since the epoch, the server's clock. */
  readonly serverTime: number;
}

/** What a connection may do from now on. */
export interface Rights {
  readonly right: BoardRight;
  readonly readOnlyReason: string | null;
  /** Areas, locks and pause, when they are told; absent: as told before. */
  readonly guard?: BoardGuard;
  /** Ids of the records this person put into areas where everybody changes only the own; null without such areas. */
  readonly own?: readonly string[] | null;
  /** Keys of this person's teams. */
  readonly teams?: readonly string[];
}

const message = (of: number, write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, of);
  write(encoder);
  return encoding.toUint8Array(encoder);
};

export const encodeEdit = (slot: number, n: number, bytes: Uint8Array): Uint8Array =>
  message(kind.edit, (to) => {
    encoding.writeVarUint(to, slot);
    encoding.writeVarUint(to, n);
    encoding.writeVarUint8Array(to, bytes);
  });

export const readEdit = (from: decoding.Decoder) => ({
  slot: decoding.readVarUint(from),
  n: decoding.readVarUint(from),
  bytes: decoding.readVarUint8Array(from),
});

/** Piece `i` of `of` (from 0) of edit `n`; pieces come in order. */
export const encodeFragment = (
  slot: number,
  n: number,
  i: number,
  of: number,
  bytes: Uint8Array,
): Uint8Array =>
  message(kind.fragment, (to) => {
    encoding.writeVarUint(to, slot);
    encoding.writeVarUint(to, n);
    encoding.writeVarUint(to, i);
    encoding.writeVarUint(to, of);
    encoding.writeVarUint8Array(to, bytes);
  });

export const readFragment = (from: decoding.Decoder) => ({
  slot: decoding.readVarUint(from),
  n: decoding.readVarUint(from),
  i: decoding.readVarUint(from),
  of: decoding.readVarUint(from),
  bytes: decoding.readVarUint8Array(from),
});

export const encodeAck = (slot: number, n: number, seq: number): Uint8Array =>
  message(kind.ack, (to) => {
    encoding.writeVarUint(to, slot);
    encoding.writeVarUint(to, n);
    encoding.writeVarUint(to, seq);
  });

export const readAck = (from: decoding.Decoder) => ({
  slot: decoding.readVarUint(from),
  n: decoding.readVarUint(from),
  seq: decoding.readVarUint(from),
});

export const encodeNack = (slot: number, n: number, reason: NackReason, detail: string): Uint8Array =>
  message(kind.nack, (to) => {
    encoding.writeVarUint(to, slot);
    encoding.writeVarUint(to, n);
    encoding.writeVarString(to, reason);
    encoding.writeVarString(to, detail);
  });

export const readNack = (
  from: decoding.Decoder,
): { slot: number; n: number; reason: NackReason; detail: string } => {
  const slot = decoding.readVarUint(from);
  const n = decoding.readVarUint(from);
  const reason = decoding.readVarString(from);
  const detail = decoding.readVarString(from);
  return { slot, n, reason: isNackReason(reason) ? reason : 'invalid', detail };
};

/** Client to server: "slot k is this outbox" (128 bits, hex). */
export const encodeOpenOutbox = (slot: number, outbox: string): Uint8Array =>
  message(kind.outbox, (to) => {
    encoding.writeVarUint(to, slot);
    encoding.writeVarString(to, outbox);
  });

export const readOpenOutbox = (from: decoding.Decoder) => ({
  slot: decoding.readVarUint(from),
  outbox: decoding.readVarString(from),
});

/** Server to client: everything up to `last` of that slot is durable; 0 when nothing is. */
export const encodeOutboxState = (slot: number, last: number): Uint8Array =>
  message(kind.outbox, (to) => {
    encoding.writeVarUint(to, slot);
    encoding.writeVarUint(to, last);
  });

export const readOutboxState = (from: decoding.Decoder) => ({
  slot: decoding.readVarUint(from),
  last: decoding.readVarUint(from),
});

export const encodeUpdate = (from: number, to: number, bytes: Uint8Array): Uint8Array =>
  message(kind.update, (out) => {
    encoding.writeVarUint(out, from);
    encoding.writeVarUint(out, to);
    encoding.writeVarUint8Array(out, bytes);
  });

/** Edits after seq `from` up to `to`; `from` 0: the whole board. */
export const readUpdate = (from: decoding.Decoder) => ({
  from: decoding.readVarUint(from),
  to: decoding.readVarUint(from),
  bytes: decoding.readVarUint8Array(from),
});

/** The client sends its own time; the server sends that back with its own behind it. */
export const encodeBeat = (sentAt: number, serverTime: number): Uint8Array =>
  message(kind.beat, (to) => {
    encoding.writeVarUint(to, sentAt);
    encoding.writeVarUint(to, serverTime);
  });

export const readBeat = (from: decoding.Decoder) => ({
  sentAt: decoding.readVarUint(from),
  serverTime: decoding.readVarUint(from),
});

export const encodeHash = (seq: number, hash: string): Uint8Array =>
  message(kind.hash, (to) => {
    encoding.writeVarUint(to, seq);
    encoding.writeVarString(to, hash);
  });

export const readHash = (from: decoding.Decoder) => ({
  seq: decoding.readVarUint(from),
  hash: decoding.readVarString(from),
});

/** hello, truth, session and rights carry JSON. */
export const encodeJson = (of: number, value: unknown): Uint8Array =>
  message(of, (to) => encoding.writeVarString(to, JSON.stringify(value)));

export const readJson = (from: decoding.Decoder): unknown => JSON.parse(decoding.readVarString(from));
