import { and, desc, eq, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Session } from '#domain/facilitation/session.ts';
import { addDays, localDateOf } from '#domain/rhythm/local-time.ts';
import type { UnclosedPeriod } from '#protocol/views/facilitation.ts';
import type { Viewer } from '../app.ts';
import { commitment, period, session } from '../store/schema.ts';
import { onSeenBoards } from '../store/seen-boards.ts';
import type { Queries } from '../store/store.ts';
import { scopeColumn } from '../tracking/seen.ts';

/** A close may be held this long before its period is over; planning that is nearer than that wants it held. */
const soonDays = 14;

/** The last period before a planning that something was promised for and no close was held of; null: planning may begin. */
export async function readUnclosed(
  queries: Queries,
  viewer: Viewer,
  of: Pick<Session, 'period' | 'team'> = { period: null, team: null },
): Promise<UnclosedPeriod | null> {
  const { organisationId, organisation, hiddenBoards } = viewer;
  const [planned] =
    of.period === null
      ? []
      : await queries
          .select({ start: period.start })
          .from(period)
          .where(and(eq(period.id, of.period), eq(period.organisationId, organisationId)));
  const today = localDateOf(organisation.now, organisation.timezone);
  const [found] = await queries
    .select({ id: period.id, label: period.label, closed: period.closed, boardId: commitment.boardId })
    .from(period)
    .innerJoin(commitment, eq(commitment.periodId, period.id))
    .where(
      and(
        ...[eq(period.organisationId, organisationId), eq(commitment.organisationId, organisationId)],
        ...[ne(commitment.horizon, 'week'), isNotNull(commitment.acceptedAt)],
        lte(period.end, planned?.start ?? addDays(today, soonDays)),
        of.team === null ? undefined : eq(commitment.teamId, of.team),
        onSeenBoards(scopeColumn, hiddenBoards),
      ),
    )
    .orderBy(desc(period.end))
    .limit(1);
  if (found === undefined || found.closed) return null;
  const closes = await queries
    .select({ id: session.id, status: session.status })
    .from(session)
    .where(
      and(
        ...[eq(session.organisationId, organisationId), eq(session.kind, 'quarterly-close')],
        sql`${session.state}->>'period' = ${found.id}`,
        of.team === null ? undefined : or(isNull(session.teamId), eq(session.teamId, of.team)),
        // One that was called off was never held.
        or(ne(session.status, 'ended'), isNotNull(session.startedAt)),
      ),
    );
  if (closes.some(({ status }) => status === 'ended')) return null;
  const { id, label, boardId } = found;
  return { period: id, label, boardId, sessionId: closes[0]?.id ?? null };
}
