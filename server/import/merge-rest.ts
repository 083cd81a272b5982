import { isDeepStrictEqual } from 'node:util';
import type { PlanFileRest, PlanUpdate } from '#domain/plan/format/plan-file.ts';

/** What a board keeps of imported files, in `board.extra`, so that an export gives it back (board.md B3). */
export interface KeptFile {
  /** Title of the last file. */
  readonly title: string;
  readonly rest: PlanFileRest;
}

/** The kept part of a board; null when nothing was ever imported. */
export function keptFile(extra: Readonly<Record<string, unknown>>): KeptFile | null {
  const kept = extra.file as KeptFile | undefined;
  return kept ?? null;
}

/** True when nothing has to be written: the database gives the same facts back in another order of names. */
export const sameKept = (before: KeptFile | null, after: KeptFile): boolean =>
  isDeepStrictEqual(before, after);

/**
 * Joins what a newer file carries with what is kept already: facts of the file itself are replaced, objects are replaced
 * by key, updates that are not the same are added. Nothing that was imported once is lost.
 */
export function mergeRest(before: PlanFileRest | null, after: PlanFileRest): PlanFileRest {
  if (before === null) return after;
  return {
    source: after.source ?? before.source,
    organisation: after.organisation ?? before.organisation,
    updates: joinUpdates(before.updates, after.updates),
    risks: byKey(before.risks, after.risks),
    decisions: byKey(before.decisions, after.decisions),
    assumptions: byKey(before.assumptions, after.assumptions),
    unknown: {
      file: { ...before.unknown.file, ...after.unknown.file },
      organisation: { ...before.unknown.organisation, ...after.unknown.organisation },
      period: { ...before.unknown.period, ...after.unknown.period },
      teams: { ...before.unknown.teams, ...after.unknown.teams },
      people: { ...before.unknown.people, ...after.unknown.people },
      priorities: { ...before.unknown.priorities, ...after.unknown.priorities },
      objectives: { ...before.unknown.objectives, ...after.unknown.objectives },
      measures: { ...before.unknown.measures, ...after.unknown.measures },
      dependencies: { ...before.unknown.dependencies, ...after.unknown.dependencies },
    },
  };
}

function joinUpdates(before: readonly PlanUpdate[], after: readonly PlanUpdate[]): readonly PlanUpdate[] {
  const known = new Set(before.map(inWords));
  return [...before, ...after.filter((it) => !known.has(inWords(it)))];
}

/** What an update says. The database keeps objects with their names in an order of its own, so not simply its JSON. */
function inWords({
  objective,
  date,
  period,
  author,
  kind,
  outcome,
  progress,
  text,
  link,
  unknown,
}: PlanUpdate): string {
  const said = [objective, date, period, author, kind, outcome, progress?.done, progress?.total, text, link];
  return JSON.stringify([...said, Object.entries(unknown).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function byKey<T extends Readonly<Record<string, unknown>>>(
  before: readonly T[],
  after: readonly T[],
): readonly T[] {
  const joined = new Map(before.map((it) => [it.key, it]));
  for (const it of after) joined.set(it.key, it);
  return [...joined.values()];
}
