import type { Log } from '../../log.ts';
import type { Row } from '../../sync/hooks.ts';
import type { Store } from '../store.ts';
import { encodeSegment, hashOf } from './segment-codec.ts';
import { toRow, type StoredRow } from './stored-row.ts';

const MINUTE = 60_000;
/** Younger edits stay single rows: a node that slept a moment reads them one by one. */
export const settledMs = 10 * MINUTE;
/** So many make a segment at once; fewer wait a day for company. */
export const fullRows = 500;
const fewRowsMs = 24 * 60 * MINUTE;
const segmentBytes = 256 * 1024;

export interface CompactionDeps {
  readonly store: Pick<Store, 'sql' | 'transaction'>;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Moves edits that a verified checkpoint covers into segments, which keep every author and time (sync.md Y1). One short
 * transaction a segment: a crash leaves it moved or not, several nodes take turns, and no room waits longer than for one
 * batch of its own. The newest edit of a board always stays a row. The answer: how many edits moved.
 */
export async function compactBoards(deps: CompactionDeps): Promise<number> {
  const { store, log, now } = deps;
  const boards = await store.sql<{ board_id: string; covered: string }[]>`
    select c.board_id::text, least(max(c.seq), b.head - 1)::text as covered
    from board_checkpoint c join board b on b.id = c.board_id
    where sha256(c.bytes) = c.sha256
      and exists (select 1 from board_update u where u.board_id = c.board_id and u.seq < c.seq
        and u.at < ${new Date(now() - settledMs).toISOString()})
    group by c.board_id, b.head`;
  let moved = 0;
  for (const { board_id: board, covered } of boards) {
    try {
      for (;;) {
        const rows = await nextRows(deps, board, Number(covered));
        if (rows.length === 0 || !(await moveRows(deps, board, rows))) break;
        moved += rows.length;
      }
    } catch (error) {
      log.error({ err: error, board }, 'old edits of a board could not be moved; they stay where they are');
    }
  }
  if (moved > 0) log.info({ edits: moved }, 'old edits were moved into segments');
  return moved;
}

/** The oldest rows that make the next segment; none when too few have settled. */
async function nextRows({ store, now }: CompactionDeps, board: string, covered: number): Promise<Row[]> {
  const stored = await store.sql<StoredRow[]>`
    select seq::text, outbox, n::text, person::text, sign_in_id, client_ids::text, bytes, sha256, at_ms from (
      select *, (extract(epoch from at) * 1000)::bigint::text as at_ms,
        sum(length(bytes)) over (order by seq) - length(bytes) as before
      from (select * from board_update where board_id = ${board} and seq <= ${covered}
        and at < ${new Date(now() - settledMs).toISOString()}
        order by seq limit ${fullRows}) as oldest
    ) as sized where before < ${segmentBytes} order by sized.seq::bigint`;
  const rows: Row[] = [];
  for (const row of stored.map(toRow)) {
    const last = rows.at(-1);
    // A time that runs backwards leaves a hole here; what is behind it comes with the next segment.
    if (last && row.seq !== last.seq + 1) break;
    if (Buffer.compare(hashOf(row.bytes), row.sha256) !== 0)
      throw new Error(`stored edit ${row.seq} is damaged`);
    rows.push(row);
  }
  const [first] = rows;
  if (!first) return [];
  const full = rows.length >= fullRows || sizeOf(rows) >= segmentBytes;
  return full || first.at < now() - fewRowsMs ? rows : [];
}

const sizeOf = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + row.bytes.byteLength, 0);

/** False when another node was quicker. */
async function moveRows(
  { store, now }: CompactionDeps,
  board: string,
  rows: readonly Row[],
): Promise<boolean> {
  const from = rows[0]?.seq ?? 0;
  const to = rows.at(-1)?.seq ?? 0;
  const times = rows.map((row) => row.at);
  const { bytes, sha256 } = await encodeSegment({ rows, folded: false });
  return store.sql.begin(async (tx) => {
    const [turn] = await tx<{ mine: boolean; follows: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended(${`segments ${board}`}, 0)) as mine,
        coalesce((select max(to_seq) from board_segment where board_id = ${board}), 0) = ${from - 1} as follows`;
    if (!turn?.mine) return false;
    if (!turn.follows) {
      const [now] = await tx`select 1 from board_update where board_id = ${board} and seq = ${from}`;
      if (!now) return false;
      throw new Error(`edits before ${from} are missing in the store`);
    }
    await tx`
      insert into outbox_mark (board_id, outbox, n, person, at)
      select distinct on (outbox) board_id, outbox, n, person, at from board_update
      where board_id = ${board} and seq between ${from} and ${to} order by outbox, n desc
      on conflict (board_id, outbox) do update set n = excluded.n, person = excluded.person, at = excluded.at where excluded.n > outbox_mark.n`;
    const [kept] = await tx<{ whole: boolean }[]>`
      insert into board_segment (board_id, from_seq, to_seq, epoch, from_at, to_at, bytes, sha256, created_at)
      select id, ${from}, ${to}, epoch, ${iso(Math.min(...times))}, ${iso(Math.max(...times))}, ${bytes}, ${sha256},
        ${iso(now())}
      from board where id = ${board} returning sha256(bytes) = sha256 as whole`;
    if (!kept?.whole) throw new Error('a segment was not stored as it was written');
    const gone =
      await tx`delete from board_update where board_id = ${board} and seq between ${from} and ${to}`;
    if (gone.count !== rows.length) throw new Error('edits changed while they were moved');
    return true;
  });
}

const iso = (ms: number): string => new Date(ms).toISOString();
