import { and, eq, inArray, isNull, ne, or, type SQL } from 'drizzle-orm';
import type { Session } from '#domain/facilitation/session.ts';
import { boardTeam, commitment, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** Promises of the plan that a session is about: its board's, else its team's, else everybody's; of its period, if it has one. */
export function plannedIn(organisationId: string, it: Session): SQL | undefined {
  return and(
    eq(commitment.organisationId, organisationId),
    ne(commitment.horizon, 'week'),
    it.board === null ? undefined : eq(commitment.boardId, it.board),
    it.board !== null || it.team === null ? undefined : eq(commitment.teamId, it.team),
    it.period === null || it.board !== null ? undefined : eq(commitment.periodId, it.period),
  );
}

/** Promises for a week of the teams a session is about. */
export async function weeklyIn(
  queries: Queries,
  organisationId: string,
  it: Session,
): Promise<SQL | undefined> {
  const teams = await teamsOf(queries, it);
  return and(
    eq(commitment.organisationId, organisationId),
    eq(commitment.horizon, 'week'),
    isNull(commitment.boardId),
    teams === null ? undefined : inArray(commitment.teamId, [...teams]),
  );
}

/** Asks a session is about: its board's, else those of its team on either side. */
export function asksIn(organisationId: string, it: Session): SQL | undefined {
  return and(
    eq(dependency.organisationId, organisationId),
    it.board === null ? undefined : eq(dependency.boardId, it.board),
    it.board !== null || it.team === null
      ? undefined
      : or(eq(dependency.requesterTeamId, it.team), eq(dependency.providerTeamId, it.team)),
  );
}

/** The teams a session is about; null = all of them. */
export async function teamsOf(queries: Queries, it: Session): Promise<readonly string[] | null> {
  if (it.team !== null) return [it.team];
  if (it.board === null) return null;
  const rows = await queries
    .select({ id: boardTeam.teamId })
    .from(boardTeam)
    .where(eq(boardTeam.boardId, it.board));
  return rows.length === 0 ? null : rows.map(({ id }) => id);
}
