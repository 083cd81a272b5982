import type { Instant } from '#domain/time.ts';
import type { Row } from '../../sync/hooks.ts';
import type { Store } from '../store.ts';
import { hashOf } from './segment-codec.ts';
import { readLog } from './read-log.ts';

/** A board as it was: updates that make its document when applied in order. */
export interface BoardAt {
  /** The last edit that belongs to it; 0 for the empty board before the first. */
  readonly seq: number;
  readonly epoch: number;
  readonly parts: readonly Uint8Array[];
  /** The single edits among the parts that are still kept, oldest first. */
  readonly rows: readonly Row[];
  /** Its last edit; null before the first. Whose it was is not known where single edits are not kept. */
  readonly last: { readonly at: Instant; readonly person: string | null } | null;
}

/** The past of boards, read from the log (facilitation.md F18). */
export interface History {
  /**
   * The board as of a moment: everything up to its last edit that was stored by then. Null: there is no such board, or
   * its single edits of that time are not kept any more. Throws when what is stored is damaged.
   */
  until(board: string, moment: Instant): Promise<BoardAt | null>;
  /** The board as of an edit. */
  upTo(board: string, seq: number): Promise<BoardAt | null>;
  /** The board as of edit `from`, and every single edit behind it up to `to`. */
  between(board: string, from: number, to: number): Promise<BoardAt | null>;
}

export function createHistory({ sql }: Pick<Store, 'sql'>): History {
  const read = (
    board: string,
    lastOf: (rows: readonly { seq: number; at: number }[]) => number,
  ): Promise<BoardAt | null> =>
    sql.begin('isolation level repeatable read read only', async (tx) => {
      const [head] = await tx<{ epoch: number }[]>`select epoch from board where id = ${board}`;
      if (!head) return null;
      const { base, rows } = await readLog(tx, board, 0);
      const seq = lastOf([...(base ? [base] : []), ...rows]);
      if (base && seq < base.seq) return null;
      let expected = base?.seq ?? 0;
      const parts = base ? [base.bytes] : [];
      const read: Row[] = [];
      for (const row of rows) {
        if (row.seq > seq) break;
        if (row.seq !== ++expected || Buffer.compare(hashOf(row.bytes), row.sha256) !== 0)
          throw new Error(`edit ${expected} of this board is missing or damaged in the store`);
        parts.push(row.bytes);
        read.push(row);
      }
      if (expected < seq) throw new Error(`edit ${expected + 1} of this board is missing in the store`);
      const newest = read.at(-1);
      const last = newest ?? (base && { at: base.at, person: null });
      return {
        seq,
        epoch: head.epoch,
        parts,
        rows: read,
        last: last && { at: last.at, person: last.person },
      };
    });
  return {
    until: (board, moment) =>
      // Clocks of several nodes differ a little; what the document needs is a beginning without a hole.
      read(board, (rows) => rows.reduce((seq, row) => (row.at <= moment ? Math.max(seq, row.seq) : seq), 0)),
    upTo: (board, seq) => read(board, () => seq),
    between: async (board, from, to) => {
      const whole = await read(board, () => to);
      if (!whole) return null;
      const first = whole.rows.findIndex((row) => row.seq > from);
      const rows = first < 0 ? [] : whole.rows.slice(first);
      return { ...whole, seq: from, parts: whole.parts.slice(0, whole.parts.length - rows.length), rows };
    },
  };
}
