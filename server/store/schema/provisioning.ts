import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, id, instant } from './columns.ts';
import { member, organisation, person, team } from './organisation.ts';

/** A bearer token of an organisation's directory, `scim_...`, hashed. It opens /scim/v2 and nothing else. */
export const scimToken = pgTable(
  'scim_token',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** First characters, to recognise it in the list. */
    hint: text('hint').notNull(),
    tokenHash: bytea('token_hash').notNull(),
    /** Who answers in the log for what comes in with it. */
    createdBy: uuid('created_by')
      .notNull()
      .references(() => member.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    uniqueIndex('scim_token_hash').on(t.tokenHash),
    index('scim_token_organisation').on(t.organisationId),
  ],
);

/** What a directory says of a person: one who has joined, or one it has invited. */
export const provisionedPerson = pgTable(
  'provisioned_person',
  {
    personId: uuid('person_id')
      .primaryKey()
      .references(() => person.id, { onDelete: 'cascade' }),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    userName: text('user_name').notNull(),
    externalId: text('external_id'),
    /** Lower case. */
    email: text('email').notNull(),
    givenName: text('given_name'),
    familyName: text('family_name'),
    /** Of somebody who has not joined yet; of a member the suspension says it. */
    active: boolean('active').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** Deleted by the directory: for it this one is gone, here history stays. */
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    uniqueIndex('provisioned_person_user_name')
      .on(t.organisationId, sql`lower(${t.userName})`)
      .where(sql`${t.deletedAt} is null`),
    index('provisioned_person_email').on(t.organisationId, t.email),
  ],
);

/** What a directory calls one of its groups, which is a team here. */
export const provisionedTeam = pgTable(
  'provisioned_team',
  {
    teamId: uuid('team_id')
      .primaryKey()
      .references(() => team.id, { onDelete: 'cascade' }),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    externalId: text('external_id'),
  },
  (t) => [index('provisioned_team_organisation').on(t.organisationId)],
);
