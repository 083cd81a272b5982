import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  real,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { board, boardCommit, snapshot } from './board.ts';
import { id, instant } from './columns.ts';
import { organisation, period, person, team } from './organisation.ts';

/** The event log (tracking.md I4): append-only; everything in this file below it is a projection of it. */
export const event = pgTable(
  'event',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    boardId: uuid('board_id').references(() => board.id, { onDelete: 'cascade' }),
    objectKind: text('object_kind').notNull(),
    objectId: uuid('object_id').notNull(),
    /** Position in the object's own history, from 1; the unique index is the optimistic lock. */
    version: integer('version').notNull(),
    type: text('type').notNull(),
    data: jsonb('data').$type<unknown>().notNull(),
    actorPersonId: uuid('actor_person_id').references(() => person.id),
    onBehalfOf: uuid('on_behalf_of').references(() => person.id),
    via: text('via').notNull(),
    reason: text('reason'),
    decisionId: uuid('decision_id'),
    at: instant('at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    tz: text('tz').notNull(),
  },
  (t) => [
    uniqueIndex('event_object').on(t.objectKind, t.objectId, t.version),
    index('event_organisation_at').on(t.organisationId, t.at),
    // What changed promises and asks: for every thousand check-ins a handful, from which any date is seen (tracking.md I4).
    index('event_beside_check_ins')
      .on(t.organisationId, t.objectKind, t.at)
      .where(sql`type not in ('checked-in', 'check-in-undone')`),
  ],
);

/** One objective that somebody promises (board.md B5.3). Columns beside `state` are there to be searched and sorted. */
export const commitment = pgTable(
  'commitment',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    /** null for a weekly promise, which has no card. */
    boardId: uuid('board_id').references(() => board.id, { onDelete: 'cascade' }),
    /** The card's key; identity is (board, key). A promise without a card has its own id here. */
    objectKey: text('object_key').notNull(),
    commitId: uuid('commit_id').references(() => boardCommit.id),
    snapshotId: uuid('snapshot_id').references(() => snapshot.id),
    periodId: uuid('period_id').references(() => period.id),
    /** Number of the last event folded in. */
    version: integer('version').notNull(),
    /** Life-cycle word of tracking.md T4. */
    status: text('status').notNull(),
    /** How far it reaches: a weekly promise is a commitment of horizon week. */
    horizon: text('horizon', { enum: ['week', 'month', 'quarter', 'year'] })
      .notNull()
      .default('quarter'),
    /** The one it carries on. */
    predecessorId: uuid('predecessor_id'),
    /** The folded state, whole (src/domain/commitment). */
    state: jsonb('state').$type<unknown>().notNull(),
    statement: text('statement').notNull(),
    ownerId: uuid('owner_id').references(() => person.id),
    teamId: uuid('team_id').references(() => team.id),
    due: date('due', { mode: 'string' }),
    weight: integer('weight').notNull(),
    /** 0-1; null = nothing to measure. */
    progress: real('progress'),
    reportedStatus: text('reported_status'),
    confidence: integer('confidence'),
    lastCheckInAt: instant('last_check_in_at'),
    acceptedAt: instant('accepted_at'),
    closedAt: instant('closed_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('commitment_key').on(t.boardId, t.objectKey),
    // Whether anything was ever sized, which every page asks in the light depth: without it all states would be read.
    index('commitment_sized')
      .on(t.organisationId)
      .where(
        sql`${t.state}->'offered'->>'effort' is not null or ${t.state}->'versions'->-1->'terms'->>'effort' is not null`,
      ),
    index('commitment_owner').on(t.organisationId, t.ownerId),
    index('commitment_team').on(t.organisationId, t.teamId),
    index('commitment_status').on(t.organisationId, t.status),
    index('commitment_period').on(t.organisationId, t.periodId),
    // Few promises have a delegate, who finds them in the week.
    index('commitment_delegate')
      .on(sql`(${t.state}->>'delegate')`)
      .where(sql`${t.state}->>'delegate' is not null`),
  ],
);

/** One expected check-in (tracking.md T3). */
export const slot = pgTable(
  'slot',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    commitmentId: uuid('commitment_id')
      .notNull()
      .references(() => commitment.id, { onDelete: 'cascade' }),
    /** 1, 2, 3 ... within the commitment. */
    number: integer('number').notNull(),
    label: text('label').notNull(),
    opensAt: instant('opens_at').notNull(),
    dueAt: instant('due_at').notNull(),
    graceEndsAt: instant('grace_ends_at').notNull(),
    /** null while unanswered; `filled`, `missed` or `excused` once known. */
    outcome: text('outcome', { enum: ['filled', 'missed', 'excused'] }),
    /** For `filled`: on time, late, or imported. */
    filled: text('filled', { enum: ['on-time', 'late', 'imported'] }),
    filledAt: instant('filled_at'),
    /** For `excused`: why. */
    excuse: text('excuse', { enum: ['skip', 'freeze', 'owner-leave'] }),
  },
  (t) => [
    uniqueIndex('slot_number').on(t.commitmentId, t.number),
    // Only what nobody has answered yet: years of answered ones are not the clock's business.
    index('slot_unanswered')
      .on(t.organisationId, t.graceEndsAt)
      .where(sql`outcome is null`),
    index('slot_due').on(t.commitmentId, t.dueAt),
  ],
);

/** What an owner said (tracking.md T3); several in one slot are revisions, the latest counts. */
export const checkIn = pgTable(
  'check_in',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    commitmentId: uuid('commitment_id')
      .notNull()
      .references(() => commitment.id, { onDelete: 'cascade' }),
    slotId: uuid('slot_id').references(() => slot.id, { onDelete: 'set null' }),
    by: uuid('by').references(() => person.id),
    /** Name as given by an import when no person could be found. */
    byName: text('by_name'),
    /** Version of the event that brought it: orders what was said at one instant. */
    version: integer('version').notNull().default(0),
    at: instant('at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    via: text('via').notNull(),
    status: text('status', { enum: ['on', 'risk', 'off'] }),
    confidence: integer('confidence'),
    /** Measure key -> value. */
    values: jsonb('values').$type<Record<string, number>>().notNull(),
    progress: real('progress'),
    whatChanged: text('what_changed').notNull().default(''),
    nextStep: text('next_step').notNull().default(''),
    blocker: jsonb('blocker').$type<{
      kind: string;
      text: string;
      owner: string | null;
      by: string | null;
    } | null>(),
    helpWanted: text('help_wanted').notNull().default(''),
    link: text('link'),
    revises: uuid('revises'),
    /** `answer` fills a slot; a `note` moves nothing; a `reading` brings values only. */
    kind: text('kind', { enum: ['answer', 'note', 'reading'] })
      .notNull()
      .default('answer'),
    /** Said in one tap: nothing moved. */
    noMovement: boolean('no_movement').notNull().default(false),
    /** Taken back within its ten minutes; kept for the record, counts for nothing. */
    undone: boolean('undone').notNull().default(false),
  },
  (t) => [index('check_in_commitment').on(t.commitmentId, t.at)],
);

/** One need between two teams (tracking.md T5), a server record from the moment it is saved or asked. */
export const dependency = pgTable(
  'dependency',
  {
    id: id(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    boardId: uuid('board_id')
      .notNull()
      .references(() => board.id, { onDelete: 'cascade' }),
    /** Key of the arrow (or chip); identity is (board, key). */
    objectKey: text('object_key').notNull(),
    version: integer('version').notNull(),
    /** Stored state word of tracking.md T5. */
    status: text('status').notNull(),
    /** The folded state, whole (src/domain/dependency). */
    state: jsonb('state').$type<unknown>().notNull(),
    what: text('what').notNull(),
    /** Key of the objective that needs. */
    requesterKey: text('requester_key'),
    requesterTeamId: uuid('requester_team_id').references(() => team.id),
    providerTeamId: uuid('provider_team_id').references(() => team.id),
    providerPersonId: uuid('provider_person_id').references(() => person.id),
    /** Key of the provider's objective that will deliver it; null = none yet. */
    servedBy: text('served_by'),
    hard: boolean('hard').notNull(),
    neededBy: date('needed_by', { mode: 'string' }),
    promisedFor: date('promised_for', { mode: 'string' }),
    respondBy: instant('respond_by'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('dependency_key').on(t.boardId, t.objectKey),
    index('dependency_provider').on(t.organisationId, t.providerTeamId),
    index('dependency_requester').on(t.organisationId, t.requesterTeamId),
    index('dependency_person').on(t.providerPersonId),
    index('dependency_objective').on(t.boardId, t.requesterKey),
  ],
);
