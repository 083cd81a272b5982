import { redirect } from '@sveltejs/kit';
import {
  checkInReport,
  repeatedReport,
  repeatFields,
  reportFields,
} from '../../../../check-in-actions.server.ts';
import { readForm } from '../../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../../signed-in.server.ts';
import { noMovementOf } from '#domain/commitment/no-movement.ts';
import { servesSentence } from '#lib/tracking/detail-sentence.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const commitment = valueOf(await event.locals.app.tracking.commitment(viewer, event.params.id));
  return {
    commitment,
    mayCheckIn: commitment.moves.includes('check-in'),
    noMovement: noMovementOf(commitment.checkIns),
    ripple: servesSentence(commitment),
  };
};

/** Where the person came from, with the news. */
function backTo(event: { url: URL; params: { id: string } }): string {
  return event.url.searchParams.get('from') === 'home'
    ? `/home?checked-in=${event.params.id}`
    : `/commitments/${event.params.id}`;
}

export const actions: Actions = {
  report: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'check-in', reportFields);
    if (!read.ok) return read.answer;
    const input = checkInReport(read.value, read.posted);
    if (!input.ok) return read.refuse(input.refusal);
    const said = await event.locals.app.tracking.checkIn(viewer, event.params.id, input.value);
    if (!said.ok) return read.refuse(said.refusal);
    redirect(303, backTo(event));
  },

  noMovement: async (event) => {
    const viewer = signedIn(event);
    const { tracking } = event.locals.app;
    const read = await readForm(event.request, 'no-movement', repeatFields);
    if (!read.ok) return read.answer;
    const input = repeatedReport(valueOf(await tracking.commitment(viewer, event.params.id)), read.value);
    if (!input.ok) return read.refuse(input.refusal);
    const said = await tracking.checkIn(viewer, event.params.id, input.value);
    if (!said.ok) return read.refuse(said.refusal);
    redirect(303, backTo(event));
  },
};
