import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { registerShapes } from '#protocol/register-commands.ts';
import type { RegisterKind } from '#protocol/views/registers.ts';
import { id, listOf } from '../schemas/basic.ts';
import { moment, momentIn } from '../schemas/moment.ts';
import { notDoingRow, registerDetails, registerDue, registerRows } from '../schemas/registers.ts';
import { route, type Route } from '../route.ts';

type Input = Readonly<Record<string, unknown>>;

const filter = z.object({
  board: id.optional(),
  team: id.optional(),
  owner: id.optional(),
  commitment: id.optional(),
  session: id.optional(),
  status: z.string().max(40).optional(),
  open: z.enum(['true', 'false']).optional(),
  at: moment.optional(),
});

/** The calls of one register: the same for each, made from the shapes that pages and sessions use too. */
function routesOf(kind: RegisterKind): readonly Route[] {
  const { path, create, acts } = registerShapes[kind];
  return [
    route({
      method: 'GET',
      path: `/${path}`,
      summary: `Entries of the register, filtered by board, team, owner, commitment, session, status or whether they are open; now or as of a day.`,
      needs: 'read',
      query: filter,
      answer: listOf(registerRows[kind] as z.ZodType),
      async handle({ app, viewer, query }) {
        const { board, team, owner, commitment, session, status, open, at } = query;
        const rows = await app.registers.list(viewer, kind, {
          ...(board === undefined ? {} : { boardId: board }),
          ...(team === undefined ? {} : { teamId: team }),
          ...(owner === undefined ? {} : { ownerId: owner }),
          ...(commitment === undefined ? {} : { commitmentId: commitment }),
          ...(session === undefined ? {} : { sessionId: session }),
          ...(status === undefined ? {} : { status }),
          ...(open === undefined ? {} : { open: open === 'true' }),
          ...(at === undefined ? {} : { at: momentIn(viewer, at) }),
        });
        return allowed({ items: [...rows] });
      },
    }),
    route({
      method: 'POST',
      path: `/${path}`,
      summary: create.summary,
      needs: 'write',
      body: create.body,
      status: 201,
      answer: registerDetails[kind] as z.ZodType,
      handle: ({ app, viewer, body }) => app.registers.create(viewer, kind, body as Input),
    }),
    route({
      method: 'GET',
      path: `/${path}/:id`,
      summary: 'One entry with its facts, links, events and the moves you may make now.',
      needs: 'read',
      query: z.object({ at: moment.optional() }),
      answer: registerDetails[kind] as z.ZodType,
      handle: ({ app, viewer, id: entry, query: { at } }) =>
        app.registers.read(viewer, kind, entry, { at: at === undefined ? at : momentIn(viewer, at) }),
    }),
    ...Object.entries(acts).map(([command, { summary, body }]) =>
      route({
        method: 'POST',
        path: `/${path}/:id/${command}`,
        summary,
        needs: 'write',
        body,
        answer: registerDetails[kind] as z.ZodType,
        handle: ({ app, viewer, id: entry, body: input }) =>
          app.registers.act(viewer, kind, entry, command, input as Input),
      }),
    ),
  ];
}

/** Decisions, assumptions, risks, triage, interrupts, learnings (tracking.md T6-T8, T17). */
export const registerRoutes: readonly Route[] = [
  ...(Object.keys(registerShapes) as RegisterKind[]).flatMap(routesOf),
  route({
    method: 'GET',
    path: '/registers/due',
    summary: 'What of the registers needs somebody now, heaviest first.',
    needs: 'read',
    answer: listOf(registerDue),
    handle: async ({ app, viewer }) =>
      allowed({
        items: [
          ...(await app.registers.due(viewer.organisationId, viewer.organisation.now, { seer: viewer })),
        ],
      }),
  }),
  route({
    method: 'GET',
    path: '/not-doing',
    summary: 'What is not being done, with its reason; now or as of a day.',
    needs: 'read',
    query: z.object({ board: id.optional(), at: moment.optional() }),
    answer: listOf(notDoingRow),
    handle: async ({ app, viewer, query: { board, at } }) => {
      const rows = await app.registers.notDoing(viewer, {
        ...(board === undefined ? {} : { boardId: board }),
        ...(at === undefined ? {} : { at: momentIn(viewer, at) }),
      });
      return allowed({ items: [...rows] });
    },
  }),
];
