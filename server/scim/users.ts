import { and, eq, or } from 'drizzle-orm';
import { allowed, refused } from '#domain/outcome.ts';
import type { Result, Viewer } from '../app.ts';
import { lockOrganisation } from '../organisations/lock-organisation.ts';
import { changeMember } from '../organisations/members.ts';
import { addPerson } from '../organisations/people-in.ts';
import { differences, logChange } from '../store/log-change.ts';
import * as schema from '../store/schema.ts';
import type { ScimDeps } from './deps.ts';
import { invite, withdraw } from './invitation.ts';
import { together } from './together.ts';
import type { UserFields } from './user-fields.ts';
import { fieldsOf, findDeleted, findUser, findUsers, type UserRow } from './user-rows.ts';

const { account, member, person, provisionedPerson } = schema;

export const noSuchUser = () => refused('not-found', 'There is no such user.');
const one = { startIndex: 1, count: 1 };

/** Makes a user: invites, or lets one back in whom the directory had deleted. */
export const createUser = (parts: ScimDeps, actor: Viewer, asked: UserFields): Result<UserRow> =>
  together(parts, async (within, tx) => {
    const { db } = within.store;
    const { organisationId } = actor;
    await lockOrganisation(tx, organisationId);
    const free = await isFree(within, organisationId, asked, null);
    if (!free.ok) return free;
    const deleted = await findDeleted(db, organisationId, asked);
    if (deleted !== null) return bringBack(within, actor, deleted, asked);
    const made = await addPerson(tx, within, {
      ...{ organisationId, name: asked.name, accountId: null },
    });
    await keepSaid(within, organisationId, made.id, asked);
    await log(within, actor, made.id, 'provisioned', {});
    const invited = asked.active ? await invite(within, actor, made.id, asked.email) : allowed(true);
    if (!invited.ok) return invited;
    return read(within, organisationId, made.id);
  });

/** Replaces what is kept of a user by `to`, which follows from what was: renames, invites, suspends, lets back in. */
export const changeUserTo = (
  parts: ScimDeps,
  actor: Viewer,
  id: string,
  to: (before: UserFields) => Awaited<Result<UserFields>>,
): Result<UserRow> =>
  together(parts, async (within, tx) => {
    const { db } = within.store;
    await lockOrganisation(tx, actor.organisationId);
    const row = await findUser(db, actor.organisationId, id);
    if (row === null) return noSuchUser();
    const next = to(fieldsOf(row));
    if (!next.ok) return next;
    const free = await isFree(within, actor.organisationId, next.value, row);
    if (!free.ok) return free;
    return settle(within, actor, row, next.value);
  });

/** For the directory the user is gone; here the member is suspended, the invite withdrawn, and all history stays. */
export const deleteUser = (parts: ScimDeps, actor: Viewer, id: string): Result<true> =>
  together(parts, async (within, tx) => {
    await lockOrganisation(tx, actor.organisationId);
    const row = await findUser(within.store.db, actor.organisationId, id);
    if (row === null) return noSuchUser();
    const settled = await settle(within, actor, row, { ...fieldsOf(row), active: false });
    if (!settled.ok) return settled;
    const deletedAt = new Date(within.now());
    await within.store.db
      .update(provisionedPerson)
      .set({ deletedAt })
      .where(eq(provisionedPerson.personId, row.person.id));
    return allowed(true);
  });

async function bringBack(
  within: ScimDeps,
  actor: Viewer,
  deleted: UserRow,
  asked: UserFields,
): Result<UserRow> {
  await within.store.db
    .update(provisionedPerson)
    .set({ deletedAt: null })
    .where(eq(provisionedPerson.personId, deleted.person.id));
  await log(within, actor, deleted.person.id, 'provisioned', {});
  return settle(within, actor, deleted, asked);
}

async function settle(within: ScimDeps, actor: Viewer, row: UserRow, next: UserFields): Result<UserRow> {
  const { organisationId } = actor;
  const before = fieldsOf(row);
  const { id } = row.person;
  await keepSaid(within, organisationId, id, next);
  if (next.name !== row.person.name) {
    await within.store.db
      .update(person)
      .set({ name: next.name })
      .where(and(eq(person.id, id), eq(person.organisationId, organisationId)));
    const data = differences({ name: row.person.name }, { name: next.name });
    await log(within, actor, id, 'changed', data ?? {});
  }
  if (row.member === null) {
    const isOther = next.email !== before.email;
    if (!next.active || isOther) await withdraw(within, organisationId, id);
    if (next.active && !(await hasJoined(within, organisationId, id))) {
      const invited = await invite(within, actor, id, next.email);
      if (!invited.ok) return invited;
    }
  }
  // The invite is withdrawn first: whoever took it at this very moment is found, and suspended, too.
  for (const place of await placesOf(within, organisationId, id, next.email)) {
    const changed = await changeMember(within, actor, place, { suspended: !next.active });
    if (!changed.ok) return changed;
  }
  return read(within, organisationId, id);
}

/** The member this user is, and one who joined under the user's address by another link. */
async function placesOf(
  { store }: ScimDeps,
  organisationId: string,
  personId: string,
  address: string,
): Promise<readonly string[]> {
  const rows = await store.db
    .select({ id: member.id })
    .from(member)
    .innerJoin(account, eq(account.id, member.accountId))
    .where(
      and(
        eq(member.organisationId, organisationId),
        or(eq(member.personId, personId), eq(account.email, address)),
      ),
    );
  return rows.map(({ id }) => id);
}

async function hasJoined({ store }: ScimDeps, organisationId: string, personId: string) {
  const here = and(eq(member.organisationId, organisationId), eq(member.personId, personId));
  return (await store.db.select({ id: member.id }).from(member).where(here)).length > 0;
}

/** A userName and an address name one user of a directory. */
async function isFree(
  { store }: ScimDeps,
  organisationId: string,
  { userName, email }: UserFields,
  mine: UserRow | null,
): Result<true> {
  const was = mine === null ? null : fieldsOf(mine);
  const terms = [
    ...(was?.userName === userName ? [] : [{ attribute: 'username', value: userName }]),
    ...(was?.email === email ? [] : [{ attribute: 'emails.value', value: email }]),
  ];
  for (const term of terms) {
    const { rows } = await findUsers(store.db, organisationId, [term], { ...one, count: 2 });
    if (rows.some(({ person: it }) => it.id !== mine?.person.id)) {
      return refused('already-exists', `There is a user with ${term.value} already.`);
    }
  }
  return allowed(true);
}

async function keepSaid(
  { store, now }: ScimDeps,
  organisationId: string,
  personId: string,
  { name: _, ...said }: UserFields,
): Promise<void> {
  const at = new Date(now());
  await store.db
    .insert(provisionedPerson)
    .values({ personId, organisationId, ...said, createdAt: at, updatedAt: at })
    .onConflictDoUpdate({ target: provisionedPerson.personId, set: { ...said, updatedAt: at } });
}

const log = (
  { store, now }: ScimDeps,
  actor: Viewer,
  id: string,
  type: string,
  data: Readonly<Record<string, unknown>>,
): Promise<void> => logChange(store.db, actor, { kind: 'person', id, type, data }, now());

async function read({ store }: ScimDeps, organisationId: string, id: string): Result<UserRow> {
  const row = await findUser(store.db, organisationId, id);
  return row === null ? noSuchUser() : allowed(row);
}
