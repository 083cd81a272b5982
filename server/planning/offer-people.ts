import { and, asc, eq, isNull } from 'drizzle-orm';
import { member, teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { PlanningDeps } from './deps.ts';

/** Leads of every team of an organisation, by team id. */
export async function readLeads(
  { store }: PlanningDeps,
  organisationId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await store.db
    .select({ teamId: teamMember.teamId, personId: teamMember.personId })
    .from(teamMember)
    .where(and(eq(teamMember.organisationId, organisationId), eq(teamMember.role, 'lead')));
  const byTeam = Map.groupBy(rows, ({ teamId }) => teamId);
  return new Map([...byTeam].map(([teamId, leads]) => [teamId, leads.map(({ personId }) => personId)]));
}

/** The administrator of longest standing. */
export async function readAdministrator(queries: Queries, organisationId: string): Promise<string | null> {
  const [row] = await queries
    .select({ personId: member.personId })
    .from(member)
    .where(
      and(
        eq(member.organisationId, organisationId),
        eq(member.role, 'administrator'),
        isNull(member.suspendedAt),
      ),
    )
    .orderBy(asc(member.createdAt))
    .limit(1);
  return row?.personId ?? null;
}
