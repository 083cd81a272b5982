import { z } from 'zod';
import { contributionChoices } from '#lib/tracking/contribution-moves.ts';
import { readAsOf } from '../../../as-of.server.ts';
import { readForm } from '../../../read-form.server.ts';
import { signedIn, valueOf } from '../../../signed-in.server.ts';
import { commitmentInput } from './commitment-input.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const asOf = readAsOf(event.url, viewer);
  const look = { at: asOf?.at, whole: event.url.searchParams.get('history') === 'all' };
  const { tracking, registers } = event.locals.app;
  const commitment = valueOf(await tracking.commitment(viewer, event.params.id, look));
  const about = { commitmentId: commitment.id, ...(asOf !== null && { at: asOf.at }) };
  const [links, choices, decisions, assumptions, risks, items, interrupts, learnings, signals, taken] =
    await Promise.all([
      tracking.contributions(viewer, commitment.id, { at: asOf?.at }),
      commitment.moves.includes('contribute') ? tracking.parentChoices(viewer, commitment.id) : [],
      registers.list(viewer, 'decision', about),
      registers.list(viewer, 'assumption', about),
      registers.list(viewer, 'risk', about),
      registers.list(viewer, 'triage-item', about),
      registers.list(viewer, 'interrupt', about),
      registers.list(viewer, 'learning', about),
      registers.list(viewer, 'outside-signal', about),
      commitment.moves.some((it) => it === 'rescope' || it === 'drop' || it === 'agree-rescope')
        ? registers.list(viewer, 'decision', { open: true })
        : [],
    ]);
  const contributions = valueOf(links);
  return {
    commitment,
    contributions,
    choices: contributionChoices(choices, contributions),
    day: asOf?.day ?? null,
    entries: [...decisions, ...assumptions, ...risks, ...items, ...interrupts, ...learnings, ...signals],
    decisions: taken
      .filter(({ status }) => status !== 'open')
      .map(({ id, title, chosen }) => ({ value: id, label: `${title} ${chosen}` })),
  };
};

const asked = z.looseObject({
  command: z.string().max(40),
  version: z.coerce.number().int(),
});

/** What was achieved, said in the past tense. */
const sentences: Readonly<Record<string, string>> = {
  accept: 'It is yours now: accepted, and the baseline is frozen.',
  'propose-change': 'Your change is with the team’s lead.',
  'agree-change': 'Agreed: the owner can accept it now.',
  'agree-rescope': 'Agreed: the new terms are in force once everybody needed has agreed.',
  'take-over': 'It is yours now.',
  park: 'Parked, on the not-doing list.',
  decline: 'Declined.',
  rescope: 'The change is recorded.',
  correct: 'Corrected. Both values are in the history.',
  continue: 'It goes on, with your reason beside it.',
  complete: 'Done. Thank you for saying so.',
  acknowledge: 'Acknowledged.',
  miss: 'Recorded as missed.',
  drop: 'Dropped, with its reason.',
  reopen: 'It runs again.',
  reject: 'It runs again, with your reason beside it.',
  contribute: 'It contributes to that from now on.',
  'stop-contributing': 'It contributes to that no more.',
  'undo-check-in': 'The check-in is taken back.',
};

export const actions: Actions = {
  act: async (event) => {
    const viewer = signedIn(event);
    const { tracking } = event.locals.app;
    const read = await readForm(event.request, 'act', asked);
    if (!read.ok) return read.answer;
    const { command, version } = read.value;
    const detail = valueOf(await tracking.commitment(viewer, event.params.id));
    const input = { ...commitmentInput(command, read.posted, detail, viewer.organisation.timezone), version };
    const acted = await tracking.act(viewer, event.params.id, command, input);
    if (!acted.ok) return read.refuse(acted.refusal);
    return read.done(sentences[command] ?? 'Recorded.');
  },
};
