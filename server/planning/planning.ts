import { allowed } from '#domain/outcome.ts';
import type { Planning } from '../app.ts';
import { importPlan } from './import-plan.ts';
import { listBoards, openBoard } from './board-rows.ts';
import { changeBoard } from './change-board.ts';
import { changeBoardGuard, leavePaused, mayPause, viewGuard } from './board-guard.ts';
import { viewHistory } from './board-history.ts';
import { viewMoment } from './board-moment.ts';
import { commitBoard } from './commit-board.ts';
import { createBoard } from './create-board.ts';
import type { PlanningDeps } from './deps.ts';
import { exportBoard, viewPlan } from './export-board.ts';
import { reviewCommit } from './prepare-commit.ts';
import { putAside } from './put-aside.ts';
import { putBack } from './put-back.ts';
import { restoreBoard } from './restore-board.ts';
import { compareSnapshots, openSnapshot, takeSnapshot, viewSnapshots } from './snapshots.ts';
import { viewAreas } from './view-areas.ts';

/** Boards, imports, snapshots and commits on one store and its live documents. */
export function createPlanning(deps: PlanningDeps): Planning {
  const { store } = deps;
  return {
    boards: (viewer) => listBoards(store.db, viewer),
    async board(viewer, id) {
      const opened = await openBoard(store.db, viewer, id, 'read');
      return opened.ok ? allowed(opened.value.view) : opened;
    },
    createBoard: (viewer, input) => createBoard(deps, viewer, input),
    changeBoard: (viewer, id, input) => changeBoard(deps, viewer, id, input),
    async right(viewer, boardId) {
      const opened = await openBoard(store.db, viewer, boardId, 'read');
      return opened.ok ? opened.value.view.right : 'none';
    },
    guard: (viewer, boardId) => viewGuard(deps, viewer, boardId),
    putAside: (viewer, boardId, key, reason) => putAside(deps, viewer, boardId, key, reason),
    putBack: (viewer, boardId) => putBack(deps, viewer, boardId),
    history: (viewer, boardId) => viewHistory(deps, viewer, boardId),
    moment: (viewer, boardId, asked) => viewMoment(deps, viewer, boardId, asked),
    restore: (viewer, boardId, asked) => restoreBoard(deps, viewer, boardId, asked),
    changeGuard: (viewer, boardId, command) => changeBoardGuard(deps, viewer, boardId, command),
    async importFile(viewer, boardId, body, onProgress) {
      const done = await importPlan(deps, viewer, boardId, body, onProgress);
      if (!done.ok) return done;
      const { file: _, ...report } = done.value;
      return allowed(report);
    },
    plan: (viewer, boardId) => viewPlan(deps, viewer, boardId),
    areas: (viewer, boardId) => viewAreas(deps, viewer, boardId),
    mayPause: (viewer, boardId) => mayPause(deps, viewer, boardId),
    leavePaused: (viewer, boardId) => leavePaused(deps, viewer, boardId),
    export: (viewer, boardId, format) => exportBoard(deps, viewer, boardId, format),
    takeSnapshot: (viewer, boardId, input) => takeSnapshot(deps, viewer, boardId, input),
    async snapshots(viewer, boardId) {
      const opened = await openBoard(store.db, viewer, boardId, 'read');
      return opened.ok
        ? allowed(await viewSnapshots(store.db, viewer, boardId, opened.value.view.period))
        : opened;
    },
    snapshot: (viewer, id) => openSnapshot(deps, viewer, id),
    compare: (viewer, beforeId, afterId) => compareSnapshots(deps, viewer, beforeId, afterId),
    review: (viewer, boardId, { include }) => reviewCommit(deps, viewer, boardId, include),
    commit: (viewer, boardId, input) => commitBoard(deps, viewer, boardId, input),
  };
}
