import { and, asc, eq, inArray } from 'drizzle-orm';
import { periodOfDueThen, type CountingFrom } from '#domain/rhythm/plan-period.ts';
import type { CalendarSettings, PeriodSpan } from '#domain/rhythm/planning-calendar.ts';
import type { LocalDate } from '#domain/time.ts';
import { organisation, period, planningCalendar } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** The plan period that something due on a day counts for; null in a gap. */
export type PeriodOfDue = (due: LocalDate) => (PeriodSpan & { readonly id: string }) | null;

/**
 * Where dues of an organisation count, from its stored periods and every version of its calendar: by the due day, never
 * by the day somebody typed something (tracking.md T1).
 */
export async function readPeriodOfDue(queries: Queries, organisationId: string): Promise<PeriodOfDue> {
  const versions = await readVersions(queries, organisationId);
  const { id, kind, label, start, end } = period;
  const spans = await queries
    .select({ id, kind, label, start, end })
    .from(period)
    .where(
      and(
        eq(period.organisationId, organisationId),
        inArray(kind, [...new Set(versions.map(({ planPeriod }) => planPeriod))]),
      ),
    )
    .orderBy(asc(start));
  return (due) => periodOfDueThen(spans, versions, due);
}

/** Kinds of periods that planning and close have served, by any version of the calendar. */
export async function readPlanPeriodKinds(
  queries: Queries,
  organisationId: string,
): Promise<readonly CountingFrom['planPeriod'][]> {
  const versions = await readVersions(queries, organisationId);
  return [...new Set(versions.map(({ planPeriod }) => planPeriod))];
}

/** One statement: an organisation without a calendar of its own is asked for its weeks alone. */
async function readVersions(queries: Queries, organisationId: string): Promise<readonly CountingFrom[]> {
  const rows = await queries
    .select({
      weekStart: organisation.weekStart,
      ...{ validFrom: planningCalendar.validFrom, calendar: planningCalendar.calendar },
    })
    .from(organisation)
    .leftJoin(planningCalendar, eq(planningCalendar.organisationId, organisation.id))
    .where(eq(organisation.id, organisationId))
    .orderBy(asc(planningCalendar.version));
  const versions = rows.flatMap(({ validFrom, calendar }) => {
    if (validFrom === null) return [];
    const { planPeriod, straddle, weekStart } = calendar as CalendarSettings;
    return [{ validFrom, planPeriod, straddle, weekStart }];
  });
  if (versions.length > 0) return versions;
  const weekStart = rows[0]?.weekStart ?? 1;
  return [{ validFrom: '1970-01-01', planPeriod: 'quarter', straddle: 'majority', weekStart }];
}
