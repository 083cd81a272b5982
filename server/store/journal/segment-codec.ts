import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Row } from '../../sync/hooks.ts';

// In the thread pool: a room on this node must not wait for the compression of old edits.
const pack = promisify(deflateRaw);
const unpack = promisify(inflateRaw);

/** Names that come again and again stand once, at the front. */
interface Index {
  readonly v: 1;
  /** The only row is the whole board up to there: what came before it has outlived its time. */
  readonly folded: boolean;
  readonly names: readonly string[];
  /** seq, outbox, n, person, sign-in (places in `names`, -1 for none), client ids, time, size. */
  readonly rows: readonly (readonly [
    number,
    number,
    number,
    number,
    number,
    readonly number[],
    number,
    number,
  ])[];
}

export interface Segment {
  readonly folded: boolean;
  readonly rows: readonly Row[];
}

export const hashOf = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest());

/** Edits with their authors and times as one piece; `sha256` is of that piece. */
export async function encodeSegment({
  rows,
  folded,
}: Segment): Promise<{ bytes: Uint8Array; sha256: Uint8Array }> {
  const places = new Map<string, number>();
  const place = (name: string | null): number => {
    if (name === null) return -1;
    const known = places.get(name) ?? places.size;
    places.set(name, known);
    return known;
  };
  const lines = rows.map(
    (row) =>
      [
        row.seq,
        place(row.outbox),
        row.n,
        place(row.person),
        place(row.signIn),
        row.clientIds,
        row.at,
        row.bytes.byteLength,
      ] as const,
  );
  const index: Index = { v: 1, folded, names: [...places.keys()], rows: lines };
  const head = Buffer.from(JSON.stringify(index));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(head.byteLength);
  const bytes = new Uint8Array(await pack(Buffer.concat([size, head, ...rows.map((row) => row.bytes)])));
  return { bytes, sha256: hashOf(bytes) };
}

/** What a stored piece holds; null when a single bit of it is not as it was written. */
export async function decodeSegment(bytes: Uint8Array, sha256: Uint8Array): Promise<Segment | null> {
  if (Buffer.compare(hashOf(bytes), sha256) !== 0) return null;
  const whole = await unpack(bytes);
  const headEnd = 4 + whole.readUInt32BE(0);
  const { folded, names, rows } = JSON.parse(whole.subarray(4, headEnd).toString()) as Index;
  let at = headEnd;
  return {
    folded,
    rows: rows.map(([seq, outbox, n, person, signIn, clientIds, time, size]) => {
      const update = new Uint8Array(whole.subarray(at, at + size));
      at += size;
      return {
        seq,
        outbox: names[outbox] ?? '',
        n,
        person: names[person] ?? null,
        signIn: names[signIn] ?? null,
        clientIds,
        bytes: update,
        sha256: hashOf(update),
        at: time,
      };
    }),
  };
}
