import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { id, listOf, title } from '../schemas/basic.ts';
import {
  boardScope,
  boardView,
  commitRow,
  newBoardView,
  snapshotDetail,
  snapshotView,
} from '../schemas/board.ts';
import { planProblem, planView } from '../schemas/plan.ts';
import { route, type Route } from '../route.ts';

/** Boards, their plan and their snapshots. */
export const boardRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/boards',
    summary: 'Boards that are not archived, latest change first.',
    needs: 'read',
    answer: listOf(boardView),
    handle: async ({ app, viewer }) => allowed({ items: [...(await app.planning.boards(viewer))] }),
  }),
  route({
    method: 'POST',
    path: '/boards',
    summary: 'Makes a board, blank or from the quarterly planning template.',
    needs: 'write',
    body: z.strictObject({
      title,
      period: id.nullable().optional(),
      template: z.enum(['blank', 'quarterly-planning']).default('blank'),
      teams: z.array(id).max(500).optional(),
      columns: z.boolean().optional(),
      scope: boardScope.optional(),
    }),
    status: 201,
    answer: newBoardView,
    async handle({ app, viewer, body }) {
      const made = await app.planning.createBoard(viewer, {
        title: body.title,
        template: body.template,
        ...(body.period === undefined ? {} : { periodId: body.period }),
        ...(body.teams === undefined ? {} : { teamIds: body.teams }),
        ...(body.scope === undefined ? {} : { scope: body.scope }),
        ...(body.columns === undefined ? {} : { columns: body.columns }),
      });
      return made.ok ? allowed({ ...made.value, url: `/board/${made.value.id}` }) : made;
    },
  }),
  route({
    method: 'GET',
    path: '/boards/:id',
    summary: 'One board.',
    needs: 'read',
    answer: boardView,
    handle: ({ app, viewer, id: board }) => app.planning.board(viewer, board),
  }),
  route({
    method: 'PATCH',
    path: '/boards/:id',
    summary: 'Renames or archives a board, or changes its period, its teams, and who may look at it.',
    needs: 'write',
    body: z.strictObject({
      title: title.optional(),
      archived: z.boolean().optional(),
      period: id.nullable().optional(),
      teams: z.array(id).max(500).optional(),
      scope: boardScope.optional(),
    }),
    answer: boardView,
    handle: ({ app, viewer, id: board, body: { period, teams, ...rest } }) =>
      app.planning.changeBoard(viewer, board, {
        ...rest,
        ...(period === undefined ? {} : { periodId: period }),
        ...(teams === undefined ? {} : { teamIds: teams }),
      }),
  }),
  route({
    method: 'GET',
    path: '/boards/:id/plan',
    summary:
      'The plan on the board now: as throughline-plan/1 in `file`, with everything that is wrong with it.',
    needs: 'read',
    answer: z.object({
      plan: planView,
      problems: z.array(planProblem).readonly(),
      file: z.unknown().meta({ description: 'throughline-plan/1' }),
    }),
    handle: ({ app, viewer, id: board }) => app.planning.plan(viewer, board),
  }),
  route({
    method: 'GET',
    path: '/boards/:id/areas',
    summary:
      'Areas of the board by record, with what they are called: where a section of a session can take place.',
    needs: 'read',
    answer: listOf(z.object({ id: z.string(), title: z.string() })),
    async handle({ app, viewer, id: board }) {
      const areas = await app.planning.areas(viewer, board);
      return areas.ok ? allowed({ items: [...areas.value] }) : areas;
    },
  }),
  route({
    method: 'GET',
    path: '/boards/:id/export',
    summary: 'The board as a file.',
    needs: 'read',
    query: z.object({ format: z.enum(['plan', 'csv', 'md', 'tldr', 'svg']).default('plan') }),
    download: true,
    answer: z.object({ body: z.string(), type: z.string(), name: z.string() }),
    handle: ({ app, viewer, id: board, query }) => app.planning.export(viewer, board, query.format),
  }),
  route({
    method: 'POST',
    path: '/boards/:id/snapshots',
    summary: 'Freezes the board as it is now.',
    needs: 'write',
    body: z.strictObject({ label: z.string().max(200).default('') }),
    status: 201,
    answer: snapshotView,
    handle: ({ app, viewer, id: board, body }) =>
      app.planning.takeSnapshot(viewer, board, { why: 'manual', label: body.label }),
  }),
  route({
    method: 'GET',
    path: '/boards/:id/snapshots',
    summary: 'Frozen states of the board, oldest first.',
    needs: 'read',
    answer: listOf(snapshotView),
    async handle({ app, viewer, id: board }) {
      const found = await app.planning.snapshots(viewer, board);
      return found.ok ? allowed({ items: [...found.value] }) : found;
    },
  }),
  route({
    method: 'GET',
    path: '/snapshots/:id',
    summary: 'One frozen state: plan, problems, document bytes and their SHA-256.',
    needs: 'read',
    answer: snapshotDetail,
    handle: ({ app, viewer, id: snapshot }) => app.planning.snapshot(viewer, snapshot),
  }),
  route({
    method: 'GET',
    path: '/snapshots/:id/compare',
    summary: 'What changed since this snapshot, by team: up to another snapshot, or up to now.',
    needs: 'read',
    query: z.object({ with: id.optional() }),
    answer: z.object({
      teams: z
        .array(z.object({ team: z.string().nullable(), changes: z.array(commitRow).readonly() }))
        .readonly(),
    }),
    handle: ({ app, viewer, id: snapshot, query }) =>
      app.planning.compare(viewer, snapshot, query.with ?? null),
  }),
];
