import { applyChanges, readRecords } from '#board/document.ts';
import { planToChanges, type PlannedImport } from '#board/import/plan-to-changes.ts';
import { boardLimits } from '#board/schema/limits.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { parsePlanFile } from '#domain/plan/format/parse-plan-file.ts';
import type { PlanFile } from '#domain/plan/format/plan-file.ts';
import type { PlanProblem } from '#domain/plan/plan.ts';
import type { ImportReport } from '#protocol/views/board.ts';
import type { Viewer } from '../app.ts';
import { openBoard, type OpenBoard } from '../planning/board-rows.ts';
import type { PlanningDeps } from '../planning/deps.ts';
import { mintToken } from './mint.ts';
import { recordImport } from './record-import.ts';

/** Parts of an import that progress is told of: read, drawn and saved, recorded. */
const steps = 3;

/**
 * Imports a throughline-plan/1 file into a board (board.md B3): refused whole with every fault, or done whole. Cards and
 * arrows come as one edit of the document, then people, teams, period and asks as one transaction. Idempotent by key:
 * should the server die between the two, importing once more completes it and doubles nothing. Starts no clocks.
 */
export async function importPlan(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  body: string,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<Outcome<ImportReport & { readonly file: PlanFile }>> {
  const opened = await openBoard(deps.store.db, viewer, boardId, 'write');
  if (!opened.ok) return opened;
  onProgress(0, steps);
  const file = parsePlanFile(body);
  if (!file.ok) return file;
  onProgress(1, steps);
  const drawn = await drawPlan(deps, viewer, opened.value, file.value);
  if (!drawn.ok) return drawn;
  onProgress(2, steps);
  const recorded = await recordImport(deps, viewer, opened.value, file.value);
  deps.truthChanged(boardId);
  onProgress(steps, steps);
  const { added, changed, unchanged, problems } = drawn.value;
  return allowed({
    added,
    changed,
    unchanged,
    problems: [...problems, ...recorded.problems, ...keptUpdates(file.value)],
    newPeople: recorded.newPeople,
    newTeams: recorded.newTeams,
    updates: 0,
    file: file.value,
  });
}

/** Puts the plan onto the board, in one edit; a board that cannot hold it stays as it is. */
async function drawPlan(
  { documents }: PlanningDeps,
  viewer: Viewer,
  board: OpenBoard,
  file: PlanFile,
): Promise<Outcome<PlannedImport>> {
  // The room may run this again on a newer document; what counts is the last run.
  let planned: PlannedImport | null = null;
  let records = 0;
  const edited = await documents.edit(board.row.id, viewer.personId, 'import', (doc) => {
    const existing = readRecords(doc).records;
    planned = planToChanges(existing, file, { mint: mintToken });
    const { put, remove } = planned.changes;
    const known = new Set(existing.map((record) => record.id as string));
    records = existing.length - remove.length + put.filter((record) => !known.has(record.id)).length;
    if (records <= boardLimits.records) applyChanges(doc, planned.changes);
  });
  if (!edited.ok) return edited;
  if (records > boardLimits.records) {
    return refused(
      'board-full',
      `The board would hold ${records} objects; ${boardLimits.records} are possible. Import into a new board, or split the plan.`,
    );
  }
  const result = planned as PlannedImport | null;
  if (result === null) return refused('board-unavailable', 'The board took no edit. Nothing was changed; try again.');
  const blocking = result.problems.filter(({ severity }) => severity === 'blocking');
  if (blocking.length === 0) return allowed(result);
  return refused('faulty-plan', 'The plan holds what a board cannot; nothing was imported.', {
    faults: blocking.map(({ key, message }) => ({ path: key ?? '', message })),
  });
}

function keptUpdates({ rest }: PlanFile): readonly PlanProblem[] {
  const { length } = rest.updates;
  if (length === 0) return [];
  const message = `${length} updates are kept with the board and exported again; they are not taken for check-ins here.`;
  return [{ code: 'updates-kept', severity: 'warning', message, key: null }];
}
