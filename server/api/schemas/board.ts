import { z } from 'zod';
import { boardScopes } from '#domain/access/board-scope.ts';
import type * as views from '#protocol/views/board.ts';
import { dateOut, id, instant } from './basic.ts';
import { periodView } from './organisation.ts';
import { planProblem, planView } from './plan.ts';

/** Schemas of src/protocol/views/board.ts; `satisfies` keeps the two in step. */
export const rhythmView = z
  .object({
    cadence: z.enum(['weekly', 'two-weekly', 'monthly', 'quarterly']),
    weekday: z.number().int().min(1).max(7),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time like 17:00'),
    closeOn: dateOut,
  })
  .readonly()
  .meta({ id: 'Rhythm' }) satisfies z.ZodType<views.RhythmView>;

/** Who may look at a board. */
export const boardScope = z.enum(boardScopes);

const boardFields = {
  id,
  title: z.string(),
  period: periodView.nullable(),
  teamIds: z.array(id).readonly(),
  scope: boardScope,
  createdAt: instant,
  changedAt: instant,
  right: z.enum(['none', 'read', 'write', 'manage']),
  rhythm: rhythmView.nullable(),
  committedAt: instant.nullable(),
};

export const boardView = z
  .object(boardFields)
  .readonly()
  .meta({ id: 'Board' }) satisfies z.ZodType<views.BoardView>;

/** A board as its maker gets it: with the address of its page. */
export const newBoardView = z
  .object({ ...boardFields, url: z.string() })
  .readonly()
  .meta({ id: 'NewBoard' });

const snapshotFields = {
  id,
  number: z.number(),
  why: z.string(),
  label: z.string(),
  by: id.nullable(),
  at: instant,
  seq: z.number(),
  sha256: z.string(),
  objectives: z.number(),
  stop: z.string(),
};

export const snapshotView = z
  .object(snapshotFields)
  .readonly()
  .meta({ id: 'Snapshot' }) satisfies z.ZodType<views.SnapshotView>;

export const snapshotDetail = z
  .object({
    ...snapshotFields,
    plan: planView,
    problems: z.array(planProblem).readonly(),
    document: z.string().meta({ description: 'The frozen document as a Yjs update, base64.' }),
  })
  .readonly()
  .meta({ id: 'SnapshotDetail' }) satisfies z.ZodType<views.SnapshotDetail>;

export const importReport = z
  .object({
    added: z.array(z.string()).readonly(),
    changed: z.array(z.string()).readonly(),
    unchanged: z.array(z.string()).readonly(),
    problems: z.array(planProblem).readonly(),
    newPeople: z.number(),
    newTeams: z.number(),
    updates: z.number(),
  })
  .readonly()
  .meta({ id: 'ImportReport' }) satisfies z.ZodType<views.ImportReport>;

export const commitRow = z
  .object({
    key: z.string(),
    title: z.string(),
    team: z.string().nullable(),
    owner: z.string().nullable(),
    due: dateOut.nullable(),
    measures: z.number(),
    ticked: z.boolean(),
    change: z.enum(['new', 'changed', 'unchanged', 'gone', 'not-doing']),
    fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })).readonly(),
    mustAccept: z.string().nullable(),
    recordId: z.string().nullable(),
  })
  .readonly()
  .meta({ id: 'CommitRow' }) satisfies z.ZodType<views.CommitRow>;

export const commitReview = z
  .object({
    sentence: z.string(),
    seq: z.number(),
    blocking: z.array(planProblem).readonly(),
    warnings: z.array(planProblem).readonly(),
    rows: z.array(commitRow).readonly(),
    rhythm: rhythmView,
    mayPress: z.boolean(),
  })
  .readonly()
  .meta({ id: 'CommitReview' }) satisfies z.ZodType<views.CommitReview>;

export const commitResult = z
  .object({
    snapshot: snapshotView,
    changes: z.array(commitRow).readonly(),
    problems: z.array(planProblem).readonly(),
    commitments: z.array(id).readonly(),
  })
  .readonly()
  .meta({ id: 'CommitResult' }) satisfies z.ZodType<views.CommitResult>;
