import { and, asc, desc, eq, gte, inArray } from 'drizzle-orm';
import { depths, type Depth } from '#domain/depth/depth.ts';
import type { PeriodServed } from '#domain/commitment/context.ts';
import type { LocalDate } from '#domain/time.ts';
import type { PeriodChoices } from '#protocol/views/period-choices.ts';
import { commitment, period } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import type { ListedCommitment } from './commitment-view.ts';
import { readPlanPeriodKinds, type PeriodOfDue } from './plan-periods.ts';

/** So many of those ahead are offered. */
const AHEAD = 8;

type Asked = Pick<ListedCommitment, 'status' | 'horizon' | 'due' | 'predecessorId'>;

/** True where a yes has to name the plan period it serves (tracking.md T4): neither the offer nor its board does. */
export function asksPeriod(
  { status, horizon }: Pick<Asked, 'status' | 'horizon'>,
  served: Pick<PeriodServed, 'id'> | null,
  depth: Depth,
): boolean {
  return served === null && status === 'proposed' && horizon !== 'week' && depths[depth].accept.period;
}

/**
 * Plan periods a yes may name, with the likely one: where its due counts; of what was carried the one after; else the one
 * that runs. When the calendar holds none ahead, the latest there are, so that nobody is stuck.
 */
export async function readPeriodChoices(
  queries: Queries,
  organisationId: string,
  { due, predecessorId }: Asked,
  today: LocalDate,
  periodOfDue: PeriodOfDue,
): Promise<PeriodChoices> {
  const { id, label, start, end, kind } = period;
  const here = and(
    eq(period.organisationId, organisationId),
    inArray(kind, [...(await readPlanPeriodKinds(queries, organisationId)), 'custom']),
  );
  const fields = { id, label, start, end };
  const ahead = await queries
    .select(fields)
    .from(period)
    .where(and(here, gte(end, today)))
    .orderBy(asc(start), asc(end))
    .limit(AHEAD);
  const latest =
    ahead.length > 0 ? [] : await queries.select(fields).from(period).where(here).orderBy(desc(end)).limit(4);
  const ofDue = due === null ? null : periodOfDue(due);
  const offered = [...ahead, ...latest.reverse()];
  const its = ofDue === null || offered.some((it) => it.id === ofDue.id) ? offered : [ofDue, ...offered];
  const before = predecessorId === null ? null : await readEndOf(queries, organisationId, predecessorId);
  const next = before === null ? undefined : its.find((it) => it.start > before);
  return {
    choices: its.map((it) => ({ id: it.id, label: it.label })),
    suggested: ofDue?.id ?? next?.id ?? its[0]?.id ?? null,
  };
}

/** The last day of the plan period a promise served; null when it served none. */
async function readEndOf(queries: Queries, organisationId: string, id: string): Promise<LocalDate | null> {
  const [found] = await queries
    .select({ end: period.end })
    .from(commitment)
    .innerJoin(period, eq(period.id, commitment.periodId))
    .where(and(eq(commitment.organisationId, organisationId), eq(commitment.id, id)));
  return found?.end ?? null;
}

/** True for a period of the organisation. */
export async function isPeriodOf(queries: Queries, organisationId: string, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const [found] = await queries
    .select({ id: period.id })
    .from(period)
    .where(and(eq(period.id, id), eq(period.organisationId, organisationId)));
  return found !== undefined;
}
