import { and, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import type { DependencyContext } from '#domain/dependency/context.ts';
import type { ServedEdge } from '#domain/dependency/cycle.ts';
import type { Instant } from '#domain/time.ts';
import { dependency, session, teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { OrganisationFacts } from './commitment-context.ts';
import { readTitles } from './dependency-rows.ts';
import { readRuleFacts } from './rule-facts.ts';

/** Fills in what a decision about one ask may know. */
export async function dependencyContext(
  queries: Queries,
  facts: OrganisationFacts,
  ask: { readonly id: string | null; readonly boardId: string; readonly providerTeam: string | null },
  standing: Standing,
): Promise<DependencyContext> {
  const factsOf = await readRuleFacts(queries, facts.organisationId);
  return {
    // Who is asked has to answer on days on which that team works.
    ...factsOf(ask.providerTeam),
    standing,
    providerMembers: await readMembers(queries, ask.providerTeam),
    edges: await readEdges(queries, ask.boardId, ask.id),
    titles: await readTitles(queries, ask.boardId),
    sessionEndsAt: await readSessionEnd(queries, facts.organisationId, ask),
    importing: false,
    committing: false,
  };
}

/**
 * When the session ends in which both sides sit: one that runs on the board, or without a board in the providing team. Its
 * end is as it was planned at the start; the latest counts when several run. null outside of any.
 */
async function readSessionEnd(
  queries: Queries,
  organisationId: string,
  { boardId, providerTeam }: { readonly boardId: string; readonly providerTeam: string | null },
): Promise<Instant | null> {
  const [running] = await queries
    .select({
      ends: sql<
        number | null
      >`max(extract(epoch from ${session.startedAt}) * 1000 + (${session.state}->>'plannedMinutes')::numeric * 60000)::double precision`,
    })
    .from(session)
    .where(
      and(
        eq(session.organisationId, organisationId),
        eq(session.status, 'running'),
        or(
          eq(session.boardId, boardId),
          providerTeam === null ? undefined : and(isNull(session.boardId), eq(session.teamId, providerTeam)),
        ),
      ),
    );
  return running?.ends ?? null;
}

async function readMembers(queries: Queries, teamId: string | null): Promise<readonly string[]> {
  if (teamId === null) return [];
  const rows = await queries
    .select({ personId: teamMember.personId })
    .from(teamMember)
    .where(eq(teamMember.teamId, teamId));
  return rows.map(({ personId }) => personId);
}

/** Hard needs of the board that are agreed and served by a known objective, but for the one in question. */
async function readEdges(
  queries: Queries,
  boardId: string,
  except: string | null,
): Promise<readonly ServedEdge[]> {
  const rows = await queries
    .select({ from: dependency.requesterKey, to: dependency.servedBy })
    .from(dependency)
    .where(
      and(
        eq(dependency.boardId, boardId),
        eq(dependency.hard, true),
        inArray(dependency.status, ['accepted', 'delivered']),
        isNotNull(dependency.servedBy),
        isNotNull(dependency.requesterKey),
        except === null ? undefined : ne(dependency.id, except),
      ),
    );
  return rows.flatMap(({ from, to }) => (from === null || to === null ? [] : [{ from, to }]));
}
