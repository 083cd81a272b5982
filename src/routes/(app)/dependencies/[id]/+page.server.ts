import { z } from 'zod';
import { readAsOf } from '../../../as-of.server.ts';
import { readForm } from '../../../read-form.server.ts';
import { signedIn, valueOf, type SignedIn } from '../../../signed-in.server.ts';
import type { Option } from '#lib/tracking/move.ts';
import type { DependencyDetail } from '#protocol/views/tracking.ts';
import { dependencyInput } from './dependency-input.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const asOf = readAsOf(event.url, viewer);
  const look = { at: asOf?.at };
  const dependency = valueOf(await event.locals.app.tracking.dependency(viewer, event.params.id, look));
  const asks = dependency.moves.includes('accept') || dependency.moves.includes('serve-by');
  return {
    dependency,
    objectives: asks ? await objectivesOfProvider(event.locals, viewer, dependency) : [],
    decisions: await decisionsOn(event.locals, viewer, dependency),
    day: asOf?.day ?? null,
  };
};

/** What the providing team plans on the board: one of these will deliver it. */
async function objectivesOfProvider(
  { app }: App.Locals,
  viewer: SignedIn,
  { boardId, providerTeamId }: DependencyDetail,
): Promise<readonly Option[]> {
  const [read, teams] = await Promise.all([
    app.planning.plan(viewer, boardId),
    app.organisations.teams(viewer),
  ]);
  const team = teams.find((it) => it.id === providerTeamId)?.key;
  if (!read.ok || team === undefined) return [];
  return read.value.plan.objectives
    .filter((it) => it.team === team && it.status !== 'not-doing')
    .map((it) => ({ value: it.key, label: it.title || 'Untitled objective' }));
}

/** Decisions an escalated ask can rest on: those that were taken on its board. */
async function decisionsOn(
  { app }: App.Locals,
  viewer: SignedIn,
  { boardId, flags }: DependencyDetail,
): Promise<readonly Option[]> {
  if (!flags.includes('escalated')) return [];
  const taken = ['decided', 'in-force', 'revisit-due', 'reaffirmed'];
  const rows = await app.registers.list(viewer, 'decision', { boardId });
  return rows
    .filter(({ status }) => taken.includes(status))
    .map(({ id, title }) => ({ value: id, label: title }));
}

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
  'say-yes-aloud': 'Noted; the agreement itself is still missing.',
  'serve-by': 'Named.',
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
