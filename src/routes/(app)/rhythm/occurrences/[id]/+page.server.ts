import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { localDateOf, localTimeOf } from '#domain/rhythm/local-time.ts';
import { line, readForm, text } from '../../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** One meeting: when and whose, what is carried into it, and what can be done with it. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { rhythm } = event.locals.app;
  const meeting = valueOf(await rhythm.occurrence(viewer, event.params.id));
  const ritual = valueOf(await rhythm.ritual(viewer, meeting.ritualId));
  const { now } = viewer.organisation;
  return {
    meeting,
    ritual: { id: ritual.id, title: ritual.title, words: ritual.words },
    mayChange: ritual.mayChange && meeting.startsAt > now && meeting.status !== 'held',
    // What was added by hand and then taken away again is gone: there is nothing to put back.
    changed: meeting.moved || meeting.status === 'skipped',
    carried: ritual.occurrences.filter(({ id }) => meeting.carriesAgendaOf.includes(id)),
    local: {
      date: localDateOf(meeting.startsAt, meeting.zone),
      time: localTimeOf(meeting.startsAt, meeting.zone),
    },
  };
};

const moved = z.object({
  toDate: line('Give a day.', 10),
  toTime: line('Give a time.', 8),
  reason: text(2000),
});

export const actions: Actions = {
  /** Plans the session of this meeting, or finds it; it is started on its own page. */
  start: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'start', z.object({}));
    if (!read.ok) return read.answer;
    const planned = await event.locals.app.facilitation.plan(viewer, { occurrenceId: event.params.id });
    if (!planned.ok) return read.refuse(planned.refusal);
    redirect(303, `/sessions/${planned.value.session.id}`);
  },
  skip: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'skip', z.object({ reason: text(2000) }));
    if (!read.ok) return read.answer;
    const done = await act(event, viewer, 'skip', read.value);
    return done.ok
      ? read.done('Skipped. Its agenda is carried into the next one.')
      : read.refuse(done.refusal);
  },
  move: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'move', moved);
    if (!read.ok) return read.answer;
    const toTime = read.value.toTime.slice(0, 5);
    const done = await act(event, viewer, 'move', { ...read.value, toTime });
    return done.ok ? read.done('Moved. Calendars follow.') : read.refuse(done.refusal);
  },
  restore: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'restore', z.object({}));
    if (!read.ok) return read.answer;
    const done = await act(event, viewer, 'restore', {});
    return done.ok ? read.done('Put back.') : read.refuse(done.refusal);
  },
};

/** A command on the ritual about this very meeting. */
async function act(
  { locals, params }: { locals: App.Locals; params: { id: string } },
  viewer: NonNullable<App.Locals['viewer']>,
  command: string,
  input: Readonly<Record<string, unknown>>,
) {
  const meeting = await locals.app.rhythm.occurrence(viewer, params.id);
  if (!meeting.ok) return meeting;
  const { ritualId, originalDate } = meeting.value;
  return locals.app.rhythm.actOnRitual(viewer, ritualId, command, { date: originalDate, ...input });
}
