import { and, asc, count, eq, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as schema from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { isUuid } from '../store/uuid.ts';
import type { Term } from './filter.ts';
import type { UserFields } from './user-fields.ts';

const { account, member, person, provisionedPerson } = schema;

/** Somebody as a directory sees them: who has joined, and whom it has invited. */
export interface UserRow {
  readonly person: typeof person.$inferSelect;
  readonly said: typeof provisionedPerson.$inferSelect | null;
  readonly member: typeof member.$inferSelect | null;
  /** The address of the account. */
  readonly address: string | null;
}

export const userAttributes = ['username', 'externalid', 'emails.value', 'id'] as const;

const other = alias(provisionedPerson, 'other');
const otherPerson = alias(person, 'other_person');

/**
 * A member that joined by another link than the directory's invite, with the very address that it was made out to: for
 * the directory this is the one it has invited, and listed once.
 */
const joinedElsewhere = sql`exists (select 1 from ${provisionedPerson} ${sql.raw('"other"')} join ${person} ${sql.raw('"other_person"')} on ${otherPerson.id} = ${other.personId} where ${other.organisationId} = ${person.organisationId} and ${other.deletedAt} is null and ${otherPerson.accountId} is null and ${other.email} = ${account.email})`;

const here = (organisationId: string): SQL | undefined =>
  and(
    eq(person.organisationId, organisationId),
    isNull(person.mergedInto),
    isNull(provisionedPerson.deletedAt),
    or(isNotNull(provisionedPerson.personId), and(isNotNull(member.id), sql`not ${joinedElsewhere}`)),
  );

const userName = sql`lower(coalesce(${provisionedPerson.userName}, ${account.email}))`;
const address = sql`coalesce(${provisionedPerson.email}, ${account.email})`;

function holds({ attribute, value }: Term): SQL | undefined {
  // No text that is kept has it, and a question with it is none for a database.
  if (value.includes('\0')) return sql`false`;
  if (attribute === 'username') return sql`${userName} = lower(${value})`;
  if (attribute === 'emails.value') return sql`${address} = lower(${value})`;
  if (attribute === 'externalid') return eq(provisionedPerson.externalId, value);
  return isUuid(value) ? eq(person.id, value) : sql`false`;
}

const joined = (queries: Queries) =>
  queries
    .select({ person, said: provisionedPerson, member, address: account.email })
    .from(person)
    .leftJoin(provisionedPerson, eq(provisionedPerson.personId, person.id))
    .leftJoin(member, eq(member.personId, person.id))
    .leftJoin(account, eq(account.id, member.accountId));

/** The users that fit all terms, oldest first, and how many there are. */
export async function findUsers(
  queries: Queries,
  organisationId: string,
  terms: readonly Term[],
  { startIndex, count: most }: { readonly startIndex: number; readonly count: number },
): Promise<{ rows: readonly UserRow[]; total: number }> {
  const where = and(here(organisationId), ...terms.map(holds));
  const [all] = await queries
    .select({ number: count() })
    .from(person)
    .leftJoin(provisionedPerson, eq(provisionedPerson.personId, person.id))
    .leftJoin(member, eq(member.personId, person.id))
    .leftJoin(account, eq(account.id, member.accountId))
    .where(where);
  const rows =
    most === 0
      ? []
      : await joined(queries)
          .where(where)
          .orderBy(asc(person.createdAt), asc(person.id))
          .offset(startIndex - 1)
          .limit(most);
  return { rows, total: all?.number ?? 0 };
}

/** One user; null when there is none of this id in this organisation, as for the id of another one's. */
export async function findUser(
  queries: Queries,
  organisationId: string,
  id: string,
): Promise<UserRow | null> {
  if (!isUuid(id)) return null;
  const [found] = await joined(queries).where(and(here(organisationId), eq(person.id, id)));
  return found ?? null;
}

/** The ids of all users: only they can be in a group. */
export async function allUserIds(queries: Queries, organisationId: string): Promise<ReadonlySet<string>> {
  const rows = await queries
    .select({ id: person.id })
    .from(person)
    .leftJoin(provisionedPerson, eq(provisionedPerson.personId, person.id))
    .leftJoin(member, eq(member.personId, person.id))
    .leftJoin(account, eq(account.id, member.accountId))
    .where(here(organisationId));
  return new Set(rows.map(({ id }) => id));
}

/** Whom the directory had, and has deleted: by userName or address, the last one first. */
export async function findDeleted(
  queries: Queries,
  organisationId: string,
  asked: Pick<UserFields, 'userName' | 'email'>,
): Promise<UserRow | null> {
  const [found] = await joined(queries)
    .where(
      and(
        eq(person.organisationId, organisationId),
        isNull(person.mergedInto),
        isNotNull(provisionedPerson.deletedAt),
        or(
          sql`lower(${provisionedPerson.userName}) = lower(${asked.userName})`,
          eq(provisionedPerson.email, asked.email),
        ),
      ),
    )
    .orderBy(sql`${provisionedPerson.deletedAt} desc`)
    .limit(1);
  return found ?? null;
}

/** What is kept of a user, in the words of the directory. */
export const fieldsOf = ({ person: it, said, member: place, address: own }: UserRow): UserFields => ({
  userName: said?.userName ?? own ?? it.key,
  externalId: said?.externalId ?? null,
  name: it.name,
  givenName: said?.givenName ?? null,
  familyName: said?.familyName ?? null,
  email: said?.email ?? own ?? '',
  active: place === null ? (said?.active ?? false) : place.suspendedAt === null,
});
