import { z } from 'zod';
import { areaLevels, type BoardGuard } from '#domain/access/guard.ts';
import { id, instant } from '../schemas/basic.ts';
import { route, type Route } from '../route.ts';

const act = { by: id, at: instant };
const guardView = z
  .object({
    areas: z.record(z.string(), z.object({ ...act, level: z.enum(['team', 'own', 'read']) })),
    locks: z.record(z.string(), z.object({ ...act, kind: z.enum(['item', 'facilitator']) })),
    paused: z.object(act).nullable(),
    wayBack: z
      .object({ ...act, records: z.number(), from: z.number(), to: z.number() })
      .nullable()
      .meta({ description: 'Much was removed at once, and can be put back.' }),
    facilitators: z.array(id).readonly().meta({
      description: 'Who leads the session that runs on the board; they may what managers may here.',
    }),
    section: z.object({ area: z.string().nullable() }).nullable().meta({
      description:
        'The section of that session leaves one area to change, or nothing, to those who do not lead.',
    }),
  })
  .meta({ id: 'BoardGuard' }) satisfies z.ZodType<BoardGuard>;

const record = z.string().min(1).max(128).meta({ description: 'Id of a record of the document.' });

/** Who may change what of a board. */
export const boardGuardRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/boards/:id/guard',
    summary: 'Who may change what of a board: levels of areas, locks, and the pause.',
    needs: 'read',
    answer: guardView,
    handle: ({ app, viewer, id: board }) => app.planning.guard(viewer, board),
  }),
  route({
    method: 'POST',
    path: '/boards/:id/guard',
    summary:
      'Sets the level of an area, locks or unlocks a record, pauses or resumes the board; for managers and the facilitator of the session on it. Holds on open sockets within a second.',
    needs: 'write',
    body: z.discriminatedUnion('act', [
      z.strictObject({ act: z.literal('set-area'), area: record, level: z.enum(areaLevels) }),
      z.strictObject({
        act: z.literal('lock'),
        record,
        kind: z.enum(['item', 'facilitator']).default('item'),
      }),
      z.strictObject({ act: z.literal('unlock'), record }),
      z.strictObject({ act: z.literal('pause') }),
      z.strictObject({ act: z.literal('resume') }),
      z.strictObject({ act: z.literal('let-be') }),
    ]),
    answer: guardView,
    handle: ({ app, viewer, id: board, body }) => app.planning.changeGuard(viewer, board, body),
  }),
  route({
    method: 'POST',
    path: '/boards/:id/put-back',
    summary: 'Puts back what somebody removed at once, as it was; what others did since stays.',
    needs: 'write',
    answer: z.object({ records: z.number(), seq: z.number() }),
    handle: ({ app, viewer, id: board }) => app.planning.putBack(viewer, board),
  }),
];
