import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { DraftDependency, ImportedState } from '#domain/dependency/command.ts';
import { importedStates } from '#domain/dependency/command.ts';
import type { PlanFile } from '#domain/plan/format/plan-file.ts';
import type { NamedKey, PlanDependency, PlanPeriod, PlanProblem } from '#domain/plan/plan.ts';
import type { Viewer } from '../app.ts';
import { addTeams, readExtra, type OpenBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';
import { readNames, type Names } from './read-plan.ts';
import { takeTurn } from './snapshot-rows.ts';
import { board, period, person, team } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import { keptFile, mergeRest, sameKept, type KeptFile } from '../import/merge-rest.ts';

export interface RecordedImport {
  readonly newPeople: number;
  readonly newTeams: number;
  readonly problems: readonly PlanProblem[];
}

/**
 * What an import means beside the canvas, in one transaction: names become persons and teams, the board gets its period
 * and what the format has no card for, asks become records with the state the file gives them.
 */
export async function recordImport(
  { store, tracking, now, newId }: PlanningDeps,
  viewer: Viewer,
  { row }: OpenBoard,
  file: PlanFile,
): Promise<RecordedImport> {
  const { organisationId } = viewer;
  const at = viewer.organisation.now;
  return store.transaction(async (tx) => {
    await takeTurn(tx, row.id);
    const newTeams = await addNames(tx, 'team', viewer, file.plan.teams, newId, at);
    const newPeople = await addNames(tx, 'person', viewer, file.plan.people, newId, at);
    const names = await readNames(tx, organisationId);
    const teamIds = file.plan.teams.flatMap(({ key }) => names.teams.find((it) => it.key === key)?.id ?? []);
    await addTeams(tx, row.id, teamIds);
    const extra = await readExtra(tx, row.id);
    const before = keptFile(extra);
    const kept: KeptFile = { title: file.plan.title, rest: mergeRest(before?.rest ?? null, file.rest) };
    if (!sameKept(before, kept)) {
      await tx
        .update(board)
        .set({ extra: { ...extra, file: kept } })
        .where(eq(board.id, row.id));
    }
    await givePeriod(tx, viewer, row.id, file, newId, at);
    await tracking.importDependencies(tx, {
      organisationId,
      boardId: row.id,
      actor: { person: viewer.personId, via: 'import' },
      at,
      recordedAt: now(),
      zone: viewer.organisation.timezone,
      dependencies: toDrafts(row.id, file, names),
    });
    return { newPeople, newTeams, problems: await findTwins(tx, viewer, row.id, file.plan.title) };
  });
}

/** Makes the teams or people that are not known by their key yet; says how many. */
async function addNames(
  tx: Transaction,
  kind: 'team' | 'person',
  { organisationId }: Viewer,
  wanted: readonly NamedKey[],
  newId: () => string,
  at: number,
): Promise<number> {
  const table = kind === 'team' ? team : person;
  const known = await tx
    .select({ key: table.key })
    .from(table)
    .where(eq(table.organisationId, organisationId));
  const keys = new Set(known.map(({ key }) => key));
  const missing = wanted.filter(({ key }) => !keys.has(key));
  if (missing.length === 0) return 0;
  const rows = missing.map(({ key, name }, index) => ({
    id: newId(),
    organisationId,
    key,
    name: name === '' ? key : name,
    colour: ((known.length + index) % 12) + 1,
    createdAt: new Date(at),
  }));
  const made = await tx.insert(table).values(rows).onConflictDoNothing().returning({ id: table.id });
  return made.length;
}

/** A board without period gets the file's. */
async function givePeriod(
  tx: Transaction,
  { organisationId }: Viewer,
  boardId: string,
  { plan }: PlanFile,
  newId: () => string,
  at: number,
): Promise<void> {
  if (plan.period === null) return;
  const [bare] = await tx
    .select({ id: board.id })
    .from(board)
    .where(and(eq(board.id, boardId), isNull(board.periodId)));
  if (!bare) return;
  const periodId = await findOrMakePeriod(tx, organisationId, plan.period, newId, at);
  await tx.update(board).set({ periodId }).where(eq(board.id, boardId));
}

/** The organisation's period with exactly these ends, whatever its kind; else a custom one. */
async function findOrMakePeriod(
  tx: Transaction,
  organisationId: string,
  { label, start, end }: PlanPeriod,
  newId: () => string,
  at: number,
): Promise<string> {
  const [found] = await tx
    .select({ id: period.id })
    .from(period)
    .where(and(eq(period.organisationId, organisationId), eq(period.start, start), eq(period.end, end)));
  if (found) return found.id;
  const id = newId();
  await tx
    .insert(period)
    .values({ id, organisationId, kind: 'custom', label, start, end, createdAt: new Date(at) });
  return id;
}

/** The file's asks with people and teams as this organisation's; those of objectives not being done are withdrawn. */
function toDrafts(
  boardId: string,
  { plan }: PlanFile,
  names: Names,
): readonly (DraftDependency & { readonly state: ImportedState })[] {
  const teams = new Map(names.teams.map(({ key, id }) => [key, id]));
  const people = new Map(names.people.map(({ key, id }) => [key, id]));
  const objectives = new Map(plan.objectives.map((it) => [it.key, it]));
  const idOf = (ids: ReadonlyMap<string, string>, key: string | null | undefined) =>
    key ? (ids.get(key) ?? null) : null;
  return plan.dependencies.map((it) => {
    const needs = it.objective === null ? undefined : objectives.get(it.objective);
    const provider =
      it.on.team ?? (it.on.objective === null ? null : (objectives.get(it.on.objective)?.team ?? null));
    return {
      board: boardId,
      key: it.key,
      ask: {
        what: it.what,
        detail: it.detail,
        acceptanceTest: '',
        neededBy: it.neededBy ?? needs?.due ?? null,
        hardness: it.hardness,
        size: it.size,
      },
      requester: {
        objective: it.objective,
        team: idOf(teams, it.fromTeam ?? needs?.team),
        owner: idOf(people, needs?.owner),
      },
      providerTeam: idOf(teams, provider),
      servedBy: it.on.objective,
      state: needs?.status === 'not-doing' ? 'withdrawn' : stateOf(it),
    };
  });
}

/** Without a state an ask of a file is a draft: it was never sent here. */
const stateOf = ({ state }: PlanDependency): ImportedState =>
  importedStates.find((known) => known === state) ?? 'draft';

/** The same plan on another board makes other objects (identity is board and key); worth a word. */
async function findTwins(
  tx: Transaction,
  viewer: Viewer,
  boardId: string,
  title: string,
): Promise<readonly PlanProblem[]> {
  const twins = await tx
    .select({ title: board.title })
    .from(board)
    .where(
      and(
        eq(board.organisationId, viewer.organisationId),
        ne(board.id, boardId),
        sql`${board.extra}->'file'->>'title' = ${title}`,
      ),
    );
  return twins.map((twin) => ({
    code: 'also-on-another-board',
    severity: 'warning' as const,
    message: `This plan was imported into the board "${twin.title}" as well. The cards here are other objects with their own promises.`,
    key: null,
  }));
}
