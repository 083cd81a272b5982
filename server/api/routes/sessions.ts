import { z } from 'zod';
import { meetingKinds } from '#domain/facilitation/agenda.ts';
import { windowHours } from '#domain/facilitation/window.ts';
import { allowed } from '#domain/outcome.ts';
import { sessionCommandShape, toCommand } from '#protocol/session-commands.ts';
import { minutesAnswer } from '../schemas/minutes.ts';
import { sectionRows, sessionSummary, sessionView } from '../schemas/session.ts';
import { id, instant, listOf } from '../schemas/basic.ts';
import { route, type Route } from '../route.ts';

/** Meetings of the rhythm, live (facilitation.md F0-F2, F17; tracking.md T14). */
export const sessionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/sessions',
    summary: 'Sessions, newest first; by status, board, team, ritual or meeting of the calendar.',
    needs: 'read',
    query: z.object({
      status: z.enum(['planned', 'running', 'ended']).optional(),
      board: id.optional(),
      team: id.optional(),
      ritual: id.optional(),
      occurrence: id.optional(),
    }),
    answer: listOf(sessionSummary),
    async handle({ app, viewer, query }) {
      const rows = await app.facilitation.sessions(viewer, {
        ...(query.status === undefined ? {} : { status: query.status }),
        ...(query.board === undefined ? {} : { boardId: query.board }),
        ...(query.team === undefined ? {} : { teamId: query.team }),
        ...(query.ritual === undefined ? {} : { ritualId: query.ritual }),
        ...(query.occurrence === undefined ? {} : { occurrenceId: query.occurrence }),
      });
      return allowed({ items: [...rows] });
    },
  }),
  route({
    method: 'POST',
    path: '/sessions',
    summary: 'Plans a session: from a meeting of the calendar, on a board, for a team, or just so.',
    needs: 'write',
    body: z.strictObject({
      occurrence: id.nullable().optional(),
      kind: z.enum(meetingKinds).optional(),
      title: z.string().trim().max(300).optional(),
      board: id.nullable().optional(),
      team: id.nullable().optional(),
      period: id.nullable().optional(),
      plannedAt: instant.nullable().optional(),
      window: z.number().int().min(windowHours.least).max(windowHours.most).nullable().optional(),
    }),
    status: 201,
    answer: sessionView,
    handle: ({ app, viewer, body }) =>
      app.facilitation.plan(viewer, {
        ...(body.occurrence === undefined ? {} : { occurrenceId: body.occurrence }),
        ...(body.kind === undefined ? {} : { kind: body.kind }),
        ...(body.title === undefined ? {} : { title: body.title }),
        ...(body.board === undefined ? {} : { boardId: body.board }),
        ...(body.team === undefined ? {} : { teamId: body.team }),
        ...(body.period === undefined ? {} : { periodId: body.period }),
        ...(body.plannedAt === undefined ? {} : { plannedAt: body.plannedAt }),
        ...(body.window === undefined ? {} : { window: body.window }),
      }),
  }),
  route({
    method: 'GET',
    path: '/sessions/:id',
    summary: 'One session as you may see it: sections, timer, people, votes counted, your own votes.',
    needs: 'read',
    answer: sessionView,
    handle: ({ app, viewer, id: session }) => app.facilitation.session(viewer, session),
  }),
  route({
    method: 'POST',
    path: '/sessions/:id/commands',
    summary:
      'One act. `expectedRev` is the `rev` it was decided on: an older one is refused with 409 and `now`. A `commandId` that comes again changes nothing.',
    needs: 'read',
    body: z.strictObject({
      commandId: id.optional(),
      expectedRev: z.number().int().nullable().optional(),
      command: sessionCommandShape,
    }),
    answer: sessionView,
    handle: ({ app, viewer, id: session, body: { command, commandId, expectedRev } }) =>
      app.facilitation.command(viewer, session, {
        command: toCommand(command),
        ...(commandId === undefined ? {} : { commandId }),
        expectedRev: expectedRev ?? null,
      }),
  }),
  route({
    method: 'POST',
    path: '/sessions/:id/acts',
    summary:
      'Acts on a real object from within the session and writes it into its minutes: a promise, an ask, a decision, an issue, a learning.',
    needs: 'write',
    body: z.strictObject({
      commandId: id.optional(),
      stage: z.string().max(100).nullable(),
      kind: z.string().max(40),
      id: id.nullable(),
      act: z.string().max(40),
      input: z.record(z.string(), z.unknown()).default({}),
    }),
    answer: sessionView,
    handle: ({ app, viewer, id: session, body: { commandId, ...body } }) =>
      app.facilitation.act(viewer, session, { ...body, ...(commandId === undefined ? {} : { commandId }) }),
  }),
  route({
    method: 'GET',
    path: '/sessions/:id/rows',
    summary: 'The real rows a section lists; of the current one unless `stage` names another.',
    needs: 'read',
    query: z.object({ stage: z.string().max(100).optional() }),
    answer: sectionRows,
    handle: ({ app, viewer, id: session, query }) =>
      app.facilitation.rows(viewer, session, query.stage ?? null),
  }),
  route({
    method: 'POST',
    path: '/sessions/:id/beat',
    summary: 'I am here. Every 10 s while taking part; after a minute of silence one has left.',
    needs: 'read',
    body: z.strictObject({}),
    answer: z.object({ serverTime: instant, heard: z.record(z.string(), instant) }),
    handle: ({ app, viewer, id: session }) => app.facilitation.beat(viewer, session),
  }),
  route({
    method: 'GET',
    path: '/sessions/:id/minutes',
    summary: 'Minutes, made of the session’s log: as data, as Markdown and as CSV.',
    needs: 'read',
    answer: minutesAnswer,
    handle: ({ app, viewer, id: session }) => app.facilitation.minutes(viewer, session),
  }),
];
