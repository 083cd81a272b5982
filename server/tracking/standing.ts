import { and, eq, gte, inArray, isNotNull, lte, notExists, sql, type SQL } from 'drizzle-orm';
import type { Standing } from '#domain/access/standing.ts';
import type { Actor } from '#domain/event.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';
import type { Viewer } from '../app.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import { leave, member, teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** What a viewer is, for the rules about promises. A token that may only read stands like an observer. */
export async function standingOf(queries: Queries, viewer: Viewer): Promise<Standing> {
  const memberOf = viewer.teams.map(({ teamId }) => teamId);
  const { now, timezone } = viewer.organisation;
  const today = localDateOf(now, timezone);
  const suspended = queries
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.personId, teamMember.personId), isNotNull(member.suspendedAt)));
  // One statement, for nearly every page and act asks for it.
  const [found] = await queries.execute<{
    led: readonly string[] | null;
    away: readonly string[] | null;
  }>(sql`
    select
      (select jsonb_agg(distinct ${teamMember.teamId}) from ${teamMember}
        where ${and(
          ...[eq(teamMember.organisationId, viewer.organisationId), eq(teamMember.role, 'lead')],
          inArray(teamMember.teamId, memberOf),
          // A lead who is suspended speaks for nobody: the team has none until it is given another.
          notExists(suspended),
        )}) as led,
      (select jsonb_agg(distinct ${leave.personId}) from ${leave}
        where ${isAwayFor(viewer, today)}) as away`);
  const led = found?.led ?? [];
  return {
    person: viewer.personId,
    role: viewer.scope === 'read' ? 'observer' : viewer.role,
    leadOf: viewer.teams.filter(({ role }) => role === 'lead').map(({ teamId }) => teamId),
    memberOf,
    leaderless: memberOf.filter((team) => !led.includes(team)),
    standsInFor: found?.away ?? [],
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
  const rows = await queries
    .selectDistinct({ person: leave.personId })
    .from(leave)
    .where(isAwayFor(of, localDateOf(of.at, of.zone)));
  return rows.map(({ person }) => person);
}

const isAwayFor = (
  { organisationId, personId }: Pick<Viewer, 'organisationId' | 'personId'>,
  today: LocalDate,
): SQL | undefined =>
  and(
    ...[eq(leave.organisationId, organisationId), eq(leave.delegateId, personId)],
    ...[lte(leave.start, today), gte(leave.end, today)],
  );
