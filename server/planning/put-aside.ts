import { changeRecord } from '#board/document.ts';
import { guardedChange } from '#board/guarded-change.ts';
import { isObjective, isShape } from '#board/schema/records.ts';
import { indexRecords } from '#board/tree.ts';
import { mayChange } from '#domain/access/guard.ts';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';
import { notDoing } from '../store/schema.ts';
import { guardedOn, readBoardGuard } from './board-guard.ts';
import { openBoard } from './board-rows.ts';
import type { PlanningDeps } from './deps.ts';
import { readPlan } from './read-plan.ts';

/**
 * Takes an objective out of the plan and writes down why. The card stays on the board, so that whoever thinks otherwise
 * finds it; areas and locks hold here as they do for every hand on the board.
 */
export async function putAside(
  deps: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  key: string,
  reason: string,
): Promise<Outcome<{ title: string }>> {
  const why = reason.trim();
  if (why === '') return refused('reason-missing', 'Say why it is not being done.', { path: 'reason' });
  const opened = await openBoard(deps.store.db, viewer, boardId, 'write');
  if (!opened.ok) return opened;
  const read = await readPlan(deps, opened.value);
  if (!read.ok) return read;
  const { plan, recordIds, document } = read.value;
  const objective = plan.objectives.find((it) => it.key === key);
  const index = indexRecords(document.records);
  const record = index.get(recordIds.objectives[key] ?? '');
  if (objective === undefined || record === undefined || !isShape(record)) {
    return refused('not-found', 'There is no such objective on the board any more.');
  }
  const guard = await readBoardGuard(deps.store, boardId);
  const { who } = await guardedOn(deps.store.db, viewer, opened.value);
  if (guard.paused !== null) return refused('paused', 'Changes are paused by the facilitator.');
  const author = await deps.documents.authorOf(boardId, record.id);
  const own = author.ok && author.value === viewer.personId;
  const may = mayChange(guard, who, guardedChange(index, record, record, own));
  if (!may.ok) return may;
  const changed = await deps.documents.edit(boardId, viewer.personId, 'put aside', (doc) => {
    changeRecord(doc, record.id, (it) =>
      isObjective(it) ? { ...it, props: { ...it.props, status: 'not-doing' } } : it,
    );
  });
  if (!changed.ok) return changed;
  await deps.store.db
    .insert(notDoing)
    .values({
      ...{ id: deps.newId(), organisationId: viewer.organisationId, boardId, objectKey: key },
      ...{ title: objective.title, reason: why, by: viewer.personId },
      at: new Date(viewer.organisation.now),
    })
    .onConflictDoNothing();
  return allowed({ title: objective.title });
}
