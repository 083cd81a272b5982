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
import { board } from './board.ts';
import { id, instant } from './columns.ts';
import { organisation, period, person, team } from './organisation.ts';

/** How an organisation cuts its years, in versions: a change holds for periods from `validFrom` on (tracking.md T1). */
export const planningCalendar = pgTable(
  'planning_calendar',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    /** 1, 2, 3 ... within the organisation. */
    version: integer('version').notNull(),
    /** First day it holds for; the version before stays true for earlier days. */
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    /** Shape, week start, labels, plan period: src/domain/rhythm. */
    calendar: jsonb('calendar').$type<unknown>().notNull(),
    createdBy: uuid('created_by').references(() => person.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('planning_calendar_version').on(t.organisationId, t.version)],
);

/** Days on which nobody is asked: holidays of all or of one team, and freezes, which excuse what was due in them. */
export const dayOff = pgTable(
  'day_off',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['holiday', 'freeze'] }).notNull(),
    /** null = everybody. */
    teamId: uuid('team_id').references(() => team.id, { onDelete: 'cascade' }),
    start: date('start', { mode: 'string' }).notNull(),
    end: date('end', { mode: 'string' }).notNull(),
    label: text('label').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('day_off_organisation').on(t.organisationId, t.start)],
);

/** Somebody is away; the delegate, when named, gets what is asked meanwhile. */
export const leave = pgTable(
  'leave',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    delegateId: uuid('delegate_id').references(() => person.id, { onDelete: 'set null' }),
    start: date('start', { mode: 'string' }).notNull(),
    end: date('end', { mode: 'string' }).notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('leave_person').on(t.organisationId, t.personId, t.start)],
);

/** One recurring meeting (tracking.md T2). A split series is two rituals of one `series`. */
export const ritual = pgTable(
  'ritual',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    /** The same for all parts of a split series. */
    seriesId: uuid('series_id').notNull(),
    kind: text('kind', {
      enum: ['weekly', 'monthly', 'quarterly-close', 'quarterly-plan', 'annual', 'custom'],
    }).notNull(),
    title: text('title').notNull(),
    boardId: uuid('board_id').references(() => board.id, { onDelete: 'set null' }),
    /** Number of the last event folded in. */
    version: integer('version').notNull(),
    /** The folded state, whole (src/domain/rhythm). */
    state: jsonb('state').$type<unknown>().notNull(),
    starts: date('starts', { mode: 'string' }).notNull(),
    ends: date('ends', { mode: 'string' }),
    /** Set when nobody holds it any more. */
    endedAt: instant('ended_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('ritual_organisation').on(t.organisationId),
    index('ritual_series').on(t.seriesId),
    index('ritual_board').on(t.boardId),
  ],
);

/** Whose ritual it is; none = the whole organisation's. */
export const ritualTeam = pgTable(
  'ritual_team',
  {
    ritualId: uuid('ritual_id')
      .notNull()
      .references(() => ritual.id, { onDelete: 'cascade' }),
    teamId: uuid('team_id')
      .notNull()
      .references(() => team.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.ritualId, t.teamId] }), index('ritual_team_team').on(t.teamId)],
);

/** One meeting of a ritual, materialised in a window around now. Its id follows from ritual and original day. */
export const occurrence = pgTable(
  'occurrence',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    ritualId: uuid('ritual_id')
      .notNull()
      .references(() => ritual.id, { onDelete: 'cascade' }),
    /** The local day the rule gave, before any move: its identity. */
    originalDate: date('original_date', { mode: 'string' }).notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    status: text('status', { enum: ['scheduled', 'skipped', 'held'] }).notNull(),
    /** Moved or added by hand. */
    moved: boolean('moved').notNull().default(false),
    reason: text('reason'),
    /** Raised with every change that a calendar must hear of (RFC 5545 SEQUENCE). */
    sequence: integer('sequence').notNull().default(0),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    uniqueIndex('occurrence_day').on(t.ritualId, t.originalDate),
    index('occurrence_organisation').on(t.organisationId, t.startsAt),
  ],
);

/** A secret calendar address (trust.md S "ICS feed token"): hashed, revocable, read only. */
export const calendarFeed = pgTable(
  'calendar_feed',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['person', 'team', 'ritual'] }).notNull(),
    /** Id of the person, team or ritual. */
    subjectId: uuid('subject_id').notNull(),
    /** Whose feed it is: it ends with this person's membership. */
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [uniqueIndex('calendar_feed_token').on(t.tokenHash), index('calendar_feed_person').on(t.personId)],
);

/** What a team can do in a period, in person-weeks, where somebody entered it (tracking.md T16). */
export const capacity = pgTable(
  'capacity',
  {
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    teamId: uuid('team_id')
      .notNull()
      .references(() => team.id, { onDelete: 'cascade' }),
    periodId: uuid('period_id')
      .notNull()
      .references(() => period.id, { onDelete: 'cascade' }),
    personWeeks: real('person_weeks').notNull(),
    enteredBy: uuid('entered_by').references(() => person.id, { onDelete: 'set null' }),
    enteredAt: instant('entered_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.periodId] })],
);
