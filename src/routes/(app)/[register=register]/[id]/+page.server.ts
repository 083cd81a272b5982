import { z } from 'zod';
import { readAsOf } from '../../../as-of.server.ts';
import { readForm } from '../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../signed-in.server.ts';
import { entryChoices } from '../entry-choices.server.ts';
import { registerInput } from '../register-input.server.ts';
import { registerAt } from '../register-kind.ts';
import type { Actions, PageServerLoad } from './$types';

/** One entry with its facts, links, moves and history. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { kind } = registerAt(event.params.register);
  const asOf = readAsOf(event.url, viewer);
  const entry = valueOf(
    await event.locals.app.registers.read(viewer, kind, event.params.id, { at: asOf?.at }),
  );
  return {
    day: asOf?.day ?? null,
    path: event.params.register,
    entry,
    choices: await entryChoices(event.locals, viewer, entry.commitments, kind),
  };
};

const asked = z.looseObject({ command: z.string().max(40), version: z.coerce.number().int() });

/** What was achieved, said in the past tense. */
const sentences: Readonly<Record<string, string>> = {
  decide: 'Decided. What waited for it goes on.',
  reaffirm: 'It stands.',
  reverse: 'Reversed.',
  withdraw: 'The question is withdrawn.',
  check: 'The check is recorded.',
  invalidate: 'It failed: the owners of what rests on it have been asked.',
  retire: 'Nobody watches it any more.',
  own: 'Owned.',
  mitigate: 'The plan against it is recorded.',
  accept: 'Accepted, by name.',
  resolve: 'Resolved.',
  happen: 'It is an item in triage now.',
  place: 'Placed.',
  'hand-over': 'Handed over.',
  act: 'Agreed.',
  close: 'Closed.',
  reopen: 'Open again.',
};

export const actions: Actions = {
  act: async (event) => {
    const viewer = signedIn(event);
    const { kind } = registerAt(event.params.register);
    const read = await readForm(event.request, 'act', asked);
    if (!read.ok) return read.answer;
    const { command, version } = read.value;
    const input = { ...registerInput(read.posted, false), version };
    const acted = await event.locals.app.registers.act(viewer, kind, event.params.id, command, input);
    if (!acted.ok) return read.refuse(acted.refusal);
    return read.done(sentences[command] ?? 'Recorded.');
  },
};
