import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { readForm } from '../../../read-form.server.ts';
import { signedIn } from '../../../signed-in.server.ts';
import { entryChoices } from '../entry-choices.server.ts';
import { registerInput } from '../register-input.server.ts';
import { registerAt } from '../register-kind.ts';
import type { Actions, PageServerLoad } from './$types';

const isId = (id: string): boolean => /^[0-9a-f-]{36}$/i.test(id);
/** What a link to this page may bring along. */
const brought = [
  'title',
  'question',
  'statement',
  'what',
  'sentence',
  'sign',
  'kind',
  'supersedes',
  'text',
  'assumption',
];

/** Who may write the strategy, as the rule has it (src/domain/register/entry-roles.ts). */
const directs = ({ role, teams }: { role: string; teams: readonly { role: string }[] }): boolean =>
  role === 'administrator' || teams.some((it) => it.role === 'lead');

/** A new entry, about a promise, a board or a team when it was opened from one. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { kind } = registerAt(event.params.register);
  if (viewer.role === 'observer') {
    error(403, { message: 'Observers look on. Ask a member to write it down.', code: 'observer' });
  }
  if (kind === 'strategy-frame' && !directs(viewer)) {
    const message = 'An administrator, a team lead or a session writes the strategy down.';
    error(403, { message, code: 'not-yours' });
  }
  const read = (name: string): string => event.url.searchParams.get(name) ?? '';
  const commitment = read('commitment');
  const about = isId(commitment) ? [commitment] : [];
  const detail = about.length === 0 ? null : await event.locals.app.tracking.commitment(viewer, commitment);
  const from = detail?.ok ? detail.value : null;
  const home = viewer.teams[0]?.teamId ?? '';
  return {
    path: event.params.register,
    kind,
    about: from === null ? null : { id: from.id, statement: from.statement },
    board: isId(read('board')) ? read('board') : (from?.boardId ?? ''),
    origin: read('origin'),
    // The card it is raised from: said by the board, or known of the promise.
    cardKey: read('origin') === 'card' ? read('key') || (from?.objectKey ?? '') : '',
    originId: isId(read('originId')) ? read('originId') : '',
    given: {
      affects: about,
      team: isId(read('team')) ? read('team') : (from?.teamId ?? (kind === 'triage-item' ? home : '')),
      decider: viewer.personId,
      ...Object.fromEntries(brought.map((name) => [name, read(name)])),
    },
    choices: await entryChoices(event.locals, viewer, about, kind),
  };
};

export const actions: Actions = {
  create: async (event) => {
    const viewer = signedIn(event);
    const { kind, path } = registerAt(event.params.register);
    const read = await readForm(event.request, 'create', z.looseObject({}));
    if (!read.ok) return read.answer;
    const made = await event.locals.app.registers.create(viewer, kind, registerInput(read.posted, true));
    if (!made.ok) return read.refuse(made.refusal);
    redirect(303, `/${path}/${made.value.id}`);
  },
};
