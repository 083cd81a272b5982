import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { line, readForm, text } from '../../../read-form.server.ts';
import { fieldsOfTerms, ritualOf } from '../../../ritual-fields.ts';
import { signedIn, valueOf } from '../../../signed-in.server.ts';
import { ritualChoices } from '../../../ritual-choices.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** One ritual: its meetings, what it is, and how it came to be so. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const ritual = valueOf(await event.locals.app.rhythm.ritual(viewer, event.params.id));
  const choices = await ritualChoices(event.locals.app, viewer, ritual.board);
  return { ritual, fields: fieldsOfTerms(ritual), choices };
};

const any = z.looseObject({ scope: z.string().optional(), from: z.string().optional(), reason: text(2000) });
const added = z.object({ date: line('Give a day.', 10), time: line('Give a time.', 8), reason: text(2000) });

export const actions: Actions = {
  change: async (event) => {
    const viewer = signedIn(event);
    const { rhythm } = event.locals.app;
    const read = await readForm(event.request, 'change', any);
    if (!read.ok) return read.answer;
    const fields = {
      one: (name: string) => read.posted.get(name)?.[0] ?? '',
      all: (name: string) => read.posted.get(name) ?? [],
    };
    const { starts: _, ...terms } = ritualOf(fields, viewer.organisation.timezone);
    const { scope = 'all', from = '', reason } = read.value;
    const changed =
      scope === 'following'
        ? await rhythm.actOnRitual(viewer, event.params.id, 'split', { from, reason, terms })
        : await rhythm.actOnRitual(viewer, event.params.id, 'change', { terms });
    if (!changed.ok) return read.refuse(changed.refusal);
    if (changed.value.id !== event.params.id) redirect(303, `/rhythm/${changed.value.id}`);
    return read.done('Changed for all meetings ahead. What was stays as it was.');
  },
  add: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'add', added);
    if (!read.ok) return read.answer;
    const { date, time, reason } = read.value;
    const done = await event.locals.app.rhythm.actOnRitual(viewer, event.params.id, 'add', {
      ...{ date, time: time.slice(0, 5), reason },
    });
    return done.ok ? read.done('Added.') : read.refuse(done.refusal);
  },
  end: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'end', z.object({ reason: text(2000) }));
    if (!read.ok) return read.answer;
    const done = await event.locals.app.rhythm.actOnRitual(viewer, event.params.id, 'end', read.value);
    return done.ok
      ? read.done('Ended. Its meetings ahead are gone; what was stays.')
      : read.refuse(done.refusal);
  },
};
