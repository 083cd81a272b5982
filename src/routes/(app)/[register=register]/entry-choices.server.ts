import type { EntryChoices } from '#lib/tracking/register/entry-fields.ts';
import type { SignedIn } from '../../signed-in.server.ts';

/** What the forms of an entry can choose from: promises, taken decisions, watched assumptions, teams, measures. */
export async function entryChoices(
  { app }: App.Locals,
  viewer: SignedIn,
  about: readonly string[] = [],
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
  const [first] = about;
  const detail = first === undefined ? null : await app.tracking.commitment(viewer, first);
  const measures = detail?.ok ? detail.value.now.measures : [];
  return {
    commitments: open.map(({ id, statement }) => ({ value: id, label: statement || 'Untitled' })),
    decisions: decisions
      .filter(({ status }) => status !== 'open')
      .map(({ id, title, chosen }) => ({ value: id, label: chosen === '' ? title : `${title} ${chosen}` })),
    assumptions: assumptions.map(({ id, title }) => ({ value: id, label: title })),
    teams: teams.map(({ id, name }) => ({ value: id, label: name })),
    measures: measures
      .filter(({ kind }) => kind === 'number' || kind === 'habit')
      .map(({ key, title }) => ({ value: `${first ?? ''} ${key}`, label: title })),
  };
}
