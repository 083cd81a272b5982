import { diffPlans } from '#domain/plan/diff-plans.ts';
import type { Plan, PlanObjective } from '#domain/plan/plan.ts';
import type { CommitRow } from '#protocol/views/board.ts';
import { fieldInWords, namesOf } from './field-words.ts';

export type RowFields = CommitRow['fields'];

/** What changed about each objective that is in both plans, in words, by key. */
export function changedFields(before: Plan, after: Plan): ReadonlyMap<string, RowFields> {
  const named = namesOf(before, after);
  const diff = diffPlans(before, after);
  const fields = new Map<string, RowFields>();
  for (const it of diff.changed) {
    if (it.kind === 'objective')
      fields.set(
        it.key,
        it.fields.map((change) => fieldInWords(change, named)),
      );
  }
  for (const it of diff.moved) {
    const team = fieldInWords({ field: 'team', before: it.from, after: it.to }, named);
    fields.set(it.key, [team, ...(fields.get(it.key) ?? [])]);
  }
  return fields;
}

/** The facts of an objective that every row shows. */
export const rowOf = (
  it: PlanObjective,
  recordId: string | null,
): Pick<CommitRow, 'key' | 'title' | 'team' | 'owner' | 'due' | 'measures' | 'recordId'> => ({
  key: it.key,
  title: it.title,
  team: it.team,
  owner: it.owner,
  due: it.due,
  measures: it.measures.length,
  recordId,
});

/** Differences of two plans of one board, by team of the later one, in order of the teams' names; no team comes last. */
export function compareByTeam(
  before: Plan,
  after: Plan,
  recordIds: Readonly<Record<string, string>>,
): readonly { readonly team: string | null; readonly changes: readonly CommitRow[] }[] {
  const fields = changedFields(before, after);
  const old = new Set(before.objectives.map(({ key }) => key));
  const now = new Set(after.objectives.map(({ key }) => key));
  const blank = { ticked: false, mustAccept: null };
  const rows: CommitRow[] = [
    ...after.objectives.flatMap((it): CommitRow[] => {
      const row = {
        ...rowOf(it, Object.hasOwn(recordIds, it.key) ? (recordIds[it.key] ?? null) : null),
        ...blank,
      };
      if (!old.has(it.key))
        return [{ ...row, change: it.status === 'not-doing' ? 'not-doing' : 'new', fields: [] }];
      const changed = fields.get(it.key);
      if (changed === undefined) return [];
      const dropped = it.status === 'not-doing' && changed.some(({ field }) => field === 'status');
      return [{ ...row, change: dropped ? 'not-doing' : 'changed', fields: changed }];
    }),
    ...before.objectives
      .filter(({ key }) => !now.has(key))
      .map((it): CommitRow => ({ ...rowOf(it, null), ...blank, change: 'gone', fields: [] })),
  ];
  const named = namesOf(before, after);
  const teams = [...new Set(rows.map(({ team }) => team))].sort((a, b) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return named('team', a).localeCompare(named('team', b), 'en');
  });
  return teams.map((team) => ({ team, changes: rows.filter((row) => row.team === team) }));
}
