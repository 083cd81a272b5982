import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, id, instant } from './columns.ts';
import { account, member, organisation, person, team } from './organisation.ts';

/**
 * A signed-in browser (the Lucia session pattern, trust.md S3): an id plus a secret of which only the SHA-256 is kept.
 * Called sign-in because a *session* is a facilitated meeting here.
 */
export const signIn = pgTable(
  'sign_in',
  {
    id: text('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    secretHash: bytea('secret_hash').notNull(),
    /** The organisation being looked at; one account may be a member of several. */
    organisationId: uuid('organisation_id').references(() => organisation.id, { onDelete: 'cascade' }),
    /** Example only: the person looked through (*View as*, tracking.md T19). */
    viewAs: uuid('view_as').references(() => person.id, { onDelete: 'set null' }),
    userAgent: text('user_agent').notNull().default(''),
    address: text('address').notNull().default(''),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    /** Absolute end, 30 days after sign-in; the idle end is 7 days after lastSeenAt. */
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('sign_in_account').on(t.accountId)],
);

/** A link that lets somebody in: 256-bit random, stored hashed, expiring, revocable. */
export const invite = pgTable(
  'invite',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    tokenHash: bytea('token_hash').notNull(),
    role: text('role', { enum: ['administrator', 'member', 'observer'] }).notNull(),
    /** Bound to one address; null = whoever holds the link. */
    email: text('email'),
    /** Opens here after the form; null = home. */
    boardId: uuid('board_id'),
    teamId: uuid('team_id').references(() => team.id, { onDelete: 'set null' }),
    /** Links the new member to this person without account. */
    personId: uuid('person_id').references(() => person.id, { onDelete: 'set null' }),
    uses: integer('uses').notNull().default(0),
    maxUses: integer('max_uses').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => member.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [uniqueIndex('invite_token').on(t.tokenHash)],
);

/** A bearer token of the API, `tl_...`, hashed. Acts for one member. */
export const apiToken = pgTable(
  'api_token',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    memberId: uuid('member_id')
      .notNull()
      .references(() => member.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** First characters, to recognise it in the list. */
    hint: text('hint').notNull(),
    tokenHash: bytea('token_hash').notNull(),
    scope: text('scope', { enum: ['read', 'write'] }).notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [uniqueIndex('api_token_hash').on(t.tokenHash)],
);

/** A one-use 60 s ticket for a stock client's socket. */
export const socketTicket = pgTable('socket_ticket', {
  tokenHash: bytea('token_hash').primaryKey(),
  organisationId: uuid('organisation_id')
    .notNull()
    .references(() => organisation.id, { onDelete: 'cascade' }),
  boardId: uuid('board_id').notNull(),
  memberId: uuid('member_id')
    .notNull()
    .references(() => member.id, { onDelete: 'cascade' }),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

/** Answers already given to a POST, so that a repeat is harmless (architecture.md A5); kept 24 h. */
export const idempotentAnswer = pgTable(
  'idempotent_answer',
  {
    /** Token or sign-in, and route. */
    scope: text('scope').notNull(),
    key: text('key').notNull(),
    bodyHash: bytea('body_hash').notNull(),
    /** null while the first twin is still at work. */
    status: integer('status'),
    body: jsonb('body').$type<unknown>(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.key] })],
);

/** An assertion of a SAML provider that was taken: no node takes it again while it would be good. */
export const usedAssertion = pgTable(
  'used_assertion',
  {
    /** SHA-256 of its issuer and id. */
    idHash: bytea('id_hash').primaryKey(),
    goodUntil: instant('good_until').notNull(),
  },
  (t) => [index('used_assertion_good_until').on(t.goodUntil)],
);
