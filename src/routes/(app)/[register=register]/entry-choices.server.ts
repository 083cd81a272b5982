import type { EntryChoices } from '#lib/tracking/register/form-parts.ts';
import type { CommitmentDetail } from '#protocol/views/tracking.ts';
import type { RegisterKind } from '#protocol/views/registers.ts';
import type { SignedIn } from '../../signed-in.server.ts';

/** What the forms of an entry can choose from: promises, taken decisions, watched assumptions, teams, measures. */
export async function entryChoices(
  { app }: App.Locals,
  viewer: SignedIn,
  about: readonly string[] = [],
  kind: RegisterKind | null = null,
): Promise<EntryChoices> {
  const [promises, decisions, assumptions, teams] = await Promise.all([
    app.tracking.commitments(viewer, {}),
    app.registers.list(viewer, 'decision', { open: true }),
    app.registers.list(viewer, 'assumption', { open: true }),
    app.organisations.teams(viewer),
  ]);
  const open = promises.filter(
    (it) => it.status === 'committed' || it.status === 'proposed' || about.includes(it.id),
  );
  const details = await Promise.all(about.slice(0, MOST).map((id) => app.tracking.commitment(viewer, id)));
  const measures = details.flatMap((it) => (it.ok ? countedOf(it.value, about.length > 1) : []));
  return {
    commitments: open.map(({ id, statement }) => ({ value: id, label: statement || 'Untitled' })),
    decisions: decisions
      .filter(({ status }) => status !== 'open')
      .map(({ id, title, chosen }) => ({ value: id, label: chosen === '' ? title : `${title} ${chosen}` })),
    assumptions: assumptions.map(({ id, title }) => ({ value: id, label: title })),
    teams: teams.map(({ id, name }) => ({ value: id, label: name })),
    measures,
    ...(kind === 'strategy-frame' && { priorities: await prioritiesOf(app, viewer) }),
  };
}

/** Measures of so many promises can be chosen from: an entry about more of them says too little about each. */
const MOST = 10;

/** What is counted of a promise, named by it where there are several. */
function countedOf({ id, statement, now }: CommitmentDetail, several: boolean): EntryChoices['measures'] {
  return now.measures
    .filter(({ kind }) => kind === 'number' || kind === 'habit')
    .map(({ key, title }) => ({
      value: `${id} ${key}`,
      label: several ? `${title} (${statement})` : title,
    }));
}

/** What the boards say matters most, named by the board where there are several. */
async function prioritiesOf(app: App.Locals['app'], viewer: SignedIn) {
  const boards = (await app.planning.boards(viewer)).slice(0, MOST);
  const found = await Promise.all(
    boards.map(async ({ id, title }) => {
      const read = await app.planning.plan(viewer, id);
      const priorities = read.ok ? read.value.plan.priorities : [];
      return priorities.map((it) => ({
        value: `${id} ${it.key} ${it.title}`,
        label: boards.length > 1 ? `${it.title} (${title})` : it.title,
      }));
    }),
  );
  return found.flat();
}
