import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { board } from './board.ts';
import { id, instant } from './columns.ts';
import { organisation, person, team } from './organisation.ts';
import { occurrence, ritual } from './rhythm.ts';

/** One facilitated meeting (facilitation.md F0): a fold of its own ordered events. */
export const session = pgTable(
  'session',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    ritualId: uuid('ritual_id').references(() => ritual.id, { onDelete: 'set null' }),
    occurrenceId: uuid('occurrence_id').references(() => occurrence.id, { onDelete: 'set null' }),
    boardId: uuid('board_id').references(() => board.id, { onDelete: 'set null' }),
    teamId: uuid('team_id').references(() => team.id, { onDelete: 'set null' }),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    status: text('status', { enum: ['planned', 'running', 'ended'] }).notNull(),
    /** Number of the last event folded in. */
    rev: integer('rev').notNull(),
    state: jsonb('state').$type<unknown>().notNull(),
    plannedAt: instant('planned_at'),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    createdBy: uuid('created_by').references(() => person.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('session_organisation').on(t.organisationId, t.status),
    index('session_board').on(t.boardId, t.status),
    // What the clock asks every few seconds, over all organisations: ended ones are many and never asked for.
    index('session_going_on')
      .on(t.status)
      .where(sql`${t.status} <> 'ended'`),
    uniqueIndex('session_occurrence').on(t.occurrenceId),
  ],
);

/** What happened in a session, in order. A command that comes twice is known by its id. */
export const sessionEvent = pgTable(
  'session_event',
  {
    sessionId: uuid('session_id')
      .notNull()
      .references(() => session.id, { onDelete: 'cascade' }),
    rev: integer('rev').notNull(),
    commandId: uuid('command_id').notNull(),
    type: text('type').notNull(),
    data: jsonb('data').$type<unknown>().notNull(),
    actorPersonId: uuid('actor_person_id').references(() => person.id),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.rev] }),
    index('session_event_command').on(t.sessionId, t.commandId),
  ],
);

/** One person's hidden answer in a ballot; never leaves the server before the reveal. */
export const ballotVote = pgTable(
  'ballot_vote',
  {
    sessionId: uuid('session_id')
      .notNull()
      .references(() => session.id, { onDelete: 'cascade' }),
    ballotId: uuid('ballot_id').notNull(),
    itemId: uuid('item_id').notNull(),
    /** A person, or a guest of this session, who is in no other table. */
    personId: uuid('person_id').notNull(),
    value: integer('value').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ballotId, t.itemId, t.personId] }),
    index('ballot_vote_session').on(t.sessionId),
  ],
);

/** The code that lets guests into a session, while they are let in. */
export const sessionDoor = pgTable(
  'session_door',
  {
    sessionId: uuid('session_id')
      .primaryKey()
      .references(() => session.id, { onDelete: 'cascade' }),
    code: text('code').notNull(),
  },
  (t) => [uniqueIndex('session_door_code').on(t.code)],
);

/** What a guest's browser comes back with, kept as a hash; gone once the guest is sent away or the session is over. */
export const sessionGuest = pgTable(
  'session_guest',
  {
    guestId: uuid('guest_id').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => session.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('session_guest_session').on(t.sessionId), uniqueIndex('session_guest_token').on(t.tokenHash)],
);
