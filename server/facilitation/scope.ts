import { and, eq, inArray, isNull, ne, or, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Session } from '#domain/facilitation/session.ts';
import { board, boardTeam, commitment, dependency, ritualTeam } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { scopeColumn } from '../tracking/seen.ts';

/** Promises of the plan that a session is about: its board's, else its teams', else everybody's; of its period, if it has one. */
export function plannedIn(organisationId: string, it: Session): SQL | undefined {
  return and(
    eq(commitment.organisationId, organisationId),
    ne(commitment.horizon, 'week'),
    it.board === null ? roomSees(scopeColumn, it) : eq(commitment.boardId, it.board),
    it.board !== null || it.team === null ? undefined : eq(commitment.teamId, it.team),
    it.period === null || it.board !== null ? undefined : eq(commitment.periodId, it.period),
    ofRitual(it, commitment.teamId),
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
    roomSees(scopeColumn, it),
    teams === null ? undefined : inArray(commitment.teamId, [...teams]),
  );
}

/** Asks a session is about: its board's, else those of its team on either side. */
export function asksIn(organisationId: string, it: Session): SQL | undefined {
  return and(
    eq(dependency.organisationId, organisationId),
    it.board === null ? roomSees(dependency.boardId, it) : eq(dependency.boardId, it.board),
    it.board !== null || it.team === null
      ? undefined
      : or(eq(dependency.requesterTeamId, it.team), eq(dependency.providerTeamId, it.team)),
    or(ofRitual(it, dependency.requesterTeamId), ofRitual(it, dependency.providerTeamId)),
  );
}

/** The teams a session is about; null = all of them. */
export async function teamsOf(queries: Queries, it: Session): Promise<readonly string[] | null> {
  if (it.team !== null) return [it.team];
  if (it.board === null) return teamsOfRitual(queries, it.ritual);
  const rows = await queries
    .select({ id: boardTeam.teamId })
    .from(boardTeam)
    .where(eq(boardTeam.boardId, it.board));
  return rows.length === 0 ? null : rows.map(({ id }) => id);
}

async function teamsOfRitual(queries: Queries, ritual: string | null): Promise<readonly string[] | null> {
  if (ritual === null) return null;
  const rows = await queries
    .select({ id: ritualTeam.teamId })
    .from(ritualTeam)
    .where(eq(ritualTeam.ritualId, ritual));
  return rows.length === 0 ? null : rows.map(({ id }) => id);
}

/** Of a meeting of several teams, on no board: what is of one of them. Of a ritual of no team it is everybody's. */
function ofRitual(it: Session, team: AnyPgColumn): SQL | undefined {
  if (it.ritual === null || it.team !== null || it.board !== null) return undefined;
  const its = sql`select ${ritualTeam.teamId} from ${ritualTeam} where ${ritualTeam.ritualId} = ${it.ritual}`;
  return sql`(not exists (${its}) or ${team} in (${its}))`;
}

/**
 * What a room may speak of: of boards that are not for everybody only its own, or without a board those of its own teams.
 * Minutes and what is left open are read by everybody who was there.
 */
export function roomSees(boardId: SQLWrapper, it: Session): SQL {
  return sql`(${boardId} is null or exists (select 1 from ${board} where ${roomHears(sql`${board.id} = ${boardId}`, it)}))`;
}

/** Boards among some that everybody in the room may look at. */
export function roomHears(some: SQL, { board: own, team, ritual }: Session): SQL {
  const here =
    own !== null
      ? sql`false`
      : team !== null
        ? sql`${boardTeam.teamId} = ${team}`
        : ritual === null
          ? sql`false`
          : sql`${boardTeam.teamId} in (select ${ritualTeam.teamId} from ${ritualTeam} where ${ritualTeam.ritualId} = ${ritual})`;
  const ofTeam = sql`exists (select 1 from ${boardTeam} where ${boardTeam.boardId} = ${board.id} and ${here})`;
  const isOwn = own === null ? sql`false` : sql`${board.id} = ${own}`;
  return sql`${some} and (${board.scope} = 'organisation' or ${isOwn} or (${board.scope} = 'team' and ${ofTeam}))`;
}
