import {
  bigint,
  bigserial,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { board } from './board.ts';
import { bytea, instant } from './columns.ts';

/** The log of a board's document: every accepted edit, in order, with its checksum (sync.md Y1). */
export const boardUpdate = pgTable(
  'board_update',
  {
    boardId: uuid('board_id')
      .notNull()
      .references(() => board.id, { onDelete: 'cascade' }),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** 128-bit id of the sender's outbox, hex; the server's own for stock clients and server edits. */
    outbox: text('outbox').notNull(),
    n: bigint('n', { mode: 'number' }).notNull(),
    person: uuid('person'),
    signInId: text('sign_in_id'),
    clientIds: bigint('client_ids', { mode: 'number' }).array().notNull(),
    bytes: bytea('bytes').notNull(),
    sha256: bytea('sha256').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.boardId, t.seq] }), uniqueIndex('board_update_outbox').on(t.outbox, t.n)],
);

/** A cache of the log up to `seq`: the whole document in one piece. */
export const boardCheckpoint = pgTable(
  'board_checkpoint',
  {
    boardId: uuid('board_id')
      .notNull()
      .references(() => board.id, { onDelete: 'cascade' }),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    bytes: bytea('bytes').notNull(),
    sha256: bytea('sha256').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.boardId, t.seq] })],
);

/** Which person a Yjs client id of a board belongs to, claimed by its first committed edit (sync.md Y3). */
export const boardClient = pgTable(
  'board_client',
  {
    boardId: uuid('board_id')
      .notNull()
      .references(() => board.id, { onDelete: 'cascade' }),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    /** Person id, or `server`. */
    holder: text('holder').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.boardId, t.clientId] })],
);

/** Raw frames that were refused, kept 7 days for an administrator (trust.md Y). */
export const quarantine = pgTable(
  'quarantine',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    boardId: uuid('board_id')
      .notNull()
      .references(() => board.id, { onDelete: 'cascade' }),
    person: uuid('person'),
    reason: text('reason').notNull(),
    size: integer('size').notNull(),
    bytes: bytea('bytes').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('quarantine_board').on(t.boardId, t.at)],
);

/**
 * Older edits of a board, merged into one row that keeps their times (sync.md Y1): the log moves here once a checkpoint
 * covers it, and lives until the period after the board's has closed.
 */
export const boardSegment = pgTable(
  'board_segment',
  {
    boardId: uuid('board_id')
      .notNull()
      .references(() => board.id, { onDelete: 'cascade' }),
    fromSeq: bigint('from_seq', { mode: 'number' }).notNull(),
    toSeq: bigint('to_seq', { mode: 'number' }).notNull(),
    epoch: integer('epoch').notNull(),
    fromAt: instant('from_at').notNull(),
    toAt: instant('to_at').notNull(),
    /** The edits with their authors and times, encoded and compressed by the store. */
    bytes: bytea('bytes').notNull(),
    sha256: bytea('sha256').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.boardId, t.fromSeq] })],
);

/**
 * What an outbox has stored, kept when its edits have moved into a segment: resending stays harmless for ever.
 */
export const outboxMark = pgTable(
  'outbox_mark',
  {
    boardId: uuid('board_id')
      .notNull()
      .references(() => board.id, { onDelete: 'cascade' }),
    outbox: text('outbox').notNull(),
    n: bigint('n', { mode: 'number' }).notNull(),
    person: uuid('person'),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.boardId, t.outbox] })],
);
