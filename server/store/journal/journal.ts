import type { Store } from '../store.ts';
import type { Appended, Checkpoint, Journal, LoadedBoard, NewRow } from '../../sync/hooks.ts';
import { readLog } from './read-log.ts';
import { toRow, type StoredRow } from './stored-row.ts';

/** The log of the boards on PostgreSQL and PGlite (sync.md Y1). Checksums are verified by whoever reads. */
export function createJournal(store: Pick<Store, 'sql'>): Journal {
  return {
    load: (board, options) => load(store, board, options?.ignoreCheckpoint ?? false),
    readAfter: (board, seq) => readAfter(store, board, seq),
    append: (board, at, rows) => append(store, board, at, rows),
    lastOf: (board, outbox) => lastOf(store, board, outbox),
    saveCheckpoint: (board, epoch, checkpoint) => saveCheckpoint(store, board, epoch, checkpoint),
  };
}

/** Two nodes may write while we read: all parts come from one snapshot of the database. */
async function load(
  { sql }: Pick<Store, 'sql'>,
  board: string,
  ignoreCheckpoint: boolean,
): Promise<LoadedBoard | null> {
  if (!isUuid(board)) return null;
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const [head] = await tx<{ head: string; epoch: number }[]>`
      select head::text, epoch from board where id = ${board}`;
    if (!head) return null;
    const [kept] = ignoreCheckpoint
      ? []
      : await tx<{ seq: string; bytes: Uint8Array; sha256: Uint8Array }[]>`
          select seq::text, bytes, sha256 from board_checkpoint
          where board_id = ${board} order by board_checkpoint.seq desc limit 1`;
    const checkpoint = kept ? { seq: Number(kept.seq), bytes: kept.bytes, sha256: kept.sha256 } : null;
    const log = await readLog(tx, board, checkpoint?.seq ?? 0);
    const claims = await tx<{ client_id: string; holder: string }[]>`
      select client_id::text, holder from board_client where board_id = ${board}`;
    return {
      epoch: head.epoch,
      head: Number(head.head),
      checkpoint: checkpoint ?? log.base,
      rows: log.rows,
      claims: new Map(claims.map((claim) => [Number(claim.client_id), claim.holder])),
    };
  });
}

async function readAfter({ sql }: Pick<Store, 'sql'>, board: string, seq: number) {
  // One statement, so that epoch and rows belong together.
  const rows = await sql<(StoredRow & { epoch: number })[]>`
    select b.epoch, u.seq::text, u.outbox, u.n::text, u.person::text, u.sign_in_id, u.client_ids::text,
      u.bytes, u.sha256, (extract(epoch from u.at) * 1000)::bigint::text as at_ms
    from board b left join board_update u on u.board_id = b.id and u.seq > ${seq}
    where b.id = ${board} order by u.seq`;
  const [first] = rows;
  if (!first) throw new Error('there is no such board any more');
  const found = rows.filter((row) => row.seq !== null).map(toRow);
  // A node that slept for long: what it has not read lies in segments by now.
  if (found[0] && found[0].seq > seq + 1) return readWhole(sql, board, seq);
  return { epoch: first.epoch, rows: found };
}

const readWhole = (sql: Store['sql'], board: string, seq: number) =>
  sql.begin('isolation level repeatable read read only', async (tx) => {
    const [head] = await tx<{ epoch: number }[]>`select epoch from board where id = ${board}`;
    if (!head) throw new Error('there is no such board any more');
    const { rows } = await readLog(tx, board, seq);
    if (rows[0]?.seq !== seq + 1) throw new Error(`edit ${seq + 1} of this board is not kept any more`);
    return { epoch: head.epoch, rows };
  });

/**
 * All or nothing in ONE statement without an open transaction: raises the head where it still has the known value, and
 * only then inserts the rows and claims. No row back: another node wrote, or the epoch changed.
 */
async function append(
  { sql }: Pick<Store, 'sql'>,
  board: string,
  at: { epoch: number; head: number },
  rows: readonly NewRow[],
): Promise<Appended> {
  const claims = new Map<number, string>();
  for (const row of rows) for (const client of row.clientIds) claims.set(client, row.person ?? 'server');
  try {
    const [done] = await sql<{ moved: string; epoch: number | null }[]>`
      with raised as (
        update board set head = head + ${rows.length}
        where id = ${board} and head = ${at.head} and epoch = ${at.epoch}
        returning id
      ), stored as (
        insert into board_update
          (board_id, seq, outbox, n, person, sign_in_id, client_ids, bytes, sha256, at)
        select raised.id, ${at.head}::bigint + r.i, r.outbox, r.n, r.person, r.sign_in, r.clients::bigint[],
          r.bytes, r.sum, to_timestamp(r.at / 1000.0)
        from raised, unnest(
          ${list(rows.map((row) => row.outbox))}::text[],
          ${list(rows.map((row) => String(row.n)))}::bigint[],
          ${list(rows.map((row) => row.person))}::uuid[],
          ${list(rows.map((row) => row.signIn))}::text[],
          ${list(rows.map((row) => `{${row.clientIds.join(',')}}`))}::text[],
          ${list(rows.map((row) => hex(row.bytes)))}::bytea[],
          ${list(rows.map((row) => hex(row.sha256)))}::bytea[],
          ${list(rows.map((row) => String(row.at)))}::float8[]
        ) with ordinality as r(outbox, n, person, sign_in, clients, bytes, sum, at, i)
      ), claimed as (
        insert into board_client (board_id, client_id, holder, at)
        select raised.id, c.client, c.holder, now()
        from raised, unnest(
          ${list([...claims.keys()].map(String))}::bigint[],
          ${list([...claims.values()])}::text[]
        ) as c(client, holder)
        on conflict do nothing
      )
      select (select count(*) from raised)::text as moved, (select epoch from board where id = ${board}) as epoch`;
    if (done?.moved === '1') return { kind: 'committed' };
    return done?.epoch === at.epoch ? { kind: 'moved' } : { kind: 'epoch-changed' };
  } catch (cause) {
    if (isDiskFull(cause)) return { kind: 'failed', reason: 'disk-full' };
    throw cause;
  }
}

async function lastOf({ sql }: Pick<Store, 'sql'>, board: string, outbox: string) {
  const [row] = await sql<{ n: string; person: string | null }[]>`
    select n::text, person::text from (
      (select n, person from board_update
        where board_id = ${board} and outbox = ${outbox} order by board_update.n desc limit 1)
      union all
      select n, person from outbox_mark where board_id = ${board} and outbox = ${outbox}
    ) as known order by known.n desc limit 1`;
  return row ? { n: Number(row.n), person: row.person } : null;
}

/** Kept only while the board has this epoch; re-read and compared before the older ones go. */
async function saveCheckpoint(
  { sql }: Pick<Store, 'sql'>,
  board: string,
  epoch: number,
  checkpoint: Checkpoint,
): Promise<void> {
  await sql`
    insert into board_checkpoint (board_id, seq, bytes, sha256, at)
    select id, ${checkpoint.seq}, ${checkpoint.bytes}, ${checkpoint.sha256}, now()
    from board where id = ${board} and epoch = ${epoch} and head >= ${checkpoint.seq}
    on conflict (board_id, seq) do update set bytes = excluded.bytes, sha256 = excluded.sha256, at = excluded.at`;
  await sql`
    delete from board_checkpoint
    where board_id = ${board} and seq < (
      select max(kept.seq) from board_checkpoint kept
      where kept.board_id = ${board} and sha256(kept.bytes) = kept.sha256
    )`;
}

const hex = (bytes: Uint8Array): string =>
  `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;

/** An array literal; the driver's own arrays need a round trip for their types, which the embedded store does not like. */
const list = (items: readonly (string | null)[]): string =>
  `{${items.map((item) => (item === null ? 'NULL' : `"${item.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;

const isUuid = (text: string): boolean => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);

const isDiskFull = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && (cause.code === '53100' || cause.code === 'ENOSPC');
