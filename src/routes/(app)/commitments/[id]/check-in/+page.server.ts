import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { readForm, text } from '../../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../../signed-in.server.ts';
import { lastStanding, noMovementOf } from '#lib/tracking/no-movement.ts';
import { servesSentence } from '#lib/tracking/detail-sentence.ts';
import { numberIn } from '../commitment-input.server.ts';
import { checkInInput } from './check-in-input.server.ts';
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

const report = z.looseObject({
  version: z.coerce.number().int(),
  status: z.enum(['on', 'risk', 'off'], 'Say whether it is on track, at risk or off track.'),
  confidence: z.string().optional(),
  exact: text(10),
  whatChanged: text(),
  nextStep: text(),
  helpWanted: text(),
  link: text(2000),
});

const repeated = z.object({ version: z.coerce.number().int(), confidence: z.string().optional() });

/** Where the person came from, with the news. */
function backTo(event: { url: URL; params: { id: string } }): string {
  return event.url.searchParams.get('from') === 'home'
    ? `/home?checked-in=${event.params.id}`
    : `/commitments/${event.params.id}`;
}

export const actions: Actions = {
  report: async (event) => {
    const viewer = signedIn(event);
    const { tracking } = event.locals.app;
    const read = await readForm(event.request, 'check-in', report);
    if (!read.ok) return read.answer;
    const input = checkInInput(read.value, read.posted);
    if (input.confidence === null) {
      return read.refuse({
        code: 'confidence-missing',
        message: 'Say how sure you are, 0 to 100 %.',
        path: 'confidence',
      });
    }
    const said = await tracking.checkIn(viewer, event.params.id, { ...input, confidence: input.confidence });
    if (!said.ok) return read.refuse(said.refusal);
    redirect(303, backTo(event));
  },

  noMovement: async (event) => {
    const viewer = signedIn(event);
    const { tracking } = event.locals.app;
    const read = await readForm(event.request, 'no-movement', repeated);
    if (!read.ok) return read.answer;
    const detail = valueOf(await tracking.commitment(viewer, event.params.id));
    const last = lastStanding(detail.checkIns);
    const repeat = noMovementOf(detail.checkIns);
    if (last === null || last.status === null || last.confidence === null || repeat === 'nothing-to-repeat') {
      return read.refuse({
        code: 'nothing-to-repeat',
        message: 'There is no earlier check-in to repeat: fill in the form.',
      });
    }
    const confidence = repeat === 'one-tap' ? last.confidence : numberIn(read.value.confidence ?? '');
    if (confidence === null) {
      return read.refuse({
        code: 'confidence-missing',
        message: 'Say how sure you still are.',
        path: 'confidence',
      });
    }
    const said = await tracking.checkIn(viewer, event.params.id, {
      version: read.value.version,
      values: detail.values,
      status: last.status,
      confidence,
      blocker: last.blocker,
      nextStep: last.nextStep,
      helpWanted: last.helpWanted,
      noMovement: true,
    });
    if (!said.ok) return read.refuse(said.refusal);
    redirect(303, backTo(event));
  },
};
