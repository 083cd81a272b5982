import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { invite } from './access.ts';
import { id, instant } from './columns.ts';
import { organisation, person, team } from './organisation.ts';
import { commitment, slot } from './tracking.ts';

/** A message in somebody's inbox here; said once per person, subject and rung of the reminder ladder. */
export const notice = pgTable(
  'notice',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    subjectKind: text('subject_kind').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** `open`, `due-soon`, `due`, `grace-end`, `overdue-7`, `overdue-14`, or what happened. */
    rung: text('rung').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    link: text('link').notNull(),
    at: instant('at').notNull(),
    readAt: instant('read_at'),
    snoozedUntil: instant('snoozed_until'),
  },
  (t) => [
    uniqueIndex('notice_once').on(t.personId, t.subjectId, t.rung),
    index('notice_person').on(t.organisationId, t.personId, t.at),
  ],
);

/** A mail on its way: written with the notices it carries, sent by whoever holds its lease. */
export const mail = pgTable(
  'mail',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    personId: uuid('person_id').references(() => person.id, { onDelete: 'cascade' }),
    to: text('to').notNull(),
    /** The same however often it is tried, so that a mail server can know it. */
    messageId: text('message_id').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    notices: jsonb('notices').$type<readonly string[]>().notNull().default([]),
    /** Message-ID of the mail this one answers. */
    inReplyTo: text('in_reply_to'),
    /** The check-in link whose answer was not understood: it may be answered again. */
    answersLink: uuid('answers_link'),
    /** The invite it brings; its link is made when the mail leaves and kept nowhere. */
    inviteId: uuid('invite_id').references(() => invite.id, { onDelete: 'cascade' }),
    /** `unsure`: handed to the mail server by a process that died before it could say so. */
    status: text('status', { enum: ['queued', 'sending', 'sent', 'captured', 'failed', 'unsure'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    notBefore: instant('not_before').notNull(),
    leaseUntil: instant('lease_until'),
    leasedBy: text('leased_by'),
    sentAt: instant('sent_at'),
    error: text('error'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('mail_message').on(t.messageId),
    index('mail_waiting').on(t.status, t.notBefore),
    index('mail_person').on(t.organisationId, t.personId, t.createdAt),
  ],
);

/** How somebody wants to be told. */
export const notifyPreference = pgTable('notify_preference', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => person.id, { onDelete: 'cascade' }),
  organisationId: uuid('organisation_id')
    .notNull()
    .references(() => organisation.id, { onDelete: 'cascade' }),
  byMail: boolean('by_mail').notNull().default(true),
  /** Local `HH:MM`; nothing is sent between them. */
  quietFrom: text('quiet_from').notNull().default('18:00'),
  quietTo: text('quiet_to').notNull().default('08:00'),
  /** All of a day in one mail at this local time; null = each by itself. */
  digestAt: text('digest_at'),
  /** Mails a week at most. */
  weeklyCap: integer('weekly_cap').notNull().default(10),
  timezone: text('timezone'),
});

/** A link in a mail that checks in for one person in one slot, without sign-in; hashed, ends at grace end. */
export const checkInLink = pgTable(
  'check_in_link',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    commitmentId: uuid('commitment_id')
      .notNull()
      .references(() => commitment.id, { onDelete: 'cascade' }),
    slotId: uuid('slot_id')
      .notNull()
      .references(() => slot.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    /** Of the token in the address that takes an answer by mail: another secret than the link's. */
    replyHash: text('reply_hash'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    uniqueIndex('check_in_link_token').on(t.tokenHash),
    uniqueIndex('check_in_link_reply').on(t.replyHash),
    index('check_in_link_slot').on(t.slotId),
  ],
);

/** A mail that answered a reminder, so that it counts once however often it is delivered. Its words are kept nowhere here. */
export const answeredMail = pgTable(
  'answered_mail',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    linkId: uuid('link_id')
      .notNull()
      .references(() => checkInLink.id, { onDelete: 'cascade' }),
    /** Of its Message-ID, or of all of it when it has none. */
    messageHash: text('message_hash').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [uniqueIndex('answered_mail_once').on(t.linkId, t.messageHash)],
);

/** A chat that messages are posted to by webhook: of a team, or of the organisation. */
export const chatDestination = pgTable(
  'chat_destination',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    teamId: uuid('team_id').references(() => team.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['slack', 'teams', 'mattermost', 'matrix', 'webhook'] }).notNull(),
    name: text('name').notNull(),
    /** Who has it can write there: never shown, never logged. */
    url: text('url').notNull(),
    /** What posts of a signed webhook are signed with. */
    secret: text('secret'),
    topics: jsonb('topics').$type<readonly string[]>().notNull(),
    paused: boolean('paused').notNull().default(false),
    /** What happened earlier, or while it was paused, is not said. */
    hearsFrom: instant('hears_from').notNull(),
    /** Set when nothing arrived for so long that it was given up. */
    stoppedAt: instant('stopped_at'),
    /** Posts that did not arrive, one after the other. */
    failures: integer('failures').notNull().default(0),
    error: text('error'),
    errorAt: instant('error_at'),
    postedAt: instant('posted_at'),
    notBefore: instant('not_before'),
    leaseUntil: instant('lease_until'),
    leasedBy: text('leased_by'),
    createdBy: uuid('created_by').references(() => person.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('chat_destination_organisation').on(t.organisationId)],
);

/** Something to say in a chat, once; what goes out together shares a post. */
export const chatMessage = pgTable(
  'chat_message',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    destinationId: uuid('destination_id')
      .notNull()
      .references(() => chatDestination.id, { onDelete: 'cascade' }),
    /** What is said once: an event, a day, a week. */
    key: text('key').notNull(),
    topic: text('topic').notNull(),
    /** What it is about; null for what is written when it leaves. */
    subjectKind: text('subject_kind'),
    subjectId: uuid('subject_id'),
    title: text('title').notNull(),
    lines: jsonb('lines').$type<readonly string[]>().notNull().default([]),
    link: text('link').notNull(),
    action: text('action').notNull(),
    at: instant('at').notNull(),
    notBefore: instant('not_before').notNull(),
    /** Said too late it is of no use. */
    until: instant('until'),
    status: text('status', { enum: ['queued', 'sending', 'sent', 'unsure', 'failed'] }).notNull(),
    postId: uuid('post_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('chat_message_once').on(t.destinationId, t.key),
    index('chat_message_waiting').on(t.status, t.notBefore),
  ],
);

/** Which process does a chore that must be done once among many nodes. */
export const choreLease = pgTable('chore_lease', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  until: instant('until').notNull(),
  ranAt: instant('ran_at'),
});
