import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { id, listOf, localDate, text, title } from '../schemas/basic.ts';
import { dependencyBodies } from '../schemas/dependency-commands.ts';
import { moment, momentIn } from '../schemas/moment.ts';
import { dependencyDetail, dependencyRow } from '../schemas/tracking.ts';
import { route, type Route } from '../route.ts';

const key = z.string().min(1).max(200);

/** Asks between teams and their two-sided handshake (tracking.md T5). */
export const dependencyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/dependencies',
    summary: 'Asks, filtered by board, team (either side) or state.',
    needs: 'read',
    query: z.object({
      board: id.optional(),
      team: id.optional(),
      state: z.string().max(40).optional(),
      at: moment.optional(),
    }),
    answer: listOf(dependencyRow),
    async handle({ app, viewer, query }) {
      const rows = await app.tracking.dependencies(viewer, {
        ...(query.board === undefined ? {} : { boardId: query.board }),
        ...(query.team === undefined ? {} : { teamId: query.team }),
        ...(query.state === undefined ? {} : { state: query.state }),
        ...(query.at === undefined ? {} : { at: momentIn(viewer, query.at) }),
      });
      return allowed({ items: [...rows] });
    },
  }),
  route({
    method: 'GET',
    path: '/dependencies/:id',
    summary: 'One ask with its history and the moves you may make now.',
    needs: 'read',
    query: z.object({ at: moment.optional() }),
    answer: dependencyDetail,
    handle: ({ app, viewer, id: dependency, query }) =>
      app.tracking.dependency(viewer, dependency, {
        at: query.at === undefined ? undefined : momentIn(viewer, query.at),
      }),
  }),
  route({
    method: 'POST',
    path: '/boards/:id/dependencies',
    summary: 'Saves the facts of an arrow drawn on the board as a draft, or finds its record; `send` asks.',
    needs: 'write',
    body: z.strictObject({
      objectKey: key,
      requesterKey: key.nullable(),
      requesterTeam: key.nullable(),
      providerTeam: key.nullable(),
      servedBy: key.nullable().optional(),
      what: title,
      detail: text.optional(),
      neededBy: localDate.nullable(),
      hardness: z.enum(['hard', 'soft']),
      size: z.enum(['small', 'medium', 'large']).nullable().optional(),
    }),
    answer: dependencyDetail,
    handle: ({ app, viewer, id: board, body: { servedBy, detail, size, ...facts } }) =>
      app.tracking.saveDependency(viewer, board, {
        ...facts,
        ...(servedBy === undefined ? {} : { servedBy }),
        ...(detail === undefined ? {} : { detail }),
        ...(size === undefined ? {} : { size }),
      }),
  }),
  ...Object.entries(dependencyBodies).map(([command, { summary, body }]) =>
    route({
      method: 'POST',
      path: `/dependencies/:id/${command}`,
      summary,
      needs: 'write',
      body,
      answer: dependencyDetail,
      handle: ({ app, viewer, id: dependency, body: input }) =>
        app.tracking.actOnDependency(viewer, dependency, command, input as Readonly<Record<string, unknown>>),
    }),
  ),
];
