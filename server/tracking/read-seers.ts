import { and, eq, inArray, isNull } from 'drizzle-orm';
import { maySeeBoard } from '#domain/access/board-scope.ts';
import { readNarrowBoards } from '../store/hidden-boards.ts';
import { member, team, teamMember } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import type { Seer } from './seen.ts';

/** What people may look at, by person, as their own sign-in would say; who is not in the answer may look at all boards. */
export async function readSeers(
  queries: Queries,
  organisationId: string,
  people: readonly string[],
): Promise<ReadonlyMap<string, Seer & { readonly organisationId: string }>> {
  const narrow = await readNarrowBoards(queries, organisationId);
  if (narrow.length === 0 || people.length === 0) return new Map();
  const [belongs, members] = await Promise.all([
    queries
      .select({ person: teamMember.personId, teamId: team.id, key: team.key, role: teamMember.role })
      .from(teamMember)
      .innerJoin(team, eq(team.id, teamMember.teamId))
      .where(
        and(
          eq(teamMember.organisationId, organisationId),
          inArray(teamMember.personId, [...people]),
          isNull(team.archivedAt),
        ),
      ),
    queries
      .select({ person: member.personId, role: member.role })
      .from(member)
      .where(and(eq(member.organisationId, organisationId), isNull(member.suspendedAt))),
  ]);
  const teamsOf = Map.groupBy(belongs, ({ person }) => person);
  const administrators = new Set(
    members.flatMap(({ person, role }) => (role === 'administrator' ? [person] : [])),
  );
  return new Map(
    [...new Set(people)].map((personId) => {
      const teams = teamsOf.get(personId) ?? [];
      const standing = {
        ...{ teams: teams.map(({ teamId }) => teamId), administers: administrators.has(personId) },
      };
      const hidden = narrow.filter((it) => !maySeeBoard(it, personId, standing));
      return [
        personId,
        { organisationId, personId, teams, hiddenBoards: hidden.map(({ id }) => id) },
      ] as const;
    }),
  );
}
