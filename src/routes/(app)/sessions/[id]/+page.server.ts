import { fail, redirect } from '@sveltejs/kit';
import type { Refusal } from '#domain/outcome.ts';
import type { SessionView } from '#protocol/views/facilitation.ts';
import { signedIn, valueOf } from '../../../signed-in.server.ts';
import { fieldOf } from '../../../read-form.server.ts';
import { entryChoices } from '../../[register=register]/entry-choices.server.ts';
import { readActInput, readCommand, revOf } from './session-input.server.ts';
import type { Actions, PageServerLoad } from './$types';

const weekMs = 7 * 24 * 3_600_000;

/** A session as it is held: its state, and the rows of the section that is looked at. Opening it is joining it. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { facilitation, planning } = event.locals.app;
  event.depends('session:rows');
  const { id } = event.params;
  const before = valueOf(await facilitation.session(viewer, id));
  if (before.session.status === 'ended') redirect(303, `/sessions/${id}/minutes`);
  valueOf(await facilitation.beat(viewer, id));
  const stage = event.url.searchParams.get('stage');
  const { board, facilitators } = before.session;
  const leads = facilitators.includes(viewer.personId);
  const [view, rows, areas] = await Promise.all([
    facilitation.session(viewer, id),
    facilitation.rows(viewer, id, stage),
    // Whoever leads chooses from them; a board that cannot be read now offers none.
    leads && board !== null ? planning.areas(viewer, board) : null,
  ]);
  const listed = valueOf(rows).groups.map(({ source }) => source);
  const choices = listed.includes('frame')
    ? await entryChoices(event.locals, viewer, [], 'strategy-frame')
    : listed.includes('signals')
      ? await entryChoices(event.locals, viewer)
      : null;
  const { now, timezone } = viewer.organisation;
  const inAWeek = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(now + weekMs);
  return {
    ...{ view: valueOf(view), rows: valueOf(rows), asked: stage, inAWeek },
    choices,
    areas: areas?.ok === true ? areas.value : [],
  };
};

/** A refusal as the forms of this page read it; with what is there now, when somebody else was faster. */
function refuse(refusal: Refusal) {
  const faults = Object.fromEntries(
    [
      ...(refusal.path === undefined ? [] : [{ path: refusal.path, message: refusal.message }]),
      ...(refusal.faults ?? []),
    ].map(({ path, message }) => [fieldOf(path), message]),
  );
  const view = refusal.now as SessionView | undefined;
  return fail(400, { message: refusal.message, faults, ...(view === undefined ? {} : { view }) });
}

export const actions: Actions = {
  command: async (event) => {
    const viewer = signedIn(event);
    const data = await event.request.formData();
    const read = readCommand(data);
    if (!read.ok) return refuse(read.refusal);
    const done = await event.locals.app.facilitation.command(viewer, event.params.id, {
      command: read.value,
      expectedRev: revOf(data),
    });
    return done.ok ? { view: done.value } : refuse(done.refusal);
  },
  act: async (event) => {
    const viewer = signedIn(event);
    const done = await event.locals.app.facilitation.act(
      viewer,
      event.params.id,
      readActInput(await event.request.formData()),
    );
    return done.ok ? { view: done.value, done: 'Done, and in the minutes.' } : refuse(done.refusal);
  },
  end: async (event) => {
    const viewer = signedIn(event);
    const data = await event.request.formData();
    const { id } = event.params;
    const ended = await event.locals.app.facilitation.command(viewer, id, {
      command: {
        ...{ type: 'end', leaveOpen: data.get('leaveOpen') === 'yes' },
        pauseBoard: data.get('pauseBoard') === 'yes',
      },
      expectedRev: revOf(data),
    });
    if (ended.ok) redirect(303, `/sessions/${id}/minutes`);
    const { refusal } = ended;
    const missing =
      refusal.code === 'outputs-missing' ? (refusal.faults ?? []).map(({ message }) => message) : [];
    const view = refusal.now as SessionView | undefined;
    return fail(400, { message: refusal.message, missing, ...(view === undefined ? {} : { view }) });
  },
};
