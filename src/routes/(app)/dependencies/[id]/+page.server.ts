import { z } from 'zod';
import { readForm } from '../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../signed-in.server.ts';
import { dependencyInput } from './dependency-input.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  return { dependency: valueOf(await event.locals.app.tracking.dependency(viewer, event.params.id)) };
};

const asked = z.looseObject({ command: z.string().max(40), version: z.coerce.number().int() });

/** What was achieved, said in the past tense. */
const sentences: Readonly<Record<string, string>> = {
  send: 'Asked. The other team finds it in its inbox.',
  accept: 'Agreed. The asker sees it at once.',
  counter: 'Your counter-offer is with them.',
  'accept-counter': 'Agreed, as they offered.',
  decline: 'Declined, with your reason.',
  withdraw: 'Withdrawn.',
  flag: 'They know that it is in danger.',
  unflag: 'They know that it is out of danger.',
  deliver: 'Delivered; they confirm, or say what is missing.',
  confirm: 'Confirmed: this need is met.',
  reject: 'They know what is missing.',
  renege: 'Taken back; they must re-plan.',
  release: 'Released.',
  renegotiate: 'Your offer is with them; what was agreed holds until they take it.',
  choose: 'Recorded.',
  'own-as-risk': 'Taken as a risk, with its owner.',
};

export const actions: Actions = {
  act: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'act', asked);
    if (!read.ok) return read.answer;
    const { command, version } = read.value;
    const input = { ...dependencyInput(command, read.posted), version };
    const acted = await event.locals.app.tracking.actOnDependency(viewer, event.params.id, command, input);
    if (!acted.ok) return read.refuse(acted.refusal);
    return read.done(sentences[command] ?? 'Recorded.');
  },
};
