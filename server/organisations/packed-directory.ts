import { sql } from 'drizzle-orm';
import type { Queries } from '../store/store.ts';

/**
 * Everybody who can be named and every team that is not put away, as pages carry them (#protocol/directory.ts): put
 * together by the database, so that thousands of rows are neither sent nor read one by one for every page.
 */
export async function packedDirectory(queries: Queries, organisationId: string): Promise<string> {
  const [row] = await queries.execute<{ packed: string }>(sql`
    with named as (
      select row_number() over (order by name, id) - 1 as place, id, key, name, colour, account_id
      from person where organisation_id = ${organisationId}::uuid and merged_into is null
    ), membership as (
      select m.team_id, string_agg(coalesce(n.place::text, m.person_id::text) || ' ' || m.role || ' ' || m.share, ','
        order by n.place, m.person_id) as members
      from team_member m left join named n on n.id = m.person_id
      where m.organisation_id = ${organisationId}::uuid group by m.team_id
    )
    select json_build_object(
      'people', (select json_build_object(
        'ids', coalesce(string_agg(id::text, ',' order by place), ''),
        'keys', coalesce(json_agg(key order by place), '[]'),
        'names', coalesce(json_agg(name order by place), '[]'),
        'colours', coalesce(string_agg(colour::text, ',' order by place), ''),
        'joined', coalesce(string_agg(case when account_id is null then '0' else '1' end, '' order by place), '')
      ) from named),
      'teams', (select json_build_object(
        'ids', coalesce(string_agg(id::text, ',' order by name, id), ''),
        'keys', coalesce(json_agg(key order by name, id), '[]'),
        'names', coalesce(json_agg(name order by name, id), '[]'),
        'colours', coalesce(string_agg(colour::text, ',' order by name, id), ''),
        'members', coalesce(string_agg(coalesce(members, ''), ';' order by name, id), '')
      ) from team left join membership on team_id = id
      where organisation_id = ${organisationId}::uuid and archived_at is null)
    )::text as packed`);
  if (row === undefined) throw new Error('The database gave no directory.');
  return row.packed;
}
