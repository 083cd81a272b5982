import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { movesFor } from '#domain/dependency/moves.ts';
import type { Viewer } from '../app.ts';
import { commitment, dependency } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { requesterJoin, withRequester } from './dependency-rows.ts';
import { concerning, counteredBefore, isOwnTeam, isToAnswer, ownToLookAt, speaksForTeams } from './inbox.ts';
import { seenAsks } from './seen.ts';
import { readSlotFacts } from './slot-facts.ts';
import { actorOf, standingOf } from './standing.ts';

/**
 * How much of the inbox waits for this person: the numbers in the frame of every page. They are those of the inbox itself,
 * found without reading what is only shown there.
 */
export async function countWaiting(
  queries: Queries,
  viewer: Viewer,
): Promise<{ readonly week: number; readonly dependencies: number }> {
  const standing = await standingOf(queries, viewer);
  const speaksFor = speaksForTeams(standing);
  const few = { id: commitment.id, status: commitment.status, teamId: commitment.teamId };
  const [own, countered, asks] = await Promise.all([
    queries.select(few).from(commitment).where(ownToLookAt(viewer)),
    queries.select(few).from(commitment).where(counteredBefore(viewer, speaksFor)),
    queries
      .select({ row: dependency, owner: commitment.ownerId, title: commitment.statement })
      .from(dependency)
      .leftJoin(commitment, requesterJoin)
      .where(
        and(
          eq(dependency.organisationId, viewer.organisationId),
          seenAsks(viewer),
          mayWait,
          inArray(dependency.id, concerning(queries, viewer.organisationId, viewer.personId, standing)),
        ),
      ),
  ]);
  const running = own.flatMap(({ id, status }) => (status === 'committed' ? [id] : []));
  const slots = await readSlotFacts(queries, running, viewer.organisation.now);
  const answered = new Set(countered.map(({ id }) => id));
  const toAccept = own.filter(({ id, status }) => status === 'proposed' && !answered.has(id));
  const toAgree = countered.filter(({ teamId }) => teamId !== null && speaksFor.includes(teamId));
  const toCheckIn = running.filter((id) => (slots.get(id)?.waiting ?? null) !== null);
  const actor = actorOf(viewer);
  const toAnswer = asks
    .filter(({ row }) => !isOwnTeam(row))
    .filter((it) => isToAnswer({ moves: movesFor(withRequester(it).state, actor, standing) }));
  return { week: toAccept.length + toAgree.length + toCheckIn.length, dependencies: toAnswer.length };
}

/** States in which somebody may have to answer; who, the rules of the handshake say. */
const mayWait = or(
  inArray(dependency.status, ['requested', 'countered', 'delivered']),
  and(
    inArray(dependency.status, ['declined', 'revoked']),
    sql`(${dependency.state}->'choice') is not distinct from 'null'::jsonb`,
  ),
  and(
    eq(dependency.status, 'accepted'),
    sql`(${dependency.state}->'reopened') is distinct from 'null'::jsonb`,
  ),
);
