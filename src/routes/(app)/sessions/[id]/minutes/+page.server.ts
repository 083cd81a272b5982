import { z } from 'zod';
import { shownMinutes } from '#lib/facilitation/shown-minutes.ts';
import { line, readForm } from '../../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { facilitation } = event.locals.app;
  const [view, minutes] = await Promise.all([
    facilitation.session(viewer, event.params.id),
    facilitation.minutes(viewer, event.params.id),
  ]);
  return { session: valueOf(view).session, view: shownMinutes(valueOf(minutes), viewer.personId) };
};

const asked = z.object({ text: line('Write what is to be added.', 5_000) });

export const actions: Actions = {
  correct: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'correct', asked);
    if (!read.ok) return read.answer;
    const added = await event.locals.app.facilitation.command(viewer, event.params.id, {
      command: { type: 'correct', text: read.value.text },
    });
    return added.ok ? read.done('Added below the minutes.') : read.refuse(added.refusal);
  },
};
