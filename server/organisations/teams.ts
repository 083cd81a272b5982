import { and, asc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused } from '#domain/outcome.ts';
import type * as views from '#protocol/views/organisation.ts';
import type { Organisations, Result, Viewer } from '../app.ts';
import type { AccessDependencies } from './dependencies.ts';
import { line, parse } from './input.ts';
import { hueAfter } from './people-in.ts';
import * as schema from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { differences, logChange } from '../store/log-change.ts';
import { isUuid } from '../store/uuid.ts';
import { freeKey, keyOf } from './keys.ts';
import { lockOrganisation } from './lock-organisation.ts';
import { mayAdminister, mayLead } from './rights.ts';
import { viewTeam } from './views.ts';

const { member, person, team, teamMember } = schema;

const name = line('the team’s name', 80);
const colour = z
  .number()
  .int('Choose a colour from 1 to 12.')
  .min(1, 'Choose a colour from 1 to 12.')
  .max(12, 'Choose a colour from 1 to 12.');
const newTeam = z.object({ name, colour: colour.optional() });
const teamChange = z.object({
  name: name.optional(),
  colour: colour.optional(),
  archived: z.boolean().optional(),
});
const placeInput = z.object({
  personId: z.uuid('This is no person.'),
  role: z.enum(['lead', 'member'], { error: 'Choose lead or member.' }),
  share: z.number().min(0, 'Use a share from 0 to 1.').max(1, 'Use a share from 0 to 1.').default(1),
});

const noSuchTeam = () => refused('not-found', 'There is no such team.');

/** An organisation's teams by name, without those put away. */
export async function listTeams(
  queries: Queries,
  organisationId: string,
): Promise<readonly views.TeamView[]> {
  const rows = await queries
    .select()
    .from(team)
    .where(and(eq(team.organisationId, organisationId), isNull(team.archivedAt)))
    .orderBy(asc(team.name));
  const members = await queries
    .select()
    .from(teamMember)
    .where(eq(teamMember.organisationId, organisationId));
  return rows.map((row) => viewTeam(row, members));
}

/** One team, put away or not. */
async function readTeam(queries: Queries, organisationId: string, id: string): Result<views.TeamView> {
  if (!isUuid(id)) return noSuchTeam();
  const [row] = await queries
    .select()
    .from(team)
    .where(and(eq(team.id, id), eq(team.organisationId, organisationId)));
  if (!row) return noSuchTeam();
  const members = await queries.select().from(teamMember).where(eq(teamMember.teamId, id));
  return allowed(viewTeam(row, members));
}

export async function createTeam(
  parts: AccessDependencies,
  viewer: Viewer,
  rawInput: Parameters<Organisations['createTeam']>[1],
): Result<views.TeamView> {
  const may = mayAdminister(viewer);
  if (!may.ok) return may;
  const parsed = parse(newTeam, rawInput);
  if (!parsed.ok) return parsed;
  const { organisationId } = viewer;
  return parts.store.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId);
    const others = await tx.select().from(team).where(eq(team.organisationId, organisationId));
    const same = others.find((other) => other.name.toLowerCase() === parsed.value.name.toLowerCase());
    if (same?.archivedAt === null) {
      return refused('already-exists', `There is already a team called ${same.name}.`, { path: 'name' });
    }
    const row = {
      id: parts.newId(),
      organisationId,
      key: freeKey(parsed.value.name, 'team', new Set(others.map(({ key }) => key))),
      name: parsed.value.name,
      colour: parsed.value.colour ?? hueAfter(others.length),
      timezone: null,
      archivedAt: null,
      createdAt: new Date(parts.now()),
    };
    await tx.insert(team).values(row);
    const made = { kind: 'team', id: row.id, type: 'made', data: { name: row.name } } as const;
    await logChange(tx, viewer, made, parts.now());
    return allowed(viewTeam(row, []));
  });
}

/** Pasted names become teams; blank lines and names already there (by key) are left alone. Returns all teams. */
export async function createTeams(
  parts: AccessDependencies,
  viewer: Viewer,
  names: readonly string[],
): Result<readonly views.TeamView[]> {
  const may = mayAdminister(viewer);
  if (!may.ok) return may;
  const wanted = names.map((text) => String(text).trim()).filter((text) => text !== '');
  const parsed = parse(z.array(name).max(500, 'Use at most 500 teams at once.'), wanted);
  if (!parsed.ok) return parsed;
  const { organisationId } = viewer;
  await parts.store.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId);
    const known = await tx
      .select({ key: team.key })
      .from(team)
      .where(eq(team.organisationId, organisationId));
    const keys = new Set(known.map(({ key }) => key));
    const rows = [];
    for (const text of parsed.value) {
      const key = keyOf(text);
      if (key === '' || keys.has(key)) continue;
      rows.push({
        id: parts.newId(),
        organisationId,
        key,
        name: text,
        colour: hueAfter(keys.size),
        createdAt: new Date(parts.now()),
      });
      keys.add(key);
    }
    if (rows.length > 0) await tx.insert(team).values(rows);
    for (const { id, name: called } of rows) {
      const made = { kind: 'team', id, type: 'made', data: { name: called } } as const;
      await logChange(tx, viewer, made, parts.now());
    }
  });
  return allowed(await listTeams(parts.store.db, organisationId));
}

/** Name and colour by its leads; putting it away (and back) by an administrator. Its history stays. */
export async function changeTeam(
  parts: AccessDependencies,
  viewer: Viewer,
  id: string,
  rawInput: Parameters<Organisations['changeTeam']>[2],
): Result<views.TeamView> {
  const parsed = parse(teamChange, rawInput);
  if (!parsed.ok) return parsed;
  const { archived, ...rest } = parsed.value;
  const may = archived === undefined ? mayLead(viewer, id) : mayAdminister(viewer);
  const before = await readTeam(parts.store.db, viewer.organisationId, id);
  if (!before.ok) return before;
  if (!may.ok) return may;
  const change = {
    ...rest,
    ...(archived === undefined ? {} : { archivedAt: archived ? new Date(parts.now()) : null }),
  };
  if (Object.values(change).some((value) => value !== undefined)) {
    const here = and(eq(team.id, id), eq(team.organisationId, viewer.organisationId));
    await parts.store.transaction(async (tx) => {
      const [was] = await tx.select().from(team).where(here).for('update');
      await tx.update(team).set(change).where(here);
      const data = differences(
        { ...was, archived: was?.archivedAt !== null },
        { ...rest, ...(archived === undefined ? {} : { archived }) },
      );
      if (data !== null)
        await logChange(tx, viewer, { kind: 'team', id, type: 'changed', data }, parts.now());
    });
  }
  if (archived !== undefined)
    await tellMembers(
      parts,
      viewer.organisationId,
      before.value.members.map(({ personId }) => personId),
    );
  return readTeam(parts.store.db, viewer.organisationId, id);
}

/** Puts a person into a team, or changes role and share of one who is in it. */
export async function putInTeam(
  parts: AccessDependencies,
  viewer: Viewer,
  teamId: string,
  rawInput: Parameters<Organisations['putInTeam']>[2],
): Result<views.TeamView> {
  const parsed = parse(placeInput, rawInput);
  if (!parsed.ok) return parsed;
  const before = await readTeam(parts.store.db, viewer.organisationId, teamId);
  if (!before.ok) return before;
  const may = mayLead(viewer, teamId);
  if (!may.ok) return may;
  const { personId, role, share } = parsed.value;
  const here = and(
    eq(person.id, personId),
    eq(person.organisationId, viewer.organisationId),
    isNull(person.mergedInto),
  );
  const [found] = await parts.store.db.select({ id: person.id }).from(person).where(here);
  if (!found) return refused('unknown-person', 'There is no such person.', { path: 'personId' });
  await parts.store.transaction(async (tx) => {
    const place = and(eq(teamMember.teamId, teamId), eq(teamMember.personId, personId));
    const [known] = await tx.select().from(teamMember).where(place).for('update');
    const was = known === undefined ? null : { role: known.role, share: known.share };
    await tx
      .insert(teamMember)
      .values({ organisationId: viewer.organisationId, teamId, personId, role, share })
      .onConflictDoUpdate({ target: [teamMember.teamId, teamMember.personId], set: { role, share } });
    if (was?.role === role && was.share === share) return;
    const put = { kind: 'team', id: teamId, type: 'person-put-in' } as const;
    await logChange(tx, viewer, { ...put, data: { person: personId, role, share, was } }, parts.now());
  });
  await tellMembers(parts, viewer.organisationId, [personId]);
  return readTeam(parts.store.db, viewer.organisationId, teamId);
}

/** Takes a person out of a team; who was not in it is no fault. */
export async function removeFromTeam(
  parts: AccessDependencies,
  viewer: Viewer,
  teamId: string,
  personId: string,
): Result<views.TeamView> {
  const before = await readTeam(parts.store.db, viewer.organisationId, teamId);
  if (!before.ok) return before;
  const may = mayLead(viewer, teamId);
  if (!may.ok) return may;
  if (!isUuid(personId)) return refused('not-found', 'There is no such person.');
  await parts.store.transaction(async (tx) => {
    const taken = await tx
      .delete(teamMember)
      .where(
        and(
          eq(teamMember.organisationId, viewer.organisationId),
          eq(teamMember.teamId, teamId),
          eq(teamMember.personId, personId),
        ),
      )
      .returning({ role: teamMember.role, share: teamMember.share });
    const [was] = taken;
    if (was === undefined) return;
    const out = {
      kind: 'team',
      id: teamId,
      type: 'person-taken-out',
      data: { person: personId, was },
    } as const;
    await logChange(tx, viewer, out, parts.now());
  });
  await tellMembers(parts, viewer.organisationId, [personId]);
  return readTeam(parts.store.db, viewer.organisationId, teamId);
}

/** A lead manages the team's boards, so open sockets must look again. */
async function tellMembers(
  parts: AccessDependencies,
  organisationId: string,
  personIds: readonly string[],
): Promise<void> {
  const rows = await parts.store.db
    .select({ id: member.id, personId: member.personId, accountId: member.accountId })
    .from(member)
    .where(eq(member.organisationId, organisationId));
  for (const row of rows) {
    if (personIds.includes(row.personId)) parts.rights.tell({ memberId: row.id, accountId: row.accountId });
  }
}
