import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import type { Session } from '#domain/facilitation/session.ts';
import { agendaCarriedInto } from '#domain/rhythm/skips-in-a-row.ts';
import { occurrence, ritual, session } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/**
 * Sessions that were prepared for the meetings skipped right before one, earliest first: a skipped meeting's agenda is
 * carried into the next one (tracking.md T2), from a part of a split series into the one that goes on.
 */
export async function readPreparedForSkipped(
  queries: Queries,
  organisationId: string,
  occurrenceId: string | null,
): Promise<readonly Session[]> {
  if (occurrenceId === null) return [];
  const meeting = { id: occurrence.id, status: occurrence.status, startsAt: occurrence.startsAt };
  const [found] = await queries
    .select({ ...meeting, series: ritual.seriesId })
    .from(occurrence)
    .innerJoin(ritual, eq(ritual.id, occurrence.ritualId))
    .where(and(eq(occurrence.id, occurrenceId), eq(occurrence.organisationId, organisationId)));
  if (found === undefined) return [];
  const before = await queries
    .select(meeting)
    .from(occurrence)
    .innerJoin(ritual, eq(ritual.id, occurrence.ritualId))
    .where(and(eq(ritual.seriesId, found.series), lt(occurrence.startsAt, found.startsAt)))
    .orderBy(asc(occurrence.startsAt));
  const timed = before.map((it) => ({ ...it, startsAt: it.startsAt.getTime() }));
  const one = { ...found, startsAt: found.startsAt.getTime() };
  const skipped = agendaCarriedInto(timed, one).map(({ id }) => id);
  if (skipped.length === 0) return [];
  const rows = await queries
    .select({ state: session.state, startsAt: occurrence.startsAt })
    .from(session)
    .innerJoin(occurrence, eq(occurrence.id, session.occurrenceId))
    .where(and(inArray(session.occurrenceId, skipped), eq(session.status, 'planned')))
    .orderBy(asc(occurrence.startsAt));
  return rows.map(({ state }) => state as Session);
}
