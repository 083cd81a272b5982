import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { lastStanding } from '#domain/commitment/no-movement.ts';
import { repeatedReport, repeatFields } from '../../check-in-actions.server.ts';
import { inboxOf } from '../../inbox-of.server.ts';
import { endOfWeek, promiseWeek } from '../../promise-week.server.ts';
import { readForm } from '../../read-form.server.ts';
import { signedIn, valueOf, type SignedIn } from '../../signed-in.server.ts';
import { muteWarning } from '../../mute-warning.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** My page: what needs this person first, what is due, what they promised, who waits on them and on whom they wait. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const visits = viewer.organisation.kind === 'example' && !viewer.viewingAs;
  const { organisation, personId } = viewer;
  const [inbox, mine, due, boards, busiest] = await Promise.all([
    inboxOf(event.locals, viewer),
    app.insight.myPage(viewer),
    app.registers.due(organisation.id, organisation.now, { personId, seer: viewer }),
    app.planning.boards(viewer),
    visits ? busiestPeople(event.locals, viewer) : [],
  ]);
  return {
    inbox,
    ...mine,
    // Overdue decisions are among those one owes already.
    owed: due.filter(({ rule }) => rule !== 'decision-overdue'),
    boards: [...boards].sort((a, b) => b.changedAt - a.changedAt).slice(0, 3),
    busiest,
    endOfWeek: endOfWeek(viewer),
    checkedIn: await checkedIn(event.locals, viewer, idIn(event.url.searchParams.get('checked-in'))),
  };
};

/** The id a link carries; null when it is none. */
const idIn = (text: string | null): string | null =>
  text !== null && /^[0-9a-f-]{36}$/.test(text) ? text : null;

/** What was said a moment ago, while it can still be taken back. */
async function checkedIn({ app }: App.Locals, viewer: SignedIn, id: string | null) {
  const found = id === null ? null : await app.tracking.commitment(viewer, id);
  if (found?.ok !== true || !found.value.moves.includes('undo-check-in')) return null;
  const { statement, version, checkIns } = found.value;
  const last = lastStanding(checkIns);
  return last === null ? null : { id: found.value.id, statement, version, checkInId: last.id };
}

const which = z.object({ id: z.uuid() });
const undo = which.extend({ version: z.coerce.number().int(), checkIn: z.uuid() });

export const actions: Actions = {
  mute: muteWarning,
  promise: (event) => promiseWeek(event),

  noMovement: async (event) => {
    const viewer = signedIn(event);
    const { tracking } = event.locals.app;
    const read = await readForm(event.request, 'no-movement', repeatFields.extend(which.shape));
    if (!read.ok) return read.answer;
    const { id } = read.value;
    const input = repeatedReport(valueOf(await tracking.commitment(viewer, id)), read.value);
    if (!input.ok) return read.refuse(input.refusal);
    const said = await tracking.checkIn(viewer, id, input.value);
    if (!said.ok) return read.refuse(said.refusal);
    redirect(303, `/home?checked-in=${id}`);
  },

  undo: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'undo', undo);
    if (!read.ok) return read.answer;
    const { id, version, checkIn } = read.value;
    const undone = await event.locals.app.tracking.act(viewer, id, 'undo-check-in', { version, id: checkIn });
    if (!undone.ok) return read.refuse(undone.refusal);
    return read.done(`Taken back: ${undone.value.statement}. Its check-in waits again.`);
  },
};

/** Whose week is worth a look: who owns most of what runs. */
async function busiestPeople({ app }: App.Locals, viewer: SignedIn) {
  const [rows, people] = await Promise.all([
    app.tracking.commitments(viewer, {}),
    app.organisations.people(viewer),
  ]);
  const owns = (id: string): number =>
    rows.filter((it) => it.ownerId === id && it.status === 'committed').length;
  return people
    .map(({ id, name }) => ({ id, name, owns: owns(id) }))
    .sort((a, b) => b.owns - a.owns || a.name.localeCompare(b.name, 'en'))
    .slice(0, 4);
}
