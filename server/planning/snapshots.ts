import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { checkPlan } from '#domain/plan/check-plan.ts';
import type { SnapshotDetail, SnapshotView } from '#protocol/views/board.ts';
import type { PeriodView } from '#protocol/views/organisation.ts';
import type { Planning, Viewer } from '../app.ts';
import { snapshot } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { openBoard } from './board-rows.ts';
import { compareByTeam } from './plan-rows.ts';
import type { PlanningDeps } from './deps.ts';
import { readPlan } from './read-plan.ts';
import {
  countObjectives,
  insertSnapshot,
  listSnapshots,
  packBoard,
  readSnapshot,
  takeTurn,
  unpackDocument,
} from './snapshot-rows.ts';
import { nameStops } from './stop-names.ts';

const reasons: readonly string[] = snapshot.why.enumValues;
const labelLimit = 200;

/** A board's frozen states with their names on the slider, oldest first. */
export async function viewSnapshots(
  queries: Queries,
  viewer: Viewer,
  boardId: string,
  period: PeriodView | null,
): Promise<readonly SnapshotView[]> {
  const rows = await listSnapshots(queries, boardId);
  const names = nameStops(rows, period, viewer.organisation.timezone);
  const objectives = await countObjectives(queries, boardId);
  return rows.map((row) => ({
    ...row,
    objectives: objectives.get(row.id) ?? 0,
    stop: names.get(row.id) ?? '',
  }));
}

/** One of them, whose number of objectives is known; null when it is not there. */
export async function viewSnapshot(
  queries: Queries,
  viewer: Viewer,
  of: { readonly id: string; readonly boardId: string; readonly objectives: number },
  period: PeriodView | null,
): Promise<SnapshotView | null> {
  const rows = await listSnapshots(queries, of.boardId);
  const row = rows.find(({ id }) => id === of.id);
  if (!row) return null;
  const names = nameStops(rows, period, viewer.organisation.timezone);
  return { ...row, objectives: of.objectives, stop: names.get(row.id) ?? '' };
}

/** Freezes a board as it was committed last. */
export async function takeSnapshot(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  input: { readonly why: string; readonly label?: string },
): Promise<Outcome<SnapshotView>> {
  const why = snapshot.why.enumValues.find((reason) => reason === input.why);
  if (why === undefined) return refused('invalid', `Say why: one of ${reasons.join(', ')}.`, { path: 'why' });
  const label = (input.label ?? '').trim();
  if (label.length > labelLimit) {
    return refused('invalid', `The label has ${label.length} characters; ${labelLimit} are possible.`, {
      path: 'label',
    });
  }
  const opened = await openBoard(deps.store.db, viewer, boardId, 'write');
  if (!opened.ok) return opened;
  const plan = await readPlan(deps, opened.value);
  if (!plan.ok) return plan;
  const { document, names, recordIds } = plan.value;
  const people = new Set(names.people.map(({ key }) => key));
  const problems = [...checkPlan(plan.value.plan, { people, recordIds }), ...plan.value.problems];
  const frozen = packBoard(document, plan.value.plan, problems);
  const id = deps.newId();
  const made = await deps.store.transaction(async (tx) => {
    await takeTurn(tx, boardId);
    await insertSnapshot(tx, {
      id,
      organisationId: viewer.organisationId,
      boardId,
      why,
      label,
      by: viewer.personId,
      at: viewer.organisation.now,
      frozen,
    });
    const of = { id, boardId, objectives: plan.value.plan.objectives.length };
    return viewSnapshot(tx, viewer, of, opened.value.view.period);
  });
  if (!made) throw new Error('The snapshot just made is not there.');
  return allowed(made);
}

const notFound = refused('not-found', 'There is no such snapshot in this organisation.');

/** One frozen state, whole. */
export async function openSnapshot(
  deps: PlanningDeps,
  viewer: Viewer,
  id: string,
): Promise<Outcome<SnapshotDetail>> {
  const row = await readSnapshot(deps.store.db, viewer.organisationId, id);
  if (row === null) return notFound;
  const opened = await openBoard(deps.store.db, viewer, row.boardId, 'read');
  if (!opened.ok) return notFound;
  const of = { id, boardId: row.boardId, objectives: row.plan.objectives.length };
  const view = await viewSnapshot(deps.store.db, viewer, of, opened.value.view.period);
  if (!view) return notFound;
  const document = unpackDocument(row);
  if (!document.ok) return document;
  return allowed({
    ...view,
    plan: row.plan,
    problems: row.problems,
    document: Buffer.from(document.value).toString('base64'),
  });
}

/** Plan differences by team: of two snapshots of one board, or of a snapshot and the board now (`afterId` null). */
export async function compareSnapshots(
  deps: PlanningDeps,
  viewer: Viewer,
  beforeId: string,
  afterId: string | null,
): ReturnType<Planning['compare']> {
  const before = await readSnapshot(deps.store.db, viewer.organisationId, beforeId);
  if (before === null) return notFound;
  const opened = await openBoard(deps.store.db, viewer, before.boardId, 'read');
  if (!opened.ok) return notFound;
  const now = await readPlan(deps, opened.value);
  if (!now.ok) return now;
  const recordIds = now.value.recordIds.objectives;
  if (afterId === null) return allowed({ teams: compareByTeam(before.plan, now.value.plan, recordIds) });
  const after = await readSnapshot(deps.store.db, viewer.organisationId, afterId);
  if (after === null) return notFound;
  if (after.boardId !== before.boardId) {
    return refused('other-board', 'The two snapshots are of different boards; compare two of one board.', {
      path: 'with',
    });
  }
  return allowed({ teams: compareByTeam(before.plan, after.plan, recordIds) });
}
