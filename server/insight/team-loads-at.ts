import { and, asc, eq, gte, inArray } from 'drizzle-orm';
import { capacityOf, loadOf, type CapacitySettings } from '#domain/capacity/capacity.ts';
import { daysAway } from '#domain/capacity/days-away.ts';
import { termsNow } from '#domain/commitment/commitment.ts';
import { daysBetween } from '#domain/rhythm/local-time.ts';
import type { LocalDate } from '#domain/time.ts';
import type { LoadView } from '#protocol/views/insight.ts';
import { period } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { Standing } from '../tracking/as-of/promises-at.ts';
import type { TeamThen } from '../tracking/as-of/team-at.ts';
import { inPlan } from '../tracking/team-load.ts';

/** What a team had taken on against what it could do, of the periods that ran then or were ahead, as it was reckoned then. */
export async function readLoadsAt(
  queries: Queries,
  organisationId: string,
  {
    standing,
    team,
    today,
    settings,
  }: {
    /** All the team had promised, hidden or not: a sum counts it, without names. */
    readonly standing: readonly Standing[];
    readonly team: TeamThen;
    readonly today: LocalDate;
    readonly settings: CapacitySettings;
  },
): Promise<readonly LoadView[]> {
  const taken = Map.groupBy(
    standing.filter(({ state }) => termsNow(state).horizon !== 'week'),
    ({ state }) => state.source.period,
  );
  const ids = [...taken.keys()].filter((id) => id !== null);
  if (ids.length === 0) return [];
  const periods = await queries
    .select({ id: period.id, label: period.label, start: period.start, end: period.end })
    .from(period)
    .where(and(eq(period.organisationId, organisationId), inArray(period.id, ids), gte(period.end, today)))
    .orderBy(asc(period.start));
  return periods.map(({ id, label, start, end }): LoadView => {
    const capacity = capacityOf(
      {
        entered: team.entered.get(label) ?? null,
        shares: team.members.map(({ share }) => share),
        weeks: (daysBetween(start, end) + 1) / 7,
        holidays: daysAway(team.holidays, { start, end }),
      },
      settings,
    );
    const planned = (taken.get(id) ?? []).filter(({ state }) => inPlan.includes(state.status));
    const { verdict, load, unsized, share } = loadOf(
      planned.map(({ state }) => termsNow(state).effort),
      capacity,
      settings,
    );
    return {
      ...{ periodId: id, period: label, verdict, load, unsized, share },
      ...{ capacity: capacity.personWeeks, from: capacity.from },
    };
  });
}
