import { and, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import {
  capacityOf,
  loadOf,
  type Capacity,
  type CapacitySettings,
  type Load,
} from '#domain/capacity/capacity.ts';
import { daysAway } from '#domain/capacity/days-away.ts';
import { daysBetween } from '#domain/rhythm/local-time.ts';
import type { LocalDate } from '#domain/time.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { capacity, commitment, dayOff, organisation, period, teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** What takes of a team's time: all that is in its plan, answered or not. What was dropped gives its time back. */
export const inPlan: readonly string[] = ['proposed', 'committed', 'done', 'missed'];

export interface TeamPeriod {
  readonly organisationId: string;
  readonly teamId: string;
  readonly periodId: string;
}

/** What a team took on in a period against what it can do (tracking.md T16); null when the period is not there. */
export async function readTeamLoad(queries: Queries, of: TeamPeriod): Promise<Load | null> {
  const { organisationId, teamId, periodId } = of;
  const can = await readTeamCapacity(queries, of);
  if (can === null) return null;
  const state = sql`${commitment.state}`;
  const efforts = await queries
    .select({
      effort: sql<number | null>`coalesce(
        (${state}->'versions'->-1->'terms'->>'effort')::float8, (${state}->'offered'->>'effort')::float8)`,
    })
    .from(commitment)
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        eq(commitment.teamId, teamId),
        eq(commitment.periodId, periodId),
        inArray(commitment.status, [...inPlan]),
        sql`${commitment.horizon} <> 'week'`,
      ),
    );
  return loadOf(
    efforts.map(({ effort }) => effort),
    can.capacity,
    can.settings,
  );
}

/** What a team can do in a period, whatever it took on, and the organisation's bounds; null when the period is not there. */
export async function readTeamCapacity(
  queries: Queries,
  { organisationId, teamId, periodId }: TeamPeriod,
): Promise<{ readonly capacity: Capacity; readonly settings: CapacitySettings } | null> {
  const [span] = await queries
    .select({ start: period.start, end: period.end, settings: organisation.settings })
    .from(period)
    .innerJoin(organisation, eq(organisation.id, period.organisationId))
    .where(and(eq(period.id, periodId), eq(period.organisationId, organisationId)));
  if (span === undefined) return null;
  const enteredNow = queries
    .select({ personWeeks: capacity.personWeeks })
    .from(capacity)
    .where(and(eq(capacity.teamId, teamId), eq(capacity.periodId, periodId)));
  const membersNow = queries
    .select({ share: teamMember.share })
    .from(teamMember)
    .where(and(eq(teamMember.organisationId, organisationId), eq(teamMember.teamId, teamId)));
  const [[entered], members, holidays] = await Promise.all([
    ...([enteredNow, membersNow] as const),
    readHolidays(queries, organisationId, teamId, span),
  ]);
  const weeks = (daysBetween(span.start, span.end) + 1) / 7;
  const { capacity: settings } = thresholdsIn(span.settings);
  const of = {
    ...{ entered: entered?.personWeeks ?? null, shares: members.map(({ share }) => share) },
    ...{ weeks, holidays: daysAway(holidays, span) },
  };
  return { capacity: capacityOf(of, settings), settings };
}

/** Holidays of a team, its own and everybody's, that touch a stretch of days. */
async function readHolidays(
  queries: Queries,
  organisationId: string,
  teamId: string,
  span: { readonly start: LocalDate; readonly end: LocalDate },
): Promise<readonly { readonly start: LocalDate; readonly end: LocalDate }[]> {
  return queries
    .select({ start: dayOff.start, end: dayOff.end })
    .from(dayOff)
    .where(
      and(
        eq(dayOff.organisationId, organisationId),
        eq(dayOff.kind, 'holiday'),
        or(isNull(dayOff.teamId), eq(dayOff.teamId, teamId)),
        lte(dayOff.start, span.end),
        gte(dayOff.end, span.start),
      ),
    );
}
