import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { done, id, listOf, localDate } from '../schemas/basic.ts';
import { auditPage, myPage, objectHistory, teamPage, warningView } from '../schemas/insight.ts';
import { moment, momentIn } from '../schemas/moment.ts';
import { route, type Route } from '../route.ts';

/** What should be noticed: early warnings, one's own page, a team's page, the history of any object. */
export const insightRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/warnings',
    summary: 'Early warnings that hold now, heaviest first: of a person, of a team, or of everybody.',
    needs: 'read',
    query: z.object({ team: id.optional(), person: id.optional() }),
    answer: listOf(warningView),
    handle: async ({ app, viewer, query }) =>
      allowed({
        items: [...(await app.insight.warnings(viewer, { teamId: query.team, personId: query.person }))],
      }),
  }),
  route({
    method: 'POST',
    path: '/warnings/mute',
    summary: 'Does not tell of a warning again for so many days; 0 tells of it again.',
    needs: 'write',
    body: z.strictObject({ rule: z.string().max(10), subjectId: id, days: z.number().int().min(0).max(90) }),
    answer: z.object({ done }),
    async handle({ app, viewer, body }) {
      const muted = await app.insight.mute(viewer, body);
      return muted.ok ? allowed({ done: true as const }) : muted;
    },
  }),
  route({
    method: 'GET',
    path: '/my-page',
    summary: 'What your own page says beside the inbox: your warnings, and the decisions you owe.',
    needs: 'read',
    answer: myPage,
    handle: async ({ app, viewer }) => allowed(await app.insight.myPage(viewer)),
  }),
  route({
    method: 'GET',
    path: '/teams/:id/page',
    summary:
      'A team: its promises, load against capacity, what came between, what became of what it promised; now, or its promises as of a day.',
    needs: 'read',
    query: z.object({ at: moment.optional() }),
    answer: teamPage,
    handle: ({ app, viewer, id: team, query: { at } }) =>
      app.insight.teamPage(viewer, team, at === undefined ? at : momentIn(viewer, at)),
  }),
  route({
    method: 'POST',
    path: '/teams/:id/capacity',
    summary: 'Enters what a team can do in a period, in person-weeks; null goes back to members times weeks.',
    needs: 'write',
    body: z.strictObject({ periodId: id, personWeeks: z.number().min(0).max(10_000).nullable() }),
    answer: z.object({ done }),
    async handle({ app, viewer, id: team, body }) {
      const set = await app.insight.setCapacity(viewer, team, body);
      return set.ok ? allowed({ done: true as const }) : set;
    },
  }),
  route({
    method: 'GET',
    path: '/audit',
    summary:
      'The event log, newest first: who did what, when and through which door; `next` goes on as `after`.',
    needs: 'read',
    query: z.object({
      person: id.optional(),
      kind: z.string().max(40).optional(),
      from: localDate.optional(),
      to: localDate.optional(),
      after: z.string().max(40).optional(),
    }),
    answer: auditPage,
    handle: async ({ app, viewer, query }) => allowed(await app.insight.audit(viewer, query)),
  }),
  route({
    method: 'GET',
    path: '/history',
    summary: 'Any object of the event log as it was at a day or instant, with who did what when until then.',
    needs: 'read',
    query: z.object({ kind: z.string().max(40), id, at: moment.optional() }),
    answer: objectHistory,
    handle: ({ app, viewer, query }) =>
      app.insight.history(
        viewer,
        query.kind,
        query.id,
        query.at === undefined ? undefined : momentIn(viewer, query.at),
      ),
  }),
];
