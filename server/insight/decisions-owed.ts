import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { DecisionFacts } from '#domain/signal/w7-decision-overdue.ts';
import { commitment, decision, objectLink } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** An open question with what waits for it. */
export interface OpenDecision extends DecisionFacts {
  /** Owners and teams of the running commitments that wait for it. */
  readonly blockedOwners: readonly string[];
  readonly blockedTeams: readonly string[];
}

/** Whom a question has to do with: who decides, whose team it is, and who has promised what waits for it. */
export interface Concerned {
  readonly person: string | null;
  readonly teams: readonly string[];
  /** Only what this person decides. */
  readonly deciding?: boolean;
}

/** Open questions of an organisation, or of those concerned, with the weight of the running commitments they affect. */
export async function readOpenDecisions(
  queries: Queries,
  organisationId: string,
  of: Concerned | null,
): Promise<readonly OpenDecision[]> {
  const rows = await queries
    .select({
      ...{ id: decision.id, question: decision.title, status: decision.status, decider: decision.ownerId },
      ...{ team: decision.teamId, neededBy: decision.neededBy },
    })
    .from(decision)
    .where(
      and(
        eq(decision.organisationId, organisationId),
        eq(decision.status, 'open'),
        of === null ? undefined : concerning(queries, organisationId, of),
      ),
    );
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
        running,
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

function concerning(queries: Queries, organisationId: string, of: Concerned): SQL | undefined {
  const decides = of.person === null ? undefined : eq(decision.ownerId, of.person);
  if (of.deciding === true) return decides ?? sql`false`;
  const teams = [...of.teams];
  if (of.person === null && teams.length === 0) return sql`false`;
  const waiting = queries
    .select({ id: objectLink.fromId })
    .from(commitment)
    .innerJoin(
      objectLink,
      and(
        eq(objectLink.organisationId, organisationId),
        eq(objectLink.toKind, 'commitment'),
        eq(objectLink.toId, commitment.id),
      ),
    )
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        running,
        or(
          of.person === null ? undefined : eq(commitment.ownerId, of.person),
          teams.length === 0 ? undefined : inArray(commitment.teamId, teams),
        ),
      ),
    );
  const theirs = teams.length === 0 ? undefined : inArray(decision.teamId, teams);
  return or(decides, theirs, inArray(decision.id, waiting));
}

/** Asked for or promised: what ended waits for nothing. */
const running = sql`${commitment.status} in ('committed', 'proposed')`;
