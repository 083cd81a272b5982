import { and, count, eq } from 'drizzle-orm';
import type { OrganisationRole } from '#domain/access/roles.ts';
import { freeKey } from './keys.ts';
import { lockOrganisation } from './lock-organisation.ts';
import * as schema from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import type { AccessDependencies } from './dependencies.ts';

const { account, member, person } = schema;

/** How many hues people and teams share (the design tokens). */
const HUES = 12;

/** The next hue in turn, so that neighbours differ. */
export const hueAfter = (taken: number): number => (taken % HUES) + 1;

/** An e-mail address as accounts are found by. */
export const foldEmail = (email: string): string => email.trim().toLowerCase();

/** Makes an account; the caller knows that the address is free (the unique index is the judge). */
export async function addAccount(
  tx: Transaction,
  parts: AccessDependencies,
  of: { readonly name: string; readonly email: string; readonly passwordHash: string | null },
): Promise<string> {
  const id = parts.newId();
  await tx
    .insert(account)
    .values({ id, ...of, email: foldEmail(of.email), createdAt: new Date(parts.now()) });
  return id;
}

/** Makes a person, with or without account, under a key of its name that is free in the organisation. */
export async function addPerson(
  tx: Transaction,
  parts: AccessDependencies,
  of: {
    readonly organisationId: string;
    readonly name: string;
    readonly accountId: string | null;
    readonly key?: string;
  },
): Promise<typeof person.$inferSelect> {
  await lockOrganisation(tx, of.organisationId);
  const others = await tx
    .select({ key: person.key })
    .from(person)
    .where(eq(person.organisationId, of.organisationId));
  const row = {
    id: parts.newId(),
    organisationId: of.organisationId,
    key: of.key ?? freeKey(of.name, 'person', new Set(others.map(({ key }) => key))),
    name: of.name,
    colour: hueAfter(others.length),
    accountId: of.accountId,
    mergedInto: null,
    createdAt: new Date(parts.now()),
  };
  await tx.insert(person).values(row);
  return row;
}

/** Gives an account its place in an organisation, as this person. */
export async function addMember(
  tx: Transaction,
  parts: AccessDependencies,
  of: {
    readonly organisationId: string;
    readonly accountId: string;
    readonly personId: string;
    readonly role: OrganisationRole;
  },
): Promise<string> {
  const id = parts.newId();
  await tx.insert(member).values({ id, ...of, createdAt: new Date(parts.now()) });
  return id;
}

/** How many administrators an organisation has who can act. */
export async function countAdministrators(tx: Transaction, organisationId: string): Promise<number> {
  const rows = await tx
    .select({ suspendedAt: member.suspendedAt, number: count() })
    .from(member)
    .where(and(eq(member.organisationId, organisationId), eq(member.role, 'administrator')))
    .groupBy(member.suspendedAt);
  return rows.filter(({ suspendedAt }) => suspendedAt === null).reduce((sum, { number }) => sum + number, 0);
}
