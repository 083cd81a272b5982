import { and, asc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused } from '#domain/outcome.ts';
import type * as views from '#protocol/views/organisation.ts';
import type { Organisations, Result, Viewer } from '../app.ts';
import type { AccessDependencies } from './dependencies.ts';
import { line, parse } from './input.ts';
import { addPerson } from './people-in.ts';
import * as schema from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import { keyOf } from './keys.ts';
import { lockOrganisation } from './lock-organisation.ts';
import { mayAdminister } from './rights.ts';
import { viewPerson } from './views.ts';

const { member, person, provisionedPerson, teamMember } = schema;

const personInput = z.object({
  name: line('a name', 120),
  key: z
    .string()
    .refine(
      (text) => text !== '' && keyOf(text) === text,
      'Use small letters, digits and dashes, such as ana-lima.',
    )
    .optional(),
});

/** Everybody who can be named, joined or not; merged ones answer under their new key only. */
export async function listPeople(
  parts: AccessDependencies,
  viewer: Viewer,
): Promise<readonly views.PersonView[]> {
  const rows = await parts.store.db
    .select()
    .from(person)
    .where(and(eq(person.organisationId, viewer.organisationId), isNull(person.mergedInto)))
    .orderBy(asc(person.name));
  return rows.map(viewPerson);
}

/** Adds a name without account: may be named owner, can not accept, vote or be mailed (board.md B3). */
export async function createPerson(
  parts: AccessDependencies,
  viewer: Viewer,
  rawInput: Parameters<Organisations['createPerson']>[1],
): Result<views.PersonView> {
  const may = mayAdminister(viewer);
  if (!may.ok) return may;
  const parsed = parse(personInput, rawInput);
  if (!parsed.ok) return parsed;
  const { organisationId } = viewer;
  const { name, key } = parsed.value;
  return parts.store.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId);
    if (key !== undefined) {
      const [taken] = await tx
        .select({ id: person.id })
        .from(person)
        .where(and(eq(person.organisationId, organisationId), eq(person.key, key)));
      if (taken) return refused('key-taken', `The key ${key} belongs to somebody else.`, { path: 'key' });
    }
    return allowed(
      viewPerson(
        await addPerson(tx, parts, {
          organisationId,
          name,
          accountId: null,
          ...(key === undefined ? {} : { key }),
        }),
      ),
    );
  });
}

/**
 * Says that a name without account is this member: from now on the member is that person, with all its history, and the
 * person the member was before answers under it.
 */
export async function linkPerson(
  parts: AccessDependencies,
  viewer: Viewer,
  personId: string,
  memberId: string,
): Result<true> {
  const may = mayAdminister(viewer);
  if (!may.ok) return may;
  if (!isUuid(personId) || !isUuid(memberId))
    return refused('not-found', 'There is no such person or member.');
  const { organisationId } = viewer;
  const linked = await parts.store.transaction(async (tx): Result<{ accountId: string }> => {
    const [named] = await tx
      .select()
      .from(person)
      .where(
        and(eq(person.id, personId), eq(person.organisationId, organisationId), isNull(person.mergedInto)),
      );
    if (!named) return refused('not-found', 'There is no such person.');
    const [found] = await tx
      .select()
      .from(member)
      .where(and(eq(member.id, memberId), eq(member.organisationId, organisationId)));
    if (!found) return refused('not-found', 'There is no such member.');
    if (found.personId === personId) return allowed({ accountId: found.accountId });
    if (named.accountId !== null)
      return refused('already-joined', `${named.name} already belongs to another member.`);
    const teams = await tx.select().from(teamMember).where(eq(teamMember.personId, found.personId));
    await tx.update(person).set({ accountId: found.accountId }).where(eq(person.id, personId));
    await tx
      .update(person)
      .set({ accountId: null, mergedInto: personId })
      .where(eq(person.id, found.personId));
    await tx.delete(teamMember).where(eq(teamMember.personId, found.personId));
    if (teams.length > 0) {
      await tx
        .insert(teamMember)
        .values(teams.map((row) => ({ ...row, personId })))
        .onConflictDoNothing();
    }
    await tx.update(member).set({ personId }).where(eq(member.id, memberId));
    await handOnProvisioning(tx, found.personId, personId);
    return allowed({ accountId: found.accountId });
  });
  if (!linked.ok) return linked;
  parts.rights.tell({ memberId, accountId: linked.value.accountId });
  return allowed(true);
}

/** The directory keeps knowing somebody who is called another person now, unless it knows that one already. */
async function handOnProvisioning(tx: Transaction, from: string, to: string): Promise<void> {
  const [known] = await tx
    .select({ personId: provisionedPerson.personId })
    .from(provisionedPerson)
    .where(eq(provisionedPerson.personId, to));
  if (known) await tx.delete(provisionedPerson).where(eq(provisionedPerson.personId, from));
  else await tx.update(provisionedPerson).set({ personId: to }).where(eq(provisionedPerson.personId, from));
}
