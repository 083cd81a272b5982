import * as Y from 'yjs';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { kind } from '#protocol/kinds.ts';
import { encodeUpdate } from '#protocol/messages.ts';
import { frame, type Frame } from './wire.ts';

/** y-protocols' sub-messages of kind 0. */
export const syncStep = { one: 0, two: 1, update: 2 } as const;

const emptyUpdate = new Uint8Array([0, 0]);
const tailKeepRows = 2_000;
const tailKeepBytes = 1024 * 1024;

export const encodeSync = (step: number, bytes: Uint8Array): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, kind.sync);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
};

export const mergeUpdates = (parts: readonly Uint8Array[]): Uint8Array =>
  parts.length === 0
    ? emptyUpdate
    : parts.length === 1
      ? (parts[0] ?? emptyUpdate)
      : Y.mergeUpdates([...parts]);

/** True for a state vector that knows nothing. */
const isEmptyVector = (vector: Uint8Array): boolean =>
  decoding.readVarUint(decoding.createDecoder(vector)) === 0;

/**
 * What is durable of a board, as bytes: one snapshot and the tail behind it. Joiners are served from here and nowhere
 * else, so nobody ever sees what is not committed. Frames are built once and shared by all who come (sync.md Y2 "Join").
 */
export class Committed {
  #snapshot: Uint8Array;
  #snapshotSeq: number;
  /** Rows in order; those at or before #snapshotSeq are kept a while for clients that were away for a moment. */
  #tail: { readonly seq: number; readonly bytes: Uint8Array }[] = [];
  #tailBytes = 0;
  #unfoldedBytes = 0;
  #head: number;
  /** The snapshot as frames, and what lies behind it up to a head. */
  #shared: { own?: Frame; stock?: Frame } = {};
  #behind: { head: number; own?: Frame; stock?: Frame } = { head: -1 };
  #whole: { head: number; bytes: Uint8Array; vector: Uint8Array } | null = null;

  constructor(snapshot: Uint8Array | null, snapshotSeq: number) {
    this.#snapshot = snapshot ?? emptyUpdate;
    this.#snapshotSeq = snapshotSeq;
    this.#head = snapshotSeq;
  }

  get head(): number {
    return this.#head;
  }
  get snapshotSeq(): number {
    return this.#snapshotSeq;
  }
  /** Rows not yet folded into the snapshot. */
  get unfolded(): number {
    return this.#head - this.#snapshotSeq;
  }
  get unfoldedBytes(): number {
    return this.#unfoldedBytes;
  }
  /** Size of what a joiner downloads. */
  get bytes(): number {
    return this.#snapshot.byteLength + this.#unfoldedBytes;
  }

  append(rows: readonly { readonly seq: number; readonly bytes: Uint8Array }[]): void {
    for (const row of rows) {
      if (row.seq !== this.#head + 1) throw new Error(`row ${row.seq} does not follow ${this.#head}`);
      this.#tail.push({ seq: row.seq, bytes: row.bytes });
      this.#tailBytes += row.bytes.byteLength;
      this.#unfoldedBytes += row.bytes.byteLength;
      this.#head = row.seq;
    }
  }

  /** Snapshot and unfolded rows, to build a document or a new snapshot from. */
  parts(): Uint8Array[] {
    return [this.#snapshot, ...this.#unfoldedRows()];
  }

  #unfoldedRows(): Uint8Array[] {
    return this.#tail.filter((row) => row.seq > this.#snapshotSeq).map((row) => row.bytes);
  }

  /** Takes a snapshot that holds everything up to `seq`. */
  replaceSnapshot(seq: number, bytes: Uint8Array): void {
    this.#snapshot = bytes;
    this.#snapshotSeq = seq;
    this.#shared = {};
    this.#behind = { head: -1 };
    this.#whole = null;
    let drop = 0;
    while (
      drop < this.#tail.length &&
      (this.#tail[drop]?.seq ?? Infinity) <= seq &&
      (this.#tail.length - drop > tailKeepRows || this.#tailBytes > tailKeepBytes)
    ) {
      this.#tailBytes -= this.#tail[drop]?.bytes.byteLength ?? 0;
      drop++;
    }
    this.#tail.splice(0, drop);
    this.#unfoldedBytes = 0;
    for (const row of this.#tail) if (row.seq > seq) this.#unfoldedBytes += row.bytes.byteLength;
  }

  /** The merged rows after `seq`; null when they are no longer at hand. */
  since(seq: number): Uint8Array | null {
    if (seq === this.#head) return emptyUpdate;
    const first = this.#tail[0];
    if (!first || seq > this.#head || seq < first.seq - 1) return null;
    return mergeUpdates(this.#tail.slice(seq - first.seq + 1).map((row) => row.bytes));
  }

  /** Everything in one update, and its state vector; kept until the head moves. */
  whole(): { bytes: Uint8Array; vector: Uint8Array } {
    if (this.#whole?.head !== this.#head) {
      const bytes = mergeUpdates(this.parts());
      this.#whole = { head: this.#head, bytes, vector: Y.encodeStateVectorFromUpdate(bytes) };
    }
    return this.#whole;
  }

  /**
   * Answers sync step 1 of one of our clients, which has everything up to `seq` (0: nothing). Never by its state vector:
   * that would leave out what it knows from its own outbox only, and its cache would get a hole.
   */
  framesFor(seq: number): Frame[] {
    const rest = seq > 0 ? this.since(seq) : null;
    if (rest) return [frame(encodeUpdate(seq, this.#head, rest))];
    const behind = this.#framesBehind();
    if (this.#snapshotSeq === 0)
      return [(behind.own ??= frame(encodeUpdate(0, this.#head, this.whole().bytes)))];
    this.#shared.own ??= frame(encodeUpdate(0, this.#snapshotSeq, this.#snapshot));
    if (this.unfolded === 0) return [this.#shared.own];
    behind.own ??= frame(encodeUpdate(this.#snapshotSeq, this.#head, mergeUpdates(this.#unfoldedRows())));
    return [this.#shared.own, behind.own];
  }

  #framesBehind(): { own?: Frame; stock?: Frame } {
    if (this.#behind.head !== this.#head) this.#behind = { head: this.#head };
    return this.#behind;
  }

  /** Answers sync step 1 of a stock client: one step 2, then the tail as an ordinary update. */
  stockFramesFor(vector: Uint8Array): Frame[] {
    if (!isEmptyVector(vector)) {
      return [frame(encodeSync(syncStep.two, Y.diffUpdate(this.whole().bytes, vector)))];
    }
    const behind = this.#framesBehind();
    if (this.#snapshotSeq === 0)
      return [(behind.stock ??= frame(encodeSync(syncStep.two, this.whole().bytes)))];
    this.#shared.stock ??= frame(encodeSync(syncStep.two, this.#snapshot));
    if (this.unfolded === 0) return [this.#shared.stock];
    behind.stock ??= frame(encodeSync(syncStep.update, mergeUpdates(this.#unfoldedRows())));
    return [this.#shared.stock, behind.stock];
  }
}
