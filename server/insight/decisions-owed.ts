import { and, eq, inArray, sql } from 'drizzle-orm';
import type { DecisionFacts } from '#domain/signal/w7-decision-overdue.ts';
import { commitment, decision, objectLink } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** An open question with what waits for it. */
export interface OpenDecision extends DecisionFacts {
  /** Owners and teams of the running commitments that wait for it. */
  readonly blockedOwners: readonly string[];
  readonly blockedTeams: readonly string[];
}

/** Every open question of an organisation, with the weight of the running commitments it affects. */
export async function readOpenDecisions(
  queries: Queries,
  organisationId: string,
): Promise<readonly OpenDecision[]> {
  const rows = await queries
    .select({
      ...{ id: decision.id, question: decision.title, status: decision.status, decider: decision.ownerId },
      ...{ team: decision.teamId, neededBy: decision.neededBy },
    })
    .from(decision)
    .where(and(eq(decision.organisationId, organisationId), eq(decision.status, 'open')));
  if (rows.length === 0) return [];
  const blocked = await queries
    .select({
      of: objectLink.fromId,
      weight: commitment.weight,
      owner: commitment.ownerId,
      team: commitment.teamId,
    })
    .from(objectLink)
    .innerJoin(commitment, eq(commitment.id, objectLink.toId))
    .where(
      and(
        eq(objectLink.organisationId, organisationId),
        eq(objectLink.toKind, 'commitment'),
        inArray(
          objectLink.fromId,
          rows.map(({ id }) => id),
        ),
        sql`${commitment.status} in ('committed', 'proposed')`,
      ),
    );
  const byDecision = Map.groupBy(blocked, ({ of }) => of);
  return rows.map((row) => {
    const its = byDecision.get(row.id) ?? [];
    return {
      ...row,
      blockedWeight: its.reduce((sum, { weight }) => sum + weight, 0),
      blockedOwners: its.flatMap(({ owner }) => (owner === null ? [] : [owner])),
      blockedTeams: its.flatMap(({ team }) => (team === null ? [] : [team])),
    };
  });
}
