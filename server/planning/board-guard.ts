import { eq } from 'drizzle-orm';
import { changeGuard, type GuardCommand } from '#domain/access/change-guard.ts';
import type { BoardGuard } from '#domain/access/guard.ts';
import { readGuard } from '#domain/access/read-guard.ts';
import { allowed, type Outcome } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';
import { board } from '../store/schema.ts';
import type { Queries, Store } from '../store/store.ts';
import { openBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';

/** Who may change what of a board, as its room asks; a board that is gone is open, its room ends by itself. */
export const readBoardGuard = ({ db }: Pick<Store, 'db'>, boardId: string): Promise<BoardGuard> =>
  readRow(db, boardId);

async function readRow(queries: Queries, boardId: string): Promise<BoardGuard> {
  const [row] = await queries.select({ guard: board.guard }).from(board).where(eq(board.id, boardId));
  return readGuard(row?.guard);
}

export async function viewGuard(
  { store }: PlanningDeps,
  viewer: Viewer,
  boardId: string,
): Promise<Outcome<BoardGuard>> {
  const opened = await openBoard(store.db, viewer, boardId, 'read');
  return opened.ok ? allowed(readGuard(opened.value.row.guard)) : opened;
}

/** Opens, closes, locks, unlocks, pauses or resumes; all nodes and open windows hear of it at once. */
export async function changeBoardGuard(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  command: GuardCommand,
): Promise<Outcome<BoardGuard>> {
  const { store, documents, guardChanged } = deps;
  const opened = await openBoard(store.db, viewer, boardId, 'write');
  if (!opened.ok) return opened;
  const manages = opened.value.view.right === 'manage';
  let isOwn = manages;
  if (command.act === 'lock' && !manages) {
    const author = await documents.authorOf(boardId, command.record);
    if (!author.ok) return author;
    isOwn = author.value === viewer.personId;
  }
  const changed = await store.transaction(async (tx): Promise<Outcome<BoardGuard>> => {
    const [row] = await tx
      .select({ guard: board.guard })
      .from(board)
      .where(eq(board.id, boardId))
      .for('update');
    const who = { person: viewer.personId, teams: viewer.teams.map((team) => team.key), manages };
    const decided = changeGuard(readGuard(row?.guard), command, who, viewer.organisation.now, isOwn);
    if (!decided.ok) return decided;
    await tx
      .update(board)
      .set({ guard: { ...decided.value } })
      .where(eq(board.id, boardId));
    return decided;
  });
  if (changed.ok) guardChanged(boardId);
  return changed;
}
