import type { Store } from './store.ts';

const DAY = 86_400_000;

/**
 * Snapshots the clock took, thinned: older than 30 days one an hour, older than 90 days one a day, always the last. Those
 * of people, stages, votes, commits and ends stay for ever (sync.md Y1). The answer: how many went.
 */
export async function thinSnapshots({ sql }: Pick<Store, 'sql'>, now: number): Promise<number> {
  const older = (days: number): string => new Date(now - days * DAY).toISOString();
  const gone = await sql`
    delete from snapshot where id in (
      select id from (
        select id, row_number() over (
          partition by board_id, at < ${older(90)}, date_trunc(case when at < ${older(90)} then 'day' else 'hour' end, at)
          order by at desc, number desc) as place
        from snapshot where why = 'automatic' and at < ${older(30)}
      ) as placed where place > 1
    )`;
  return gone.count;
}
