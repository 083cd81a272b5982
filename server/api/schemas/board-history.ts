import { z } from 'zod';
import type * as views from '#protocol/views/board-history.ts';
import { id, instant } from './basic.ts';
import { commitRow } from './board.ts';

/** Schemas of src/protocol/views/board-history.ts; `satisfies` keeps the two in step. */
const stretch = z.object({
  from: instant,
  to: instant,
  seq: z.number().meta({ description: 'The board as of this stretch is the board as of this edit.' }),
  edits: z.number(),
  people: z
    .array(id)
    .readonly()
    .nullable()
    .meta({ description: 'Null: older edits, whose authors are not looked into.' }),
}) satisfies z.ZodType<views.BoardStretch>;

const counts = { back: z.number(), gone: z.number(), changed: z.number() };

export const boardHistory = z
  .object({
    stretches: z.array(stretch).readonly(),
    restores: z
      .array(
        z.object({
          by: id.nullable(),
          at: instant,
          to: instant,
          before: z.number().meta({ description: 'Restoring to this edit undoes it.' }),
          ...counts,
        }),
      )
      .readonly(),
  })
  .meta({ id: 'BoardHistory' }) satisfies z.ZodType<views.BoardHistory>;

const named = z.object({ count: z.number(), titles: z.array(z.string()).readonly() });
const effect = z
  .object({ back: named, gone: named, changed: named })
  .meta({ id: 'RestoreEffect' }) satisfies z.ZodType<views.RestoreEffect>;

export const boardMoment = z
  .object({
    at: instant,
    seq: z.number(),
    lastEdit: z.object({ at: instant, by: id.nullable() }),
    people: z.array(id).readonly().meta({ description: 'Who edited within the quarter of an hour before.' }),
    teams: z
      .array(z.object({ team: z.string().nullable(), changes: z.array(commitRow).readonly() }))
      .readonly(),
    effect: effect.meta({ description: 'What a restore would do to the board as it is now.' }),
    mayRestore: z.boolean(),
    document: z.string().meta({ description: 'The document as a Yjs update, base64.' }),
  })
  .meta({ id: 'BoardMoment' }) satisfies z.ZodType<views.BoardMoment>;

export const restoreResult = z
  .object({
    effect,
    seq: z.number(),
    before: z.number().meta({ description: 'Restoring to this edit undoes it.' }),
  })
  .meta({ id: 'RestoreResult' }) satisfies z.ZodType<views.RestoreResult>;
