import type postgres from 'postgres';
import type { Checkpoint, Row } from '../../sync/hooks.ts';
import { decodeSegment } from './segment-codec.ts';
import { toRow, type StoredRow } from './stored-row.ts';

/** A board's log from its beginning, or from a number on: what lies in segments and what does not yet. */
export interface ReadLog {
  /** The whole board at the number from which single edits are still kept; null while all of them are. */
  readonly base: (Checkpoint & { readonly at: number }) | null;
  readonly rows: readonly Row[];
}

/**
 * Reads the edits after `seq`. A damaged segment is left out, so that whoever checks the numbers notices the gap. Call it
 * within one snapshot of the database, or edits that move meanwhile are missed.
 */
export async function readLog(tx: postgres.TransactionSql, board: string, seq: number): Promise<ReadLog> {
  const stored = await tx<{ bytes: Uint8Array; sha256: Uint8Array }[]>`
    select bytes, sha256 from board_segment
    where board_id = ${board} and to_seq > ${seq} order by from_seq`;
  let base: ReadLog['base'] = null;
  const rows: Row[] = [];
  for (const piece of stored) {
    const segment = await decodeSegment(piece.bytes, piece.sha256);
    if (!segment) continue;
    const [first] = segment.rows;
    if (segment.folded && first)
      base = { seq: first.seq, bytes: first.bytes, sha256: first.sha256, at: first.at };
    else for (const row of segment.rows) if (row.seq > seq) rows.push(row);
  }
  const newest = await tx<StoredRow[]>`
    select seq::text, outbox, n::text, person::text, sign_in_id, client_ids::text, bytes, sha256,
      (extract(epoch from at) * 1000)::bigint::text as at_ms
    from board_update where board_id = ${board} and seq > ${seq} order by board_update.seq`;
  for (const row of newest) rows.push(toRow(row));
  return { base, rows };
}
