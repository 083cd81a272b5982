import {
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
import { organisation, person, team } from './organisation.ts';

/**
 * Decisions, assumptions, risks, triage items, interrupts, learnings, outside signals and strategy frames (tracking.md T6-T8, T17): each a fold of its events,
 * with the columns lists are searched and sorted by. One may have a card on a board; identity there is (board, key).
 */
const register = () => ({
  id: id(),
  organisationId: uuid('organisation_id')
    .notNull()
    .references(() => organisation.id, { onDelete: 'cascade' }),
  boardId: uuid('board_id').references(() => board.id, { onDelete: 'set null' }),
  objectKey: text('object_key'),
  /** Number of the last event folded in. */
  version: integer('version').notNull(),
  /** Life-cycle word. */
  status: text('status').notNull(),
  /** The folded state, whole (src/domain). */
  state: jsonb('state').$type<unknown>().notNull(),
  title: text('title').notNull(),
  /** Decider, owner, or whoever acts. */
  ownerId: uuid('owner_id').references(() => person.id),
  teamId: uuid('team_id').references(() => team.id),
  createdAt: instant('created_at').notNull(),
  closedAt: instant('closed_at'),
});

/** A question somebody decides (tracking.md T6). */
export const decision = pgTable(
  'decision',
  {
    ...register(),
    kind: text('kind').notNull(),
    neededBy: date('needed_by', { mode: 'string' }),
    decidedAt: instant('decided_at'),
    revisitOn: date('revisit_on', { mode: 'string' }),
    supersedes: uuid('supersedes'),
  },
  (t) => [
    index('decision_organisation').on(t.organisationId, t.status),
    index('decision_owner').on(t.ownerId),
    uniqueIndex('decision_key').on(t.boardId, t.objectKey),
  ],
);

/** Something a plan takes for granted, and how it is watched (tracking.md T7). */
export const assumption = pgTable(
  'assumption',
  {
    ...register(),
    area: text('area').notNull(),
    loadBearing: integer('load_bearing').notNull(),
    vulnerability: integer('vulnerability').notNull(),
    nextCheck: date('next_check', { mode: 'string' }),
  },
  (t) => [
    index('assumption_organisation').on(t.organisationId, t.status),
    uniqueIndex('assumption_key').on(t.boardId, t.objectKey),
  ],
);

/** What may happen, for worse or (sign +) for better (tracking.md T8). */
export const risk = pgTable(
  'risk',
  {
    ...register(),
    sign: text('sign', { enum: ['risk', 'opportunity'] }).notNull(),
    /** 1-5. */
    probability: integer('probability'),
    reviewOn: date('review_on', { mode: 'string' }),
  },
  (t) => [
    index('risk_organisation').on(t.organisationId, t.status),
    uniqueIndex('risk_key').on(t.boardId, t.objectKey),
  ],
);

/** An issue or opportunity anybody raised (tracking.md T17). */
export const triageItem = pgTable(
  'triage_item',
  {
    ...register(),
    kind: text('kind', { enum: ['issue', 'opportunity'] }).notNull(),
    weight: integer('weight').notNull(),
    /** Position in its team's list; smaller is sooner. */
    rank: real('rank').notNull(),
    actBy: date('act_by', { mode: 'string' }),
    raisedBy: uuid('raised_by').references(() => person.id),
  },
  (t) => [index('triage_item_organisation').on(t.organisationId, t.status, t.rank)],
);

/** Urgent work that displaced a promise (tracking.md T17). */
export const interrupt = pgTable(
  'interrupt',
  {
    ...register(),
    /** Person-weeks. */
    effort: real('effort'),
    displacedId: uuid('displaced_id').notNull(),
    costDays: real('cost_days'),
    raisedBy: uuid('raised_by').references(() => person.id),
  },
  (t) => [index('interrupt_team').on(t.organisationId, t.teamId)],
);

/** What was learned, and what changed because of it (tracking.md T17). */
export const learning = pgTable(
  'learning',
  {
    ...register(),
    cause: text('cause'),
    /** What it was learned from. */
    fromKind: text('from_kind'),
    fromId: uuid('from_id'),
    sessionId: uuid('session_id'),
  },
  (t) => [index('learning_organisation').on(t.organisationId, t.createdAt)],
);

/** Something seen outside that may change the plan (tracking.md T17). */
export const outsideSignal = pgTable(
  'outside_signal',
  { ...register(), area: text('area').notNull(), assumptionId: uuid('assumption_id') },
  (t) => [index('outside_signal_organisation').on(t.organisationId, t.status)],
);

/** The five questions a strategy answers (tracking.md T17); one is current. */
export const strategyFrame = pgTable('strategy_frame', { ...register() }, (t) => [
  index('strategy_frame_organisation').on(t.organisationId, t.status),
]);

/** How two objects hang together: a decision affects a commitment, an assumption carries it, a risk threatens it. */
export const objectLink = pgTable(
  'object_link',
  {
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    fromKind: text('from_kind').notNull(),
    fromId: uuid('from_id').notNull(),
    /** `affects`, `carries`, `threatens`, `waits-on`, `led-to`, ... */
    relation: text('relation').notNull(),
    toKind: text('to_kind').notNull(),
    toId: uuid('to_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.fromId, t.relation, t.toId] }),
    index('object_link_to').on(t.organisationId, t.toKind, t.toId),
  ],
);

/** A warning that fired (tracking.md T11): kept so that it is said again only after 14 days or when it got worse. */
export const signal = pgTable(
  'signal',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    /** `W4`, `W5`, ... */
    rule: text('rule').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: uuid('subject_id').notNull(),
    weight: real('weight').notNull(),
    evidence: jsonb('evidence').$type<Record<string, unknown>>().notNull(),
    firstAt: instant('first_at').notNull(),
    firedAt: instant('fired_at').notNull(),
    clearedAt: instant('cleared_at'),
    mutedUntil: instant('muted_until'),
  },
  (t) => [uniqueIndex('signal_subject').on(t.organisationId, t.rule, t.subjectId)],
);
