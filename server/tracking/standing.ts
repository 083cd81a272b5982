import { and, eq, inArray } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import type { Actor } from '#domain/event.ts';
import type { Viewer } from '../app.ts';
import { teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** What a viewer is, for the rules about promises. A token that may only read stands like an observer. */
export async function standingOf(queries: Queries, viewer: Viewer): Promise<Standing> {
  const memberOf = viewer.teams.map(({ teamId }) => teamId);
  return {
    person: viewer.personId,
    role: viewer.scope === 'read' ? 'observer' : viewer.role,
    leadOf: viewer.teams.filter(({ role }) => role === 'lead').map(({ teamId }) => teamId),
    memberOf,
    leaderless: await leaderless(queries, viewer.organisationId, memberOf),
  };
}

/** A viewer as the actor of what he asks for. */
export function actorOf(viewer: Viewer, onBehalfOf: string | null = null): Actor {
  return { person: viewer.personId, via: viewer.via, ...(onBehalfOf === null ? {} : { onBehalfOf }) };
}

async function leaderless(
  queries: Queries,
  organisationId: string,
  teams: readonly string[],
): Promise<readonly string[]> {
  if (teams.length === 0) return [];
  const led = await queries
    .selectDistinct({ teamId: teamMember.teamId })
    .from(teamMember)
    .where(
      and(
        eq(teamMember.organisationId, organisationId),
        eq(teamMember.role, 'lead'),
        inArray(teamMember.teamId, [...teams]),
      ),
    );
  return teams.filter((team) => !led.some(({ teamId }) => teamId === team));
}
