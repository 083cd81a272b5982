import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { snoozes } from '#domain/notify/snooze.ts';
import { inboxView, mailboxView, mailView, noticeView, preferencesView } from '../schemas/notify.ts';
import { route, type Route } from '../route.ts';

const time = z.string().max(5);

/** A person's own messages, how they are told, and for administrators the mails. */
export const noticeRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/notices',
    summary: 'Your messages, newest first; `unread` leaves out what you have read.',
    needs: 'read',
    query: z.object({ unread: z.enum(['true', 'false']).optional() }),
    answer: inboxView,
    handle: async ({ app, viewer, query }) =>
      allowed(await app.notify.inbox(viewer, { unread: query.unread === 'true' })),
  }),
  route({
    method: 'GET',
    path: '/notices/unread',
    summary: 'How many messages you have not read.',
    needs: 'read',
    answer: z.object({ unread: z.number().int() }),
    handle: async ({ app, viewer }) => allowed({ unread: await app.notify.unread(viewer) }),
  }),
  route({
    method: 'POST',
    path: '/notices/:id/read',
    summary: 'Marks a message as read.',
    needs: 'write',
    answer: noticeView,
    handle: ({ app, viewer, id }) => app.notify.read(viewer, id),
  }),
  route({
    method: 'POST',
    path: '/notices/read-all',
    summary: 'Marks all messages as read.',
    needs: 'write',
    answer: z.object({ read: z.number().int() }),
    handle: async ({ app, viewer }) => allowed({ read: await app.notify.readAll(viewer) }),
  }),
  route({
    method: 'POST',
    path: '/notices/:id/snooze',
    summary: 'Puts a message off until nine tomorrow, or on the first day of next week.',
    needs: 'write',
    body: z.strictObject({ until: z.enum(snoozes) }),
    answer: noticeView,
    handle: ({ app, viewer, id, body }) => app.notify.snooze(viewer, id, body.until),
  }),
  route({
    method: 'GET',
    path: '/notify-preferences',
    summary: 'How you are told: mail, quiet hours, digest, weekly cap, time zone.',
    needs: 'read',
    answer: preferencesView,
    handle: async ({ app, viewer }) => allowed(await app.notify.preferences(viewer)),
  }),
  route({
    method: 'PATCH',
    path: '/notify-preferences',
    summary: 'Changes how you are told; what is left out stays.',
    needs: 'write',
    body: z.strictObject({
      byMail: z.boolean().optional(),
      quietFrom: time.optional(),
      quietTo: time.optional(),
      digestAt: time.nullable().optional(),
      weeklyCap: z.number().optional(),
      timezone: z.string().max(80).nullable().optional(),
    }),
    answer: preferencesView,
    handle: ({ app, viewer, body }) =>
      app.notify.changePreferences(
        viewer,
        Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)),
      ),
  }),
  route({
    method: 'GET',
    path: '/mails',
    summary: 'The organisation’s mails: sent, waiting, failed with the reason, or captured.',
    needs: 'administrator',
    answer: mailboxView,
    handle: ({ app, viewer }) => app.notify.mails(viewer),
  }),
  route({
    method: 'POST',
    path: '/mails/test',
    summary: 'Sends a test mail to yourself.',
    needs: 'administrator',
    status: 201,
    answer: mailView,
    handle: ({ app, viewer }) => app.notify.testMail(viewer),
  }),
  route({
    method: 'POST',
    path: '/mails/:id/send-again',
    summary: 'Sends a mail once more that failed or of which nobody knows, with the same Message-ID.',
    needs: 'administrator',
    answer: mailView,
    handle: ({ app, viewer, id }) => app.notify.sendAgain(viewer, id),
  }),
];
