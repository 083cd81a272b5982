import type { PlannedImport } from '#board/import/plan-to-changes.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { parsePlanFile } from '#domain/plan/format/parse-plan-file.ts';
import type { PlanFile } from '#domain/plan/format/plan-file.ts';
import type { PlanProblem } from '#domain/plan/plan.ts';
import type { ImportReport } from '#protocol/views/board.ts';
import type { Viewer } from '../app.ts';
import { drawPlan } from '../import/draw-plan.ts';
import { openBoard, type OpenBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';
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
  const drawn = await drawOnBoard(deps, viewer, opened.value, file.value);
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
async function drawOnBoard(
  { documents }: PlanningDeps,
  viewer: Viewer,
  board: OpenBoard,
  file: PlanFile,
): Promise<Outcome<PlannedImport>> {
  // The room may run this again on a newer document; what counts is the last run.
  const runs: Outcome<PlannedImport>[] = [];
  const edited = await documents.edit(board.row.id, viewer.personId, 'import', (doc) => {
    runs.push(drawPlan(doc, file));
  });
  if (!edited.ok) return edited;
  return (
    runs.at(-1) ?? refused('board-unavailable', 'The board took no edit. Nothing was changed; try again.')
  );
}

function keptUpdates({ rest }: PlanFile): readonly PlanProblem[] {
  const { length } = rest.updates;
  if (length === 0) return [];
  const message = `${length} updates are kept with the board and exported again; they are not taken for check-ins here.`;
  return [{ code: 'updates-kept', severity: 'warning', message, key: null }];
}
