import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { id, listOf } from '../schemas/basic.ts';
import { occurrenceView, ritualAsked, ritualDetail, ritualOffer, ritualView } from '../schemas/rhythm.ts';
import { route, type Route } from '../route.ts';

const commands = {
  change: 'Other terms for all meetings still ahead.',
  split: 'Other terms for this and the following meetings: the series goes on in a new part.',
  skip: 'Skips one meeting, with a reason.',
  move: 'Moves one meeting.',
  add: 'Adds a meeting that no rule gives.',
  restore: 'Takes a skip, a move or an addition back.',
  end: 'Ends the ritual; what was stays.',
} as const;

const dayMs = 86_400_000;

/** Rituals and their meetings (tracking.md T2). */
export const ritualRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/rituals',
    summary: 'Rituals that are held, of all, a team or a board.',
    needs: 'read',
    query: z.object({ team: id.optional(), board: id.optional() }),
    answer: listOf(ritualView),
    async handle({ app, viewer, query }) {
      const rituals = await app.rhythm.rituals(viewer, {
        ...(query.team === undefined ? {} : { teamId: query.team }),
        ...(query.board === undefined ? {} : { boardId: query.board }),
      });
      return allowed({ items: [...rituals] });
    },
  }),
  route({
    method: 'POST',
    path: '/rituals',
    summary:
      'Books any number of rituals at once, or none. The terms are those that GET /rituals/offers answers with.',
    needs: 'write',
    body: z.strictObject({ rituals: z.array(ritualAsked).max(50) }),
    status: 201,
    answer: listOf(ritualView),
    async handle({ app, viewer, body }) {
      const booked = await app.rhythm.book(viewer, body.rituals);
      return booked.ok ? allowed({ items: [...booked.value] }) : booked;
    },
  }),
  route({
    method: 'GET',
    path: '/rituals/offers',
    summary: 'Rituals that could be booked for a board or a team, prefilled by depth.',
    needs: 'read',
    query: z.object({ team: id.optional(), board: id.optional() }),
    answer: listOf(ritualOffer),
    async handle({ app, viewer, query }) {
      const offers = await app.rhythm.offers(viewer, {
        ...(query.team === undefined ? {} : { teamId: query.team }),
        ...(query.board === undefined ? {} : { boardId: query.board }),
      });
      return offers.ok ? allowed({ items: [...offers.value] }) : offers;
    },
  }),
  route({
    method: 'GET',
    path: '/rituals/:id',
    summary: 'One ritual with its meetings, parts and history.',
    needs: 'read',
    answer: ritualDetail,
    handle: ({ app, viewer, id: ritual }) => app.rhythm.ritual(viewer, ritual),
  }),
  ...Object.entries(commands).map(([command, summary]) =>
    route({
      method: 'POST',
      path: `/rituals/:id/${command}`,
      summary,
      needs: 'write',
      body: z.looseObject({}),
      answer: ritualDetail,
      handle: ({ app, viewer, id: ritual, body }) => app.rhythm.actOnRitual(viewer, ritual, command, body),
    }),
  ),
  route({
    method: 'GET',
    path: '/occurrences',
    summary: 'Meetings that start within a stretch of time, skipped ones too; by default the next 31 days.',
    needs: 'read',
    query: z.object({
      team: id.optional(),
      board: id.optional(),
      ritual: id.optional(),
      person: id.optional(),
      from: z.coerce.number().int().optional(),
      to: z.coerce.number().int().optional(),
    }),
    answer: listOf(occurrenceView),
    async handle({ app, viewer, query }) {
      const from = query.from ?? viewer.organisation.now;
      const found = await app.rhythm.nextOccurrences(viewer, {
        ...{ from, to: Math.min(query.to ?? from + 31 * dayMs, from + 800 * dayMs) },
        ...(query.team === undefined ? {} : { teamId: query.team }),
        ...(query.board === undefined ? {} : { boardId: query.board }),
        ...(query.ritual === undefined ? {} : { ritualId: query.ritual }),
        ...(query.person === undefined ? {} : { personId: query.person }),
      });
      return allowed({ items: [...found] });
    },
  }),
  route({
    method: 'GET',
    path: '/occurrences/:id',
    summary: 'One meeting.',
    needs: 'read',
    answer: occurrenceView,
    handle: ({ app, viewer, id: occurrence }) => app.rhythm.occurrence(viewer, occurrence),
  }),
];
