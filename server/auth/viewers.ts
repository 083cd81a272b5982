import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Via } from '#domain/event.ts';
import type { Viewer } from '../app.ts';
import { viewOrganisation } from '../organisations/views.ts';
import { hasNarrowBoards, readHiddenBoards } from '../store/hidden-boards.ts';
import * as schema from '../store/schema.ts';
import type { Queries } from '../store/store.ts';

/** Whose eyes: a member's, or an account's in one organisation. */
export type ViewerOf =
  { readonly memberId: string } | { readonly accountId: string; readonly organisationId: string };

export interface ViewerDoor {
  readonly via: Via;
  readonly signInId: string | null;
  readonly scope: 'read' | 'write';
  /** Example only: the person looked through. */
  readonly viewAs?: string | null;
}

/** The viewer of a member who is not suspended, else null. */
export async function findViewer(
  queries: Queries,
  of: ViewerOf,
  door: ViewerDoor,
  now: number,
): Promise<Viewer | null> {
  const { account, member, organisation, person } = schema;
  const whose =
    'memberId' in of
      ? eq(member.id, of.memberId)
      : and(eq(member.accountId, of.accountId), eq(member.organisationId, of.organisationId));
  const [found] = await queries
    .select({ member, person, organisation, hasNarrow: hasNarrowBoards(organisation.id) })
    .from(member)
    .innerJoin(person, eq(person.id, member.personId))
    .innerJoin(organisation, eq(organisation.id, member.organisationId))
    .innerJoin(account, eq(account.id, member.accountId))
    .where(and(whose, isNull(member.suspendedAt)));
  if (!found) return null;
  const other =
    door.viewAs && found.organisation.kind === 'example'
      ? await findPerson(queries, found.organisation.id, door.viewAs)
      : null;
  const seenAs = other ?? found.person;
  const organisationId = found.organisation.id;
  const teams = await findTeams(queries, organisationId, seenAs.id);
  const administers = found.member.role === 'administrator' && other === null;
  return {
    accountId: found.member.accountId,
    organisationId,
    memberId: found.member.id,
    personId: seenAs.id,
    personKey: seenAs.key,
    name: seenAs.name,
    colour: seenAs.colour,
    role: found.member.role,
    roleVersion: found.member.roleVersion,
    teams,
    via: door.via,
    signInId: door.signInId,
    scope: door.scope,
    viewingAs: other !== null,
    hiddenBoards: found.hasNarrow
      ? await readHiddenBoards(queries, organisationId, seenAs.id, {
          ...{ teams: teams.map(({ teamId }) => teamId), administers },
        })
      : [],
    organisation: viewOrganisation(found.organisation, now),
  };
}

async function findPerson(queries: Queries, organisationId: string, personId: string) {
  const { person } = schema;
  const [found] = await queries
    .select()
    .from(person)
    .where(
      and(eq(person.organisationId, organisationId), eq(person.id, personId), isNull(person.mergedInto)),
    );
  return found ?? null;
}

async function findTeams(
  queries: Queries,
  organisationId: string,
  personId: string,
): Promise<Viewer['teams']> {
  const { team, teamMember } = schema;
  return queries
    .select({ teamId: team.id, key: team.key, role: teamMember.role })
    .from(teamMember)
    .innerJoin(team, eq(team.id, teamMember.teamId))
    .where(
      and(
        eq(teamMember.organisationId, organisationId),
        eq(teamMember.personId, personId),
        isNull(team.archivedAt),
      ),
    )
    .orderBy(asc(team.name));
}
