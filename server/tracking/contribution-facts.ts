import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { ContributionFacts, Parent } from '#domain/commitment/contribution.ts';
import { unseenWords } from '#domain/access/board-scope.ts';
import type { CommitmentCommand } from '#domain/commitment/command.ts';
import { readAdministrator } from '../planning/offer-people.ts';
import { isUuid } from '../store/uuid.ts';
import { commitment, member, teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { LoadedCommitment } from './commitment-rows.ts';
import { seenPromises, type Seer } from './seen.ts';

/** What a promise contributes to, as its state keeps it. */
export const contributesToColumn = sql<readonly string[] | null>`${commitment.state}->'contributesTo'`;

/**
 * What a decision about a contribution has to know; undefined for every other command. One asks at a time in an
 * organisation, so that no two links close a circle between them.
 */
export async function readContributionFacts(
  tx: Queries,
  viewer: Seer & { readonly organisationId: string },
  { row, state }: LoadedCommitment,
  command: CommitmentCommand,
): Promise<ContributionFacts | undefined> {
  if (command.type !== 'contribute' && command.type !== 'stop-contributing') return undefined;
  const { organisationId } = viewer;
  const taken = `contributions ${organisationId}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${taken}, 0))`);
  const linked = state.contributesTo ?? [];
  const wanted = command.type === 'contribute' && isUuid(command.to) ? [command.to] : [];
  const links = await tx
    .select({ id: commitment.id, to: contributesToColumn })
    .from(commitment)
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        sql`jsonb_array_length(${commitment.state}->'contributesTo') > 0`,
      ),
    );
  const named = [
    ...new Set([row.id, ...linked, ...wanted, ...links.flatMap(({ id, to }) => [id, ...(to ?? [])])]),
  ];
  const seen = seenPromises(viewer);
  const found = await tx
    .select({
      ...{ id: commitment.id, statement: commitment.statement, status: commitment.status },
      teamId: commitment.teamId,
      seen: seen === undefined ? sql<boolean>`true` : sql<boolean>`coalesce(${seen}, false)`,
    })
    .from(commitment)
    .where(and(eq(commitment.organisationId, organisationId), inArray(commitment.id, named)));
  const leadsOf = await readTeamLeads(
    tx,
    organisationId,
    found.flatMap(({ id, teamId }) =>
      teamId !== null && [...linked, ...wanted].includes(id) ? [teamId] : [],
    ),
  );
  const titles = new Map(found.map((it) => [it.id, it.seen ? it.statement : unseenWords]));
  const parents = found
    .filter(({ id, seen: sees }) => linked.includes(id) || (sees && wanted.includes(id)))
    .map(({ id, status, teamId }): Parent => ({
      id,
      open: status === 'proposed' || status === 'committed',
      leads: leadsOf.get(teamId ?? '') ?? [],
    }));
  return {
    id: row.id,
    parents: new Map(parents.map((it) => [it.id, it])),
    links: new Map(links.map(({ id, to }) => [id, to ?? []])),
    titleOf: (id) => titles.get(id) ?? unseenWords,
    administrator: await readAdministrator(tx, organisationId),
  };
}

/** What promises say, by id, without those the viewer may not look at. */
export async function readSeenStatements(
  queries: Queries,
  viewer: Seer & { readonly organisationId: string },
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await queries
    .select({ id: commitment.id, statement: commitment.statement })
    .from(commitment)
    .where(
      and(
        eq(commitment.organisationId, viewer.organisationId),
        inArray(commitment.id, [...new Set(ids)]),
        seenPromises(viewer),
      ),
    );
  return new Map(rows.map(({ id, statement }) => [id, statement]));
}

/** Leads of teams who may answer something, by team id. */
async function readTeamLeads(
  queries: Queries,
  organisationId: string,
  teams: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (teams.length === 0) return new Map();
  const rows = await queries
    .select({ teamId: teamMember.teamId, personId: teamMember.personId })
    .from(teamMember)
    .innerJoin(
      member,
      and(eq(member.personId, teamMember.personId), eq(member.organisationId, organisationId)),
    )
    .where(
      and(
        ...[eq(teamMember.organisationId, organisationId), eq(teamMember.role, 'lead')],
        ...[inArray(teamMember.teamId, [...teams]), isNull(member.suspendedAt), ne(member.role, 'observer')],
      ),
    )
    .orderBy(asc(member.createdAt), asc(member.id));
  return new Map(
    [...Map.groupBy(rows, ({ teamId }) => teamId)].map(([id, its]) => [id, its.map((it) => it.personId)]),
  );
}
