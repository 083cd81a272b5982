import { and, asc, eq, sql } from 'drizzle-orm';
import type { LocalDate } from '#domain/time.ts';
import type { LoadView } from '#protocol/views/insight.ts';
import { commitment, period } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { readTeamLoad } from './team-load.ts';

/** Load of the periods that run or are ahead and in which something was promised. */
export async function readTeamLoads(
  queries: Queries,
  organisationId: string,
  teamId: string,
  today: LocalDate,
): Promise<readonly LoadView[]> {
  const periods = await queries
    .selectDistinct({ id: period.id, label: period.label, start: period.start, end: period.end })
    .from(period)
    .innerJoin(commitment, eq(commitment.periodId, period.id))
    .where(
      and(
        eq(period.organisationId, organisationId),
        eq(commitment.teamId, teamId),
        sql`${commitment.horizon} <> 'week'`,
        sql`${period.end} >= ${today}`,
      ),
    )
    .orderBy(asc(period.start));
  const loads: LoadView[] = [];
  for (const it of periods) {
    const found = await readTeamLoad(queries, { organisationId, teamId, periodId: it.id });
    if (found === null) continue;
    const { verdict, load, unsized, capacity, share } = found;
    loads.push({
      ...{ periodId: it.id, period: it.label, verdict, load, unsized, share },
      ...{ capacity: capacity.personWeeks, from: capacity.from },
    });
  }
  return loads;
}
