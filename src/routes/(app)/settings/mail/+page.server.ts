import { z } from 'zod';
import { readForm } from '../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  return { box: valueOf(await event.locals.app.notify.mails(viewer)) };
};

export const actions: Actions = {
  test: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'test', z.object({}));
    if (!read.ok) return read.answer;
    const sent = await event.locals.app.notify.testMail(viewer);
    return sent.ok ? read.done(`A test is on its way to ${sent.value.to}.`) : read.refuse(sent.refusal);
  },
  again: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'again', z.object({ id: z.uuid() }));
    if (!read.ok) return read.answer;
    const again = await event.locals.app.notify.sendAgain(viewer, read.value.id);
    return again.ok ? read.done('It is sent once more.') : read.refuse(again.refusal);
  },
};
