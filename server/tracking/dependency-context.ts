import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import type { DependencyContext } from '#domain/dependency/context.ts';
import type { ServedEdge } from '#domain/dependency/cycle.ts';
import { dependency, teamMember } from '../store/schema.ts';
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
    sessionEndsAt: null,
    importing: false,
    committing: false,
  };
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
