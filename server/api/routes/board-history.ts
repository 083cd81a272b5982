import { z } from 'zod';
import type { MomentAsked } from '#protocol/views/board-history.ts';
import { boardHistory, boardMoment, restoreResult } from '../schemas/board-history.ts';
import { instant } from '../schemas/basic.ts';
import { route, type Route } from '../route.ts';

const oneOf = 'Say one of the two: a moment (`at`) or an edit (`seq`).';
const seq = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const asked = ({ at, seq: edit }: { at?: number | undefined; seq?: number | undefined }): MomentAsked =>
  edit === undefined ? { at: at ?? 0 } : { seq: edit };
const isOne = (it: { at?: unknown; seq?: unknown }): boolean =>
  (it.at === undefined) !== (it.seq === undefined);

/** The past of a board, from its log: looking back, and bringing back. */
export const boardHistoryRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/boards/:id/history',
    summary:
      'What the log of a board still covers: when it was edited and by whom, and when it was restored.',
    needs: 'read',
    answer: boardHistory,
    handle: ({ app, viewer, id: board }) => app.planning.history(viewer, board),
  }),
  route({
    method: 'GET',
    path: '/boards/:id/moment',
    summary:
      'The board as it was at a moment (`at`, milliseconds) or after an edit (`seq`): its document, what changed in the plan since, what a restore would do.',
    needs: 'read',
    query: z
      .object({ at: z.coerce.number().int().optional(), seq: z.coerce.number().pipe(seq).optional() })
      .refine(isOne, oneOf),
    answer: boardMoment,
    handle: ({ app, viewer, id: board, query }) => app.planning.moment(viewer, board, asked(query)),
  }),
  route({
    method: 'POST',
    path: '/boards/:id/restore',
    summary:
      'Brings the content of a moment or edit back, as a new edit that everybody sees at once; the log is never rewound. For managers and the facilitator of the session on the board.',
    needs: 'write',
    body: z.strictObject({ at: instant.int().optional(), seq: seq.optional() }).refine(isOne, oneOf),
    answer: restoreResult,
    handle: ({ app, viewer, id: board, body }) => app.planning.restore(viewer, board, asked(body)),
  }),
];
