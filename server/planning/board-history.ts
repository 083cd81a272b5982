import { and, desc, eq } from 'drizzle-orm';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { BoardHistory, BoardRestore, BoardStretch } from '#protocol/views/board-history.ts';
import type { Viewer } from '../app.ts';
import { event } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { openBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';
import type { RestoredData } from './restore-board.ts';

/** So many steps the slider has at most of edits that lie alone, and of those that are packed away. */
const mostSteps = 120;
const mostRestores = 20;

/** What the log of a board still covers. Reads no edit itself: only when it was made and by whom. */
export async function viewHistory(
  { store }: Pick<PlanningDeps, 'store'>,
  viewer: Viewer,
  boardId: string,
): Promise<Outcome<BoardHistory>> {
  const opened = await openBoard(store.db, viewer, boardId, 'read');
  if (!opened.ok) return opened;
  const [packed, alone] = [await packedStretches(store, boardId), await aloneStretches(store, boardId)];
  return allowed({
    stretches: [...thin(packed), ...alone],
    restores: await readRestores(store.db, boardId),
  });
}

interface StretchRow {
  readonly from_ms: string;
  readonly to_ms: string;
  readonly seq: string;
  readonly edits: string;
  readonly people: string | null;
}

const toStretch = ({ from_ms, to_ms, seq, edits, people }: StretchRow): BoardStretch => ({
  ...{ from: Number(from_ms), to: Number(to_ms), seq: Number(seq), edits: Number(edits) },
  people: people === null ? [] : people.split(','),
});

/** Edits that lie in rows of their own, in equal parts. */
async function aloneStretches({ sql }: Pick<Store, 'sql'>, boardId: string): Promise<BoardStretch[]> {
  const rows = await sql<StretchRow[]>`
    with known as (
      select seq, person, at,
        (row_number() over (order by seq) - 1) * ${mostSteps}::int / greatest(${mostSteps}::int, count(*) over ()) as step
      from board_update where board_id = ${boardId}
    )
    select (extract(epoch from min(at)) * 1000)::bigint::text as from_ms,
      (extract(epoch from max(at)) * 1000)::bigint::text as to_ms,
      max(seq)::text as seq, count(*)::text as edits, string_agg(distinct person::text, ',') as people
    from known group by step order by max(seq)`;
  return rows.map(toStretch);
}

/** Edits that were packed away: a step each pack, whose authors are not looked into. */
async function packedStretches({ sql }: Pick<Store, 'sql'>, boardId: string): Promise<BoardStretch[]> {
  const rows = await sql<StretchRow[]>`
    select (extract(epoch from from_at) * 1000)::bigint::text as from_ms,
      (extract(epoch from to_at) * 1000)::bigint::text as to_ms,
      to_seq::text as seq, (to_seq - from_seq + 1)::text as edits, null as people
    from board_segment where board_id = ${boardId} order by from_seq`;
  return rows.map((row) => ({ ...toStretch(row), people: null }));
}

/** Neighbours together until there are few enough. */
function thin(stretches: readonly BoardStretch[]): BoardStretch[] {
  const size = Math.ceil(stretches.length / mostSteps);
  if (size <= 1) return [...stretches];
  return Array.from({ length: Math.ceil(stretches.length / size) }, (_, i) => {
    const part = stretches.slice(i * size, (i + 1) * size);
    const [first, last] = [part[0], part.at(-1)];
    if (!first || !last) throw new Error('a part of the history is empty');
    return { ...last, from: first.from, edits: part.reduce((sum, it) => sum + it.edits, 0) };
  });
}

async function readRestores(queries: Queries, boardId: string): Promise<readonly BoardRestore[]> {
  const rows = await queries
    .select()
    .from(event)
    .where(and(eq(event.objectKind, 'board'), eq(event.objectId, boardId), eq(event.type, 'restored')))
    .orderBy(desc(event.version))
    .limit(mostRestores);
  return rows.map(({ actorPersonId, recordedAt, data }) => {
    const { to, before, back, gone, changed } = data as RestoredData;
    const times = { at: recordedAt.getTime(), to: Date.parse(to) };
    return { by: actorPersonId, ...times, before, back, gone, changed };
  });
}
