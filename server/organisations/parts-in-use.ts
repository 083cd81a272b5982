import { sql } from 'drizzle-orm';
import { depths, type Part } from '#domain/depth/depth.ts';
import type { Viewer } from '../app.ts';
import type { Queries } from '../store/store.ts';

/**
 * Parts of planning that are out of sight in this depth and that somebody has begun to use all the same (tracking.md
 * T18): from then on they are shown. Where nothing is out of sight nothing is asked.
 */
export async function readPartsInUse(
  queries: Queries,
  { organisationId, organisation }: Viewer,
): Promise<readonly Part[]> {
  if (depths[organisation.depth].offUntilUsed.length === 0) return [];
  const [found] = await queries.execute<{ capacity: boolean; assumptions: boolean; columns: boolean }>(sql`
    select
      exists (select 1 from capacity where organisation_id = ${organisationId})
        or exists (
          select 1 from commitment where organisation_id = ${organisationId}
            and (state->'offered'->>'effort' is not null or state->'versions'->-1->'terms'->>'effort' is not null)
        ) as capacity,
      (exists (select 1 from assumption where organisation_id = ${organisationId})
        or exists (select 1 from outside_signal where organisation_id = ${organisationId})
        or exists (select 1 from strategy_frame where organisation_id = ${organisationId})) as assumptions,
      exists (select 1 from board where organisation_id = ${organisationId} and columns) as columns`);
  return [
    ...(found?.capacity === true ? (['capacity'] as const) : []),
    ...(found?.assumptions === true ? (['assumptions'] as const) : []),
    ...(found?.columns === true ? (['columns'] as const) : []),
  ];
}
