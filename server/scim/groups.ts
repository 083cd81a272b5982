import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { TeamView } from '#protocol/views/organisation.ts';
import type { Result, Viewer } from '../app.ts';
import { line, parse } from '../organisations/input.ts';
import { lockOrganisation } from '../organisations/lock-organisation.ts';
import { changeTeam, createTeam, listTeams, putInTeam, removeFromTeam } from '../organisations/teams.ts';
import * as schema from '../store/schema.ts';
import type { ScimDeps } from './deps.ts';
import type { Term } from './filter.ts';
import { noSuchPath, type Change } from './patch.ts';
import { together } from './together.ts';
import { allUserIds } from './user-rows.ts';

const { provisionedTeam, team } = schema;

/** A team as a directory sees it: only users are its members, not people who are merely named. */
export interface Group {
  readonly id: string;
  readonly displayName: string;
  readonly externalId: string | null;
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly createdAt: number;
}

/** What a directory asks a group to be; `undefined` stays. */
export interface GroupAsked {
  readonly displayName?: string | undefined;
  readonly externalId?: string | null | undefined;
  readonly members?: readonly string[] | undefined;
}

export const groupAttributes = ['displayname', 'externalid', 'id', 'members.value'] as const;
export const noSuchGroup = () => refused('not-found', 'There is no such group.');

/** All groups by name that fit the terms. */
export async function listGroups(
  { store }: ScimDeps,
  organisationId: string,
  terms: readonly Term[],
): Promise<readonly Group[]> {
  const { db } = store;
  const teams = await listTeams(db, organisationId);
  const said = await db
    .select({ team, externalId: provisionedTeam.externalId })
    .from(team)
    .leftJoin(provisionedTeam, eq(provisionedTeam.teamId, team.id))
    .where(eq(team.organisationId, organisationId));
  const names = await db
    .select({ id: schema.person.id, name: schema.person.name })
    .from(schema.person)
    .where(eq(schema.person.organisationId, organisationId));
  const users = await allUserIds(db, organisationId);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const saidOf = new Map(said.map((it) => [it.team.id, it]));
  const groups = teams.map((it: TeamView): Group => {
    const members = it.members.filter(({ personId }) => users.has(personId));
    return {
      ...{ id: it.id, displayName: it.name, externalId: saidOf.get(it.id)?.externalId ?? null },
      members: members.map(({ personId }) => ({ id: personId, name: nameOf.get(personId) ?? '' })),
      createdAt: saidOf.get(it.id)?.team.createdAt.getTime() ?? 0,
    };
  });
  return groups.filter((group) => terms.every((term) => fits(group, term)));
}

function fits(group: Group, { attribute, value }: Term): boolean {
  if (attribute === 'displayname') return group.displayName.toLowerCase() === value.toLowerCase();
  if (attribute === 'externalid') return group.externalId === value;
  if (attribute === 'id') return group.id === value.toLowerCase();
  return group.members.some(({ id }) => id === value);
}

export async function findGroup(parts: ScimDeps, organisationId: string, id: string): Result<Group> {
  const [found] = await listGroups(parts, organisationId, [{ attribute: 'id', value: id }]);
  return found === undefined ? noSuchGroup() : allowed(found);
}

/** Makes a team with these members. */
export const createGroup = (parts: ScimDeps, actor: Viewer, asked: GroupAsked): Result<Group> =>
  together(parts, async (within) => {
    const made = await createTeam(within, actor, { name: asked.displayName ?? '' });
    return made.ok ? settle(within, actor, made.value.id, { ...asked, displayName: undefined }) : made;
  });

/** Changes name, external id and members to what follows from the group as it is. */
export const changeGroupTo = (
  parts: ScimDeps,
  actor: Viewer,
  id: string,
  to: (before: Group) => Outcome<GroupAsked>,
): Result<Group> =>
  together(parts, async (within, tx) => {
    await lockOrganisation(tx, actor.organisationId);
    const before = await findGroup(within, actor.organisationId, id);
    if (!before.ok) return before;
    const asked = to(before.value);
    return asked.ok ? settle(within, actor, id, asked.value) : asked;
  });

/** Puts the team away: what it promised and planned stays. */
export const deleteGroup = (parts: ScimDeps, actor: Viewer, id: string): Result<true> =>
  together(parts, async (within) => {
    const found = await findGroup(within, actor.organisationId, id);
    if (!found.ok) return found;
    const gone = await changeTeam(within, actor, id, { archived: true });
    return gone.ok ? allowed(true) : gone;
  });

async function settle(within: ScimDeps, actor: Viewer, id: string, asked: GroupAsked): Result<Group> {
  const { organisationId } = actor;
  const before = await findGroup(within, organisationId, id);
  if (!before.ok) return before;
  const { displayName, externalId, members } = asked;
  if (displayName !== undefined && displayName !== before.value.displayName) {
    const same = await listGroups(within, organisationId, [{ attribute: 'displayname', value: displayName }]);
    if (same.some((other) => other.id !== id)) {
      return refused('already-exists', `There is already a team called ${displayName}.`);
    }
    const renamed = await changeTeam(within, actor, id, { name: displayName });
    if (!renamed.ok) return renamed;
  }
  if (externalId !== undefined) {
    await within.store.db
      .insert(provisionedTeam)
      .values({ teamId: id, organisationId, externalId })
      .onConflictDoUpdate({
        target: provisionedTeam.teamId,
        set: { externalId },
        setWhere: and(eq(provisionedTeam.organisationId, organisationId)),
      });
  }
  if (members !== undefined) {
    const moved = await moveMembers(within, actor, before.value, members);
    if (!moved.ok) return moved;
  }
  return findGroup(within, organisationId, id);
}

/** Who is in already stays as he is, a lead as a lead. */
async function moveMembers(
  within: ScimDeps,
  actor: Viewer,
  group: Group,
  wanted: readonly string[],
): Result<true> {
  const users = await allUserIds(within.store.db, actor.organisationId);
  const strange = wanted.find((id) => !users.has(id));
  if (strange !== undefined) {
    return refused('invalid-input', `There is no user ${strange.slice(0, 100)}.`, { path: 'members' });
  }
  const here = new Set(group.members.map(({ id }) => id));
  for (const personId of new Set(wanted)) {
    if (here.has(personId)) continue;
    const put = await putInTeam(within, actor, group.id, { personId, role: 'member' });
    if (!put.ok) return put;
  }
  for (const personId of here) {
    if (wanted.includes(personId)) continue;
    const out = await removeFromTeam(within, actor, group.id, personId);
    if (!out.ok) return out;
  }
  return allowed(true);
}

const memberList = z.array(z.object({ value: z.string().max(100) }));
const outsideId = line('an externalId', 254);
const groupBody = z.object({
  displayName: z.string({ error: 'Give a displayName.' }),
  externalId: outsideId.nullish(),
  members: memberList.nullish(),
});

/** The group of a POST or PUT; without a list of members it has none. */
export function readGroup(body: unknown): Outcome<GroupAsked> {
  const read = parse(groupBody, body);
  if (!read.ok) return read;
  const { displayName, externalId, members } = read.value;
  return allowed({
    displayName: displayName.trim(),
    externalId: externalId ?? null,
    members: (members ?? []).map(({ value }) => value.toLowerCase()),
  });
}

/** The group after the changes of a PATCH. */
export function changeGroup(before: Group, changes: readonly Change[]): Outcome<GroupAsked> {
  let members = before.members.map(({ id }) => id);
  let asked: GroupAsked = {};
  for (const { op, attribute, only, value } of changes) {
    if (attribute === 'members' || attribute === 'members.value') {
      const named = only === null ? namedIn(value) : allowed([only.toLowerCase()]);
      if (!named.ok) return named;
      const ids = named.value;
      if (op === 'add') members = [...members, ...ids];
      else if (op === 'replace') members = [...ids];
      // Entra names those to take out in the value; a remove of all members names none.
      else members = ids.length === 0 ? [] : members.filter((id) => !ids.includes(id));
      asked = { ...asked, members };
    } else if (attribute === 'displayname' || attribute === 'externalid') {
      if (op !== 'remove' && typeof value !== 'string')
        return refused('invalid-input', `${attribute} is a text.`, { path: attribute });
      const words = op === 'remove' ? '' : String(value).trim();
      if (attribute === 'externalid') {
        const outside = words === '' ? allowed(null) : parse(outsideId, words);
        if (!outside.ok) return outside;
        asked = { ...asked, externalId: outside.value };
      } else asked = { ...asked, displayName: words };
    } else if (!['id', 'schemas', 'meta'].includes(attribute)) return noSuchPath(attribute);
  }
  return allowed(asked);
}

function namedIn(value: unknown): Outcome<readonly string[]> {
  if (value === null || value === undefined) return allowed([]);
  const read = memberList.safeParse(Array.isArray(value) ? value : [value]);
  return read.success
    ? allowed(read.data.map((it) => it.value.toLowerCase()))
    : refused('invalid-input', 'members is a list of objects, each with a value.', { path: 'members' });
}
