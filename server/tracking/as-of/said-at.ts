import { sql } from 'drizzle-orm';
import type { ReportedStatus } from '#domain/commitment/check-in.ts';
import type { Values } from '#domain/commitment/progress.ts';
import type { Instant } from '#domain/time.ts';
import type { Queries } from '../../store/store.ts';
import { UNDO_WINDOW } from '../slot-facts.ts';

/** The last words about a commitment at an instant. */
export interface SaidAt {
  /** Null when nobody had answered yet. */
  readonly answer: {
    readonly at: Instant;
    readonly status: ReportedStatus | null;
    readonly confidence: number | null;
  } | null;
  /** Values of the last answer or reading, and when they were given; earlier ones may have named other measures. */
  readonly values: Values;
  readonly valuesAt: Instant;
  readonly progress: number | null;
}

const none: SaidAt = { answer: null, values: {}, valuesAt: 0, progress: null };

/** What had been said last about each commitment, found from the end of its check-ins, never by reading them all. */
export async function readSaidAt(
  queries: Queries,
  organisationId: string,
  ids: readonly string[],
  at: Instant,
): Promise<(id: string) => SaidAt> {
  if (ids.length === 0) return () => none;
  const when = sql`${new Date(at).toISOString()}::timestamptz`;
  const rows = await queries.execute<Row>(sql`
    with standing_yet as (
      select (data->>'id')::uuid as id from event
      where organisation_id = ${organisationId}::uuid and at > ${when} and at <= ${when} + ${UNDO_WINDOW}::interval
        and type = 'check-in-undone'
    )
    select wanted.id, answer.status, answer.confidence, answer.at as answer_at,
      told."values", told.progress, told.at as told_at
    from (select value::uuid as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)) as wanted
    left join lateral (
      select c.status, c.confidence, c.at from check_in c
      where c.commitment_id = wanted.id and c.at <= ${when} and c.kind = 'answer'
        and (not c.undone or c.id in (select id from standing_yet))
      order by c.at desc, c.version desc limit 1
    ) as answer on true
    left join lateral (
      select c."values", c.progress, c.at from check_in c
      where c.commitment_id = wanted.id and c.at <= ${when} and c.kind <> 'note'
        and (not c.undone or c.id in (select id from standing_yet))
      order by c.at desc, c.version desc limit 1
    ) as told on true`);
  const said = new Map(rows.map((row) => [row.id, toSaid(row)] as const));
  return (id) => said.get(id) ?? none;
}

/** One line of the answer; the driver gives times as text here. */
type Row = {
  readonly id: string;
  readonly status: ReportedStatus | null;
  readonly confidence: number | null;
  readonly answer_at: string | null;
  readonly values: Values | null;
  readonly progress: number | null;
  readonly told_at: string | null;
};

function toSaid(row: Row): SaidAt {
  return {
    answer:
      row.answer_at === null
        ? null
        : { at: Date.parse(row.answer_at), status: row.status, confidence: row.confidence },
    values: row.values ?? {},
    valuesAt: row.told_at === null ? 0 : Date.parse(row.told_at),
    progress: row.progress,
  };
}
