import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { id, listOf, localDate, text, title } from '../schemas/basic.ts';
import {
  blocker,
  commitmentDetail,
  commitmentRow,
  dependencyRow,
  reportedStatus,
} from '../schemas/tracking.ts';
import { contributions } from '../schemas/contributions.ts';
import { moment, momentIn } from '../schemas/moment.ts';
import { commitmentBodies } from '../schemas/commitment-commands.ts';
import { route, type Route } from '../route.ts';

/** What was promised, and what its people do with it (tracking.md T3, T4). */
export const commitmentRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/commitments',
    summary:
      'Commitments, filtered by board, period, team, owner or state; as they stood at a day or instant.',
    needs: 'read',
    query: z.object({
      board: id.optional(),
      period: id.optional(),
      team: id.optional(),
      owner: id.optional(),
      state: z.string().max(40).optional(),
      at: moment.optional(),
    }),
    answer: listOf(commitmentRow),
    async handle({ app, viewer, query }) {
      const rows = await app.tracking.commitments(viewer, {
        ...(query.board === undefined ? {} : { boardId: query.board }),
        ...(query.period === undefined ? {} : { periodId: query.period }),
        ...(query.team === undefined ? {} : { teamId: query.team }),
        ...(query.owner === undefined ? {} : { ownerId: query.owner }),
        ...(query.state === undefined ? {} : { state: query.state }),
        ...(query.at === undefined ? {} : { at: momentIn(viewer, query.at) }),
      });
      return allowed({ items: [...rows] });
    },
  }),
  route({
    method: 'POST',
    path: '/commitments',
    summary:
      'A promise for a week: a sentence, an owner and a day, on no board. Your own is accepted at once; anybody else is asked.',
    needs: 'write',
    body: z.strictObject({ statement: title, owner: id, team: id.nullable().optional(), due: localDate }),
    status: 201,
    answer: commitmentDetail,
    handle: ({ app, viewer, body: { statement, owner, team, due } }) =>
      app.tracking.promiseForWeek(viewer, { statement, ownerId: owner, teamId: team ?? null, due }),
  }),
  route({
    method: 'GET',
    path: '/commitments/:id',
    summary:
      'One commitment with baseline, versions, check-ins, events and the moves you may make now; or as it was.',
    needs: 'read',
    query: z.object({ at: moment.optional(), history: z.literal('all').optional() }),
    answer: commitmentDetail,
    handle: ({ app, viewer, id: commitment, query }) =>
      app.tracking.commitment(viewer, commitment, {
        at: query.at === undefined ? undefined : momentIn(viewer, query.at),
        whole: query.history === 'all',
      }),
  }),
  route({
    method: 'GET',
    path: '/commitments/:id/contributions',
    summary:
      'What it contributes to, and what contributes to it: their states, shares of weight and progress; or as they were.',
    needs: 'read',
    query: z.object({ at: moment.optional() }),
    answer: contributions,
    handle: ({ app, viewer, id: commitment, query }) =>
      app.tracking.contributions(viewer, commitment, {
        at: query.at === undefined ? undefined : momentIn(viewer, query.at),
      }),
  }),
  route({
    method: 'POST',
    path: '/commitments/:id/check-ins',
    summary: 'Its owner says how it stands.',
    needs: 'write',
    body: z.strictObject({
      version: z.number().int().optional(),
      values: z.record(z.string().max(200), z.number()).optional(),
      status: reportedStatus,
      confidence: z.number().min(0).max(100),
      whatChanged: text.optional(),
      nextStep: text.optional(),
      blocker: blocker.extend({ by: localDate.nullable() }).nullable().optional(),
      helpWanted: text.optional(),
      link: z.string().max(2_000).nullable().optional(),
    }),
    status: 201,
    answer: commitmentDetail,
    handle: ({ app, viewer, id: commitment, body }) =>
      app.tracking.checkIn(viewer, commitment, withoutAbsent(body)),
  }),
  ...Object.entries(commitmentBodies).map(([command, { summary, body }]) =>
    route({
      method: 'POST',
      path: `/commitments/:id/${command}`,
      summary,
      needs: 'write',
      body,
      answer: commitmentDetail,
      handle: ({ app, viewer, id: commitment, body: input }) =>
        app.tracking.act(viewer, commitment, command, input as Readonly<Record<string, unknown>>),
    }),
  ),
  route({
    method: 'GET',
    path: '/inbox',
    summary: 'What waits for you: promises to accept, check-ins, asks to answer.',
    needs: 'read',
    answer: z.object({
      toAccept: z.array(commitmentRow).readonly(),
      toAgree: z.array(commitmentRow).readonly(),
      toCheckIn: z.array(commitmentRow).readonly(),
      oneTap: z.array(z.string()).readonly(),
      mine: z.array(commitmentRow).readonly(),
      toAnswer: z.array(dependencyRow).readonly(),
      waitingOnMe: z.array(dependencyRow).readonly(),
      iWaitOn: z.array(dependencyRow).readonly(),
      standingIn: z.array(commitmentRow).readonly(),
    }),
    handle: async ({ app, viewer }) => allowed(await app.tracking.inbox(viewer)),
  }),
];

/** Drops keys whose value is undefined: "absent" and "undefined" are two things to the parts behind. */
function withoutAbsent<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
