import { and, eq, gte, inArray, lte } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import type { Actor } from '#domain/event.ts';
import type { Instant, TimeZone } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import { leave, teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** What a viewer is, for the rules about promises. A token that may only read stands like an observer. */
export async function standingOf(queries: Queries, viewer: Viewer): Promise<Standing> {
  const memberOf = viewer.teams.map(({ teamId }) => teamId);
  const [leaderlessTeams, standsInFor] = await Promise.all([
    leaderless(queries, viewer.organisationId, memberOf),
    readAwayFor(queries, { ...viewer, at: viewer.organisation.now, zone: viewer.organisation.timezone }),
  ]);
  return {
    person: viewer.personId,
    role: viewer.scope === 'read' ? 'observer' : viewer.role,
    leadOf: viewer.teams.filter(({ role }) => role === 'lead').map(({ teamId }) => teamId),
    memberOf,
    ...{ leaderless: leaderlessTeams, standsInFor },
  };
}

/** A viewer as the actor of what he asks for. */
export function actorOf(viewer: Viewer, onBehalfOf: string | null = null): Actor {
  return { person: viewer.personId, via: viewer.via, ...(onBehalfOf === null ? {} : { onBehalfOf }) };
}

/** Who is on leave on this day and named this person to answer meanwhile. */
export async function readAwayFor(
  queries: Queries,
  of: Pick<Viewer, 'organisationId' | 'personId'> & { readonly at: Instant; readonly zone: TimeZone },
): Promise<readonly string[]> {
  const { organisationId, personId } = of;
  const today = localDateOf(of.at, of.zone);
  const rows = await queries
    .selectDistinct({ person: leave.personId })
    .from(leave)
    .where(
      and(
        eq(leave.organisationId, organisationId),
        eq(leave.delegateId, personId),
        ...[lte(leave.start, today), gte(leave.end, today)],
      ),
    );
  return rows.map(({ person }) => person);
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
