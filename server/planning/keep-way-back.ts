import { eq } from 'drizzle-orm';
import * as Y from 'yjs';
import { readRecords } from '#board/document.ts';
import { noteRemoval } from '#domain/access/change-guard.ts';
import { readGuard, toStored } from '#domain/access/read-guard.ts';
import { board, period } from '../store/schema.ts';
import { createHistory } from '../store/journal/history.ts';
import { toPeriodView } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';
import { planOf, readNames } from './read-plan.ts';
import { insertSnapshot, packBoard, takeTurn } from './snapshot-rows.ts';

interface Removal {
  readonly records: number;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/**
 * Somebody removed much of a board at once (trust.md Y): the board as it was before is frozen, and putting it back is
 * offered in every window of those who may.
 */
export async function keepWayBack(
  { store, newId, guardChanged }: Pick<PlanningDeps, 'store' | 'newId' | 'guardChanged'>,
  boardId: string,
  by: string,
  removal: Removal,
): Promise<void> {
  const isNew = await store.transaction(async (tx) => {
    const [row] = await tx
      .select({ guard: board.guard })
      .from(board)
      .where(eq(board.id, boardId))
      .for('update');
    if (!row) return false;
    const guard = noteRemoval(readGuard(row.guard), { by, ...removal });
    await tx
      .update(board)
      .set({ guard: toStored(guard) })
      .where(eq(board.id, boardId));
    return guard.wayBack?.from === removal.from && guard.wayBack.records === removal.records;
  });
  if (isNew) await freezeBefore({ store, newId }, boardId, by, removal);
  guardChanged(boardId);
}

async function freezeBefore(
  { store, newId }: Pick<PlanningDeps, 'store' | 'newId'>,
  boardId: string,
  by: string,
  removal: Removal,
): Promise<void> {
  const before = await createHistory(store).upTo(boardId, removal.from);
  const [row] = await store.db
    .select({ board, period })
    .from(board)
    .leftJoin(period, eq(period.id, board.periodId))
    .where(eq(board.id, boardId));
  if (!before || !row) return;
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const part of before.parts) Y.applyUpdate(doc, part);
  });
  const frozen = { bytes: Y.encodeStateAsUpdate(doc), seq: before.seq, records: readRecords(doc).records };
  doc.destroy();
  const names = await readNames(store.db, row.board.organisationId);
  const { plan, problems } = planOf(frozen, row.board.title, row.period && toPeriodView(row.period), names);
  const packed = packBoard(frozen, plan, problems);
  const who = names.people.find((it) => it.id === by)?.name ?? 'somebody';
  await store.transaction(async (tx) => {
    await takeTurn(tx, boardId);
    await insertSnapshot(tx, {
      id: newId(),
      organisationId: row.board.organisationId,
      boardId,
      why: 'automatic',
      label: `Before ${who} removed much of the board`.slice(0, 200),
      by: null,
      at: removal.at,
      frozen: packed,
    });
  });
}
