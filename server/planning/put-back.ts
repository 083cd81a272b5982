import { recordsOf, writeRecord } from '#board/document.ts';
import { removedBy } from '#board/removed-by.ts';
import { mayPutBack } from '#domain/access/guard.ts';
import { readGuard } from '#domain/access/read-guard.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';
import { createHistory } from '../store/journal/history.ts';
import { changeBoardGuard, guardedOn } from './board-guard.ts';
import { openBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';

const nothing = refused(
  'nothing-removed',
  'There is nothing to put back: it was put back, or let be, already.',
);

/**
 * Puts back what one person removed at once, each object as it was just before, as a change of its own. What is there is
 * left alone: nobody loses what they did since.
 */
export async function putBack(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
): Promise<Outcome<{ records: number; seq: number }>> {
  const opened = await openBoard(deps.store.db, viewer, boardId, 'write');
  if (!opened.ok) return opened;
  const { wayBack } = readGuard(opened.value.row.guard);
  if (!wayBack) return nothing;
  const { who } = await guardedOn(deps.store.db, viewer, opened.value);
  if (!mayPutBack(wayBack, who)) {
    return refused(
      'forbidden',
      'Only who removed it, managers of this board and the facilitator can put it back.',
    );
  }
  const past = await createHistory(deps.store).between(boardId, wayBack.from, wayBack.to);
  const removed = past ? removedBy(past.parts, past.rows, wayBack.by) : [];
  let records = 0;
  const done = await deps.documents.edit(boardId, viewer.personId, 'put back', (doc) => {
    const missing = removed.filter((record) => !recordsOf(doc).has(record.id));
    for (const record of missing) writeRecord(doc, record);
    records = missing.length;
  });
  if (!done.ok) return done;
  const closed = await changeBoardGuard(deps, viewer, boardId, { act: 'let-be' });
  return closed.ok ? allowed({ records, seq: done.value.seq }) : closed;
}
