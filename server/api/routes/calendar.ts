import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { done, id, listOf, localDate } from '../schemas/basic.ts';
import {
  calendarPicture,
  calendarPreview,
  calendarSettings,
  calendarVersion,
  dayOff,
  feedView,
  leave,
} from '../schemas/rhythm.ts';
import { route, type Route } from '../route.ts';

const day = z.string().max(10);

/** Planning calendar, days off, leaves and calendar feeds (tracking.md T1, T2). */
export const calendarRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/calendar',
    summary: 'Versions of the planning calendar, newest first.',
    needs: 'read',
    answer: listOf(calendarVersion),
    handle: async ({ app, viewer }) => allowed({ items: [...(await app.rhythm.calendars(viewer))] }),
  }),
  route({
    method: 'POST',
    path: '/calendar/preview',
    summary: 'The year that a planning calendar would make, and what saving it would do. Nothing is written.',
    needs: 'read',
    body: z.strictObject({ settings: calendarSettings, on: localDate.optional() }),
    answer: calendarPreview,
    handle: ({ app, viewer, body }) => app.rhythm.previewCalendar(viewer, body.settings, body.on),
  }),
  route({
    method: 'POST',
    path: '/calendar',
    summary: 'Saves a planning calendar for the periods that have not begun.',
    needs: 'administrator',
    body: z.strictObject({ settings: calendarSettings }),
    status: 201,
    answer: calendarVersion,
    handle: ({ app, viewer, body }) => app.rhythm.saveCalendar(viewer, body.settings),
  }),
  route({
    method: 'GET',
    path: '/calendar/year',
    summary:
      'The year that holds a day, as drawn, by the calendar in force or an earlier version: periods, weeks with owners, days off, meetings. Null: nothing is there.',
    needs: 'read',
    query: z.object({ on: localDate.optional(), version: z.coerce.number().int().optional() }),
    answer: z.object({ picture: calendarPicture.nullable() }),
    handle: async ({ app, viewer, query }) =>
      allowed({ picture: await app.rhythm.picture(viewer, query.on, query.version) }),
  }),
  route({
    method: 'POST',
    path: '/teams/:id/zone',
    summary: 'Gives a team its own time zone, or the organisation’s again.',
    needs: 'write',
    body: z.strictObject({ zone: z.string().max(100).nullable() }),
    answer: done,
    handle: ({ app, viewer, id: team, body }) => app.rhythm.setTeamZone(viewer, team, body.zone),
  }),
  route({
    method: 'GET',
    path: '/days-off',
    summary: 'Holidays and freezes, of everybody and of teams.',
    needs: 'read',
    answer: listOf(dayOff),
    handle: async ({ app, viewer }) => allowed({ items: [...(await app.rhythm.daysOff(viewer))] }),
  }),
  route({
    method: 'POST',
    path: '/days-off',
    summary: 'Adds holidays or freezes: as days, or as text (one a line, or a calendar file).',
    needs: 'write',
    body: z.strictObject({
      kind: z.enum(['holiday', 'freeze']),
      teamId: id.nullable().optional(),
      days: z
        .array(z.strictObject({ start: day, end: day, label: z.string().max(300) }))
        .max(400)
        .optional(),
      text: z.string().max(400_000).optional(),
    }),
    status: 201,
    answer: listOf(dayOff),
    async handle({ app, viewer, body: { kind, teamId, days, text } }) {
      const read = text === undefined ? allowed([]) : await app.rhythm.readDays(viewer, text);
      if (!read.ok) return read;
      const added = await app.rhythm.addDaysOff(viewer, {
        ...{ kind, teamId: teamId ?? null },
        days: [...(days ?? []), ...read.value],
      });
      return added.ok ? allowed({ items: [...added.value] }) : added;
    },
  }),
  route({
    method: 'DELETE',
    path: '/days-off/:id',
    summary: 'Takes a holiday or freeze away again.',
    needs: 'write',
    answer: done,
    handle: ({ app, viewer, id: off }) => app.rhythm.removeDayOff(viewer, off),
  }),
  route({
    method: 'GET',
    path: '/leaves',
    summary: 'Who is away when, and who answers meanwhile.',
    needs: 'read',
    answer: listOf(leave),
    handle: async ({ app, viewer }) => allowed({ items: [...(await app.rhythm.leaves(viewer))] }),
  }),
  route({
    method: 'POST',
    path: '/leaves',
    summary: 'Says that somebody is away.',
    needs: 'write',
    body: z.strictObject({ personId: id, delegateId: id.nullable().optional(), start: day, end: day }),
    status: 201,
    answer: leave,
    handle: ({ app, viewer, body: { delegateId, ...rest } }) =>
      app.rhythm.addLeave(viewer, { ...rest, delegateId: delegateId ?? null }),
  }),
  route({
    method: 'DELETE',
    path: '/leaves/:id',
    summary: 'Takes a leave back.',
    needs: 'write',
    answer: done,
    handle: ({ app, viewer, id: away }) => app.rhythm.removeLeave(viewer, away),
  }),
  route({
    method: 'GET',
    path: '/calendar-feeds',
    summary: 'Your calendar addresses, without their secrets.',
    needs: 'read',
    answer: listOf(feedView),
    handle: async ({ app, viewer }) => allowed({ items: [...(await app.rhythm.feeds(viewer))] }),
  }),
  route({
    method: 'POST',
    path: '/calendar-feeds',
    summary: 'Makes a secret calendar address; its token is told this once and opens /calendar/<token>.ics.',
    needs: 'write',
    body: z.strictObject({ kind: z.enum(['person', 'team', 'ritual']), subjectId: id.optional() }),
    status: 201,
    answer: z.object({ token: z.string(), view: feedView }),
    handle: ({ app, viewer, body: { kind, subjectId } }) =>
      app.rhythm.createFeed(viewer, { kind, ...(subjectId === undefined ? {} : { subjectId }) }),
  }),
  route({
    method: 'DELETE',
    path: '/calendar-feeds/:id',
    summary: 'From now on the address opens nothing.',
    needs: 'write',
    answer: done,
    handle: ({ app, viewer, id: feed }) => app.rhythm.revokeFeed(viewer, feed),
  }),
];
