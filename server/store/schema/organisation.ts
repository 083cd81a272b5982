import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';

/** One company or community; everything below belongs to exactly one. */
export const organisation = pgTable('organisation', {
  id: id(),
  name: text('name').notNull(),
  /** `own`, or `example`: the shipped one with its own clock (tracking.md T19). */
  kind: text('kind', { enum: ['own', 'example'] }).notNull(),
  timezone: text('timezone').notNull(),
  /** 1 = Monday ... 7 = Sunday. */
  weekStart: integer('week_start').notNull().default(1),
  /** Month (1-12) in which the fiscal year starts. */
  fiscalStartMonth: integer('fiscal_start_month').notNull().default(1),
  depth: text('depth', { enum: ['light', 'standard'] })
    .notNull()
    .default('light'),
  /** The organisation's own "now"; null = the real clock. Set only for the example. */
  clockNow: instant('clock_now'),
  settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
  createdAt: instant('created_at').notNull(),
});

/** Somebody with a password; may belong to several organisations. */
export const account = pgTable(
  'account',
  {
    id: id(),
    /** Lower case; unique. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    /** argon2id, PHC string; null for visitors of the example, and where only an identity provider or a passkey lets in. */
    passwordHash: text('password_hash'),
    /** What devices keep passkeys of this account under: random, so that it says nothing about anybody; null without one. */
    passkeyHandle: text('passkey_handle'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('account_email').on(t.email),
    uniqueIndex('account_passkey_handle').on(t.passkeyHandle),
  ],
);

/** Another way into an account: who somebody is at an identity provider. Issuer and subject name one; the address is shown. */
export const identity = pgTable(
  'identity',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    /** As the provider said it when it was linked; proves nothing. */
    email: text('email'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('identity_subject').on(t.issuer, t.subject), index('identity_account').on(t.accountId)],
);

/** A person of an organisation, with or without an account (board.md B3). Named by `key` in plans and on boards. */
export const person = pgTable(
  'person',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    name: text('name').notNull(),
    /** 1-12, the hue of cursor and avatar. */
    colour: integer('colour').notNull(),
    accountId: uuid('account_id').references(() => account.id, { onDelete: 'set null' }),
    /** Merged into another person, who answers for this key from then on. */
    mergedInto: uuid('merged_into'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('person_key').on(t.organisationId, t.key), index('person_account').on(t.accountId)],
);

/** An account's place in an organisation. */
export const member = pgTable(
  'member',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ['administrator', 'member', 'observer'] }).notNull(),
    suspendedAt: instant('suspended_at'),
    /** Raised by every change of role or suspension; open sockets compare it. */
    roleVersion: integer('role_version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('member_account').on(t.organisationId, t.accountId)],
);

export const team = pgTable(
  'team',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    name: text('name').notNull(),
    /** 1-12, see the team hues of the design tokens. */
    colour: integer('colour').notNull(),
    /** IANA id where it differs from the organisation's (tracking.md T1). */
    timezone: text('timezone'),
    archivedAt: instant('archived_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('team_key').on(t.organisationId, t.key)],
);

/** People may be in several teams, with a home share (0-1 of their time). */
export const teamMember = pgTable(
  'team_member',
  {
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    teamId: uuid('team_id')
      .notNull()
      .references(() => team.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ['lead', 'member'] }).notNull(),
    share: real('share').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.personId] }), index('team_member_person').on(t.personId)],
);

/** A stretch of the planning calendar (tracking.md T1); start and end are local dates, both included. */
export const period = pgTable(
  'period',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['year', 'half', 'quarter', 'month', 'week', 'custom'] }).notNull(),
    label: text('label').notNull(),
    start: date('start', { mode: 'string' }).notNull(),
    end: date('end', { mode: 'string' }).notNull(),
    closed: boolean('closed').notNull().default(false),
    closedAt: instant('closed_at'),
    /** Version of the planning calendar it was cut from; null for one entered by hand. */
    calendarVersion: integer('calendar_version'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('period_span').on(t.organisationId, t.kind, t.start, t.end)],
);
