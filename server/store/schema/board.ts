import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Plan, PlanProblem } from '../../../src/domain/plan/plan.ts';
import { bytea, id, instant } from './columns.ts';
import { organisation, period, person, team } from './organisation.ts';

export const board = pgTable(
  'board',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    title: text('title').notNull(),
    periodId: uuid('period_id').references(() => period.id, { onDelete: 'set null' }),
    createdBy: uuid('created_by').references(() => person.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull(),
    archivedAt: instant('archived_at'),
    /** Who may look at it: src/domain/access/board-scope.ts. */
    scope: text('scope', { enum: ['organisation', 'team', 'private'] })
      .notNull()
      .default('organisation'),
    /** Sequence number of the last committed update (sync.md Y1). */
    head: bigint('head', { mode: 'number' }).notNull().default(0),
    /** Raised by erasure, re-base and restore. */
    epoch: integer('epoch').notNull().default(1),
    /** What an import carried that has no place on the canvas (source, unknown fields), for re-export. */
    extra: jsonb('extra').$type<Record<string, unknown>>().notNull().default({}),
    /** Check-in cadence and close, chosen in the commit review; null before the first commit. */
    rhythm: jsonb('rhythm').$type<BoardRhythm | null>(),
    /** True if it was made with time columns under its areas: what makes the next one have them, too (tracking.md T18). */
    columns: boolean('columns').notNull().default(false),
    /** Who may change what (facilitation.md F12): area levels, locks, pause; src/domain/access. */
    guard: jsonb('guard').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    index('board_organisation').on(t.organisationId),
    // Asked for with every request of everybody, and nearly always empty.
    index('board_narrow')
      .on(t.organisationId)
      .where(sql`scope <> 'organisation'`),
  ],
);

/** How a board's commitments are checked (tracking.md T3): cadence, local weekday (1 = Monday) and time, close date. */
export interface BoardRhythm {
  cadence: 'weekly' | 'two-weekly' | 'monthly' | 'quarterly';
  weekday: number;
  /** `HH:MM` local. */
  time: string;
  /** Local date on which the period is closed. */
  closeOn: string;
}

/** The teams that plan on a board; their leads manage it. */
export const boardTeam = pgTable(
  'board_team',
  {
    boardId: uuid('board_id')
      .notNull()
      .references(() => board.id, { onDelete: 'cascade' }),
    teamId: uuid('team_id')
      .notNull()
      .references(() => team.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.boardId, t.teamId] })],
);

/** An immutable frozen board (board.md B5). */
export const snapshot = pgTable(
  'snapshot',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    boardId: uuid('board_id')
      .notNull()
      .references(() => board.id, { onDelete: 'cascade' }),
    /** 1, 2, 3 ... within the board. */
    number: integer('number').notNull(),
    why: text('why', {
      enum: ['manual', 'automatic', 'session-start', 'stage', 'vote', 'commit', 'end', 'import'],
    }).notNull(),
    label: text('label').notNull().default(''),
    /** Person; null for the clock. */
    by: uuid('by').references(() => person.id, { onDelete: 'set null' }),
    at: instant('at').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** The document, gzipped; `sha256` is of the document itself. */
    bytes: bytea('bytes').notNull(),
    sha256: bytea('sha256').notNull(),
    plan: jsonb('plan').$type<Plan>().notNull(),
    problems: jsonb('problems').$type<readonly PlanProblem[]>().notNull(),
  },
  (t) => [uniqueIndex('snapshot_number').on(t.boardId, t.number)],
);

/** One press of *Commit* (board.md B5): which snapshot, what was included, what was overridden and why. */
export const boardCommit = pgTable(
  'board_commit',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    boardId: uuid('board_id')
      .notNull()
      .references(() => board.id, { onDelete: 'cascade' }),
    snapshotId: uuid('snapshot_id')
      .notNull()
      .references(() => snapshot.id),
    by: uuid('by').references(() => person.id, { onDelete: 'set null' }),
    at: instant('at').notNull(),
    includedKeys: jsonb('included_keys').$type<readonly string[]>().notNull(),
    overrideReason: text('override_reason'),
    overriddenCodes: jsonb('overridden_codes').$type<readonly string[]>().notNull().default([]),
  },
  (t) => [index('board_commit_board').on(t.boardId, t.at)],
);

/** What we decided not to do (board.md B5.2, tracking.md T17). */
export const notDoing = pgTable(
  'not_doing',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    boardId: uuid('board_id')
      .notNull()
      .references(() => board.id, { onDelete: 'cascade' }),
    objectKey: text('object_key').notNull(),
    title: text('title').notNull(),
    reason: text('reason').notNull(),
    by: uuid('by').references(() => person.id, { onDelete: 'set null' }),
    at: instant('at').notNull(),
  },
  (t) => [uniqueIndex('not_doing_key').on(t.boardId, t.objectKey)],
);
