import type postgres from 'postgres';
import type { LocalDate } from '#domain/time.ts';
import type { Log } from '../../log.ts';
import type { Store } from '../store.ts';
import { hasOutlived, reviewedUntil, type Span } from './log-life.ts';
import { decodeSegment, encodeSegment, hashOf, type Segment } from './segment-codec.ts';

export interface RetentionDeps {
  readonly store: Pick<Store, 'sql'>;
  readonly log: Pick<Log, 'info' | 'error'>;
  readonly now: () => number;
  /** So many days a single edit is kept at least (LOG_DAYS). */
  readonly days: number;
  /** Makes one document of updates; in a worker thread, a big board takes a second. */
  readonly fold: (parts: readonly Uint8Array[]) => Promise<Uint8Array>;
}

interface OldBoard {
  readonly board_id: string;
  readonly timezone: string;
  readonly start: LocalDate | null;
  readonly end: LocalDate | null;
  readonly kind: string | null;
  readonly organisation_id: string;
}

/**
 * Folds single edits that have outlived their time into one document at the beginning of the log: authors and times go,
 * the board stays readable from its log. The answer: how many segments were folded away.
 */
export async function endOldLogs(deps: RetentionDeps): Promise<number> {
  const { store, log, now, days } = deps;
  const cut = new Date(now() - days * 86_400_000).toISOString();
  const boards = await store.sql<OldBoard[]>`
    select distinct s.board_id::text, o.timezone, p.start::text, p."end"::text, p.kind, b.organisation_id::text
    from board_segment s join board b on b.id = s.board_id join organisation o on o.id = b.organisation_id
      left join period p on p.id = b.period_id
    where s.to_at < ${cut} and s.to_seq > s.from_seq`;
  let gone = 0;
  for (const board of boards) {
    try {
      gone += await endOldLog(deps, board);
    } catch (error) {
      log.error(
        { err: error, board: board.board_id },
        'the old log of a board could not be folded; it stays',
      );
    }
  }
  if (gone > 0) log.info({ segments: gone }, 'old logs were folded');
  return gone;
}

interface StoredSegment {
  readonly from_seq: string;
  readonly to_seq: string;
  readonly to_ms: string;
  readonly bytes: Uint8Array;
  readonly sha256: Uint8Array;
}

async function endOldLog({ store, now, days, fold }: RetentionDeps, board: OldBoard): Promise<number> {
  const date = await reviewEnd(store.sql, board);
  const stored = await store.sql<StoredSegment[]>`
    select from_seq::text, to_seq::text, (extract(epoch from to_at) * 1000)::bigint::text as to_ms, bytes, sha256
    from board_segment where board_id = ${board.board_id} order by board_segment.from_seq`;
  const old: StoredSegment[] = [];
  for (const segment of stored) {
    if (!hasOutlived(Number(segment.to_ms), now(), days, { date, zone: board.timezone })) break;
    old.push(segment);
  }
  const last = old.at(-1);
  const pieces: Segment[] = [];
  for (const { bytes, sha256, from_seq } of old) {
    const piece = await decodeSegment(bytes, sha256);
    if (!piece) throw new Error(`the segment from edit ${from_seq} on is damaged`);
    pieces.push(piece);
  }
  if (!last || pieces.every((piece) => piece.folded)) return 0;
  const bytes = await fold(pieces.flatMap((piece) => piece.rows.map((row) => row.bytes)));
  const row = {
    seq: Number(last.to_seq),
    outbox: '',
    n: 0,
    person: null,
    signIn: null,
    clientIds: [],
    bytes,
    sha256: hashOf(bytes),
    at: Number(last.to_ms),
  };
  await replace(store.sql, board.board_id, old, await encodeSegment({ rows: [row], folded: true }));
  return old.length;
}

async function reviewEnd(sql: postgres.Sql, board: OldBoard): Promise<LocalDate | null> {
  if (board.start === null || board.end === null) return null;
  const others = await sql<Span[]>`
    select start::text, "end"::text from period
    where organisation_id = ${board.organisation_id} and kind = ${board.kind}`;
  return reviewedUntil({ start: board.start, end: board.end }, others);
}

/** One transaction: the old pieces go and the one that stands for them comes, or neither. */
async function replace(
  sql: postgres.Sql,
  board: string,
  old: readonly StoredSegment[],
  by: { readonly bytes: Uint8Array; readonly sha256: Uint8Array },
): Promise<void> {
  const from = old[0]?.from_seq ?? '0';
  const to = old.at(-1)?.to_seq ?? '0';
  const at = new Date(Number(old.at(-1)?.to_ms ?? 0)).toISOString();
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`segments ${board}`}, 0))`;
    const gone = await tx`
      delete from board_segment where board_id = ${board} and from_seq >= ${from} and to_seq <= ${to}`;
    // Another node was quicker: it has folded the same, and nothing is to be done.
    if (gone.count !== old.length) throw new Error('the segments changed while they were folded');
    const [kept] = await tx<{ whole: boolean }[]>`
      insert into board_segment (board_id, from_seq, to_seq, epoch, from_at, to_at, bytes, sha256, created_at)
      select id, ${to}, ${to}, epoch, ${at}, ${at}, ${by.bytes}, ${by.sha256}, ${at}
      from board where id = ${board} returning sha256(bytes) = sha256 as whole`;
    if (!kept?.whole) throw new Error('a folded log was not stored as it was written');
  });
}
