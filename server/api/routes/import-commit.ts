import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { commitResult, commitReview, commitRow, importReport, rhythmView } from '../schemas/board.ts';
import { planProblem } from '../schemas/plan.ts';
import { ritualAsked } from '../schemas/rhythm.ts';
import { route, type Route } from '../route.ts';

/** Into the board, and from the board into promises. */
export const importCommitRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/boards/:id/import',
    summary:
      'Imports a throughline-plan/1 file (up to 25 MB), idempotent by key. A file with a fault is refused whole, with all faults. `progress=1` answers line by line as NDJSON.',
    needs: 'write',
    query: z.object({ progress: z.literal('1').optional(), format: z.literal('plan').optional() }),
    file: true,
    body: z.string(),
    answer: importReport,
    handle: ({ app, viewer, id, body, progress }) => app.planning.importFile(viewer, id, body, progress),
  }),
  route({
    method: 'POST',
    path: '/boards/:id/commit',
    summary:
      'With `dryRun` the review: rows, problems, rhythm. Without it the act: freezes the board and proposes what will be tracked; each owner then accepts in person.',
    needs: 'write',
    body: z.strictObject({
      dryRun: z.boolean().default(false),
      include: z.union([z.enum(['committed', 'all']), z.array(z.string().max(200)).max(25_000)]).optional(),
      overrides: z
        .strictObject({
          reason: z.string().trim().min(1, 'is empty').max(2_000),
          problems: z.array(z.string()).optional(),
        })
        .optional(),
      rhythm: rhythmView.optional(),
      rituals: z
        .array(ritualAsked)
        .max(20)
        .optional()
        .meta({ description: 'Rituals to book with it, whole or not at all.' }),
      seq: z.number().int().min(0).optional(),
    }),
    answer: z.union([
      commitResult,
      z.object({
        snapshot: z.null(),
        changes: z.array(commitRow).readonly(),
        problems: z.array(planProblem).readonly(),
        commitments: z.array(z.never()).readonly(),
        review: commitReview,
      }),
    ]),
    async handle({ app, viewer, id, body: { dryRun, include, overrides, rhythm, rituals, seq } }) {
      const included = include === undefined ? {} : { include };
      if (!dryRun) {
        return app.planning.commit(viewer, id, {
          ...included,
          ...(overrides === undefined
            ? {}
            : { overrides: { reason: overrides.reason, ...toCodes(overrides.problems) } }),
          ...(rhythm === undefined ? {} : { rhythm }),
          ...(rituals === undefined ? {} : { rituals }),
          ...(seq === undefined ? {} : { seq }),
        });
      }
      // The same as the act would take, so that a dry run says what it would do.
      const review = await app.planning.review(viewer, id, { include: include ?? 'committed' });
      if (!review.ok) return review;
      const { rows, blocking, warnings } = review.value;
      return allowed({
        snapshot: null,
        changes: rows,
        problems: [...blocking, ...warnings],
        commitments: [],
        review: review.value,
      });
    },
  }),
];

const toCodes = (problems: readonly string[] | undefined) => (problems === undefined ? {} : { problems });
