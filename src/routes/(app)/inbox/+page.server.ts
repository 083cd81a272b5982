import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { readForm } from '../../read-form.server.ts';
import { localPath, signedIn } from '../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { notify } = event.locals.app;
  const unread = event.url.searchParams.get('show') === 'unread';
  const [inbox, preferences] = await Promise.all([
    notify.inbox(viewer, { unread }),
    notify.preferences(viewer),
  ]);
  return { inbox, show: unread ? ('unread' as const) : ('all' as const), mail: preferences };
};

const one = z.object({ id: z.uuid() });
const opened = z.object({ id: z.uuid(), to: z.string().max(200) });
const putOff = z.object({ id: z.uuid(), until: z.enum(['tomorrow', 'next-week'], 'Until when?') });

export const actions: Actions = {
  /** A message is read by opening what it is about. */
  open: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'open', opened);
    if (!read.ok) return read.answer;
    await event.locals.app.notify.read(viewer, read.value.id);
    redirect(303, localPath(read.value.to, '/inbox'));
  },
  read: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'read', one);
    if (!read.ok) return read.answer;
    const marked = await event.locals.app.notify.read(viewer, read.value.id);
    return marked.ok ? read.done('Marked as read.') : read.refuse(marked.refusal);
  },
  readAll: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'read-all', z.object({}));
    if (!read.ok) return read.answer;
    await event.locals.app.notify.readAll(viewer);
    return read.done('All marked as read.');
  },
  snooze: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'snooze', putOff);
    if (!read.ok) return read.answer;
    const away = await event.locals.app.notify.snooze(viewer, read.value.id, read.value.until);
    if (!away.ok) return read.refuse(away.refusal);
    return read.done(
      read.value.until === 'tomorrow'
        ? 'Put off until tomorrow at nine. What it is about stays as it is.'
        : 'Put off until next week. What it is about stays as it is.',
    );
  },
};
