import { and, asc, eq, inArray } from 'drizzle-orm';
import type { DependencyEvent } from '#domain/dependency/event.ts';
import { foldAll } from '#domain/dependency/fold.ts';
import { dependency } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import { stateOfDependency, toDependencyRow } from './dependency-rows.ts';
import { insertRows } from './insert-rows.ts';
import type { CommitProposals } from './port.ts';
import { appendEvents, type NewEvents } from './recording.ts';

/** What is not being done needs nothing: its asks that are still open are withdrawn (board.md B5.2). */
export async function withdrawOpenAsks(tx: Transaction, input: CommitProposals): Promise<void> {
  const { organisationId, boardId, notDoing, actor, at, recordedAt, zone } = input;
  if (notDoing.length === 0) return;
  const rows = await tx
    .select()
    .from(dependency)
    .where(
      and(
        eq(dependency.boardId, boardId),
        inArray(dependency.requesterKey, [...notDoing]),
        inArray(dependency.status, ['draft', 'requested', 'countered']),
      ),
    )
    .orderBy(asc(dependency.id))
    .for('update');
  const reason = 'the objective is not being done';
  const events: readonly DependencyEvent[] = [{ type: 'withdrawn', data: { reason }, at, actor, reason }];
  const log: NewEvents[] = [];
  const changed: (typeof dependency.$inferInsert)[] = [];
  for (const row of rows) {
    const after = foldAll(events, stateOfDependency(row));
    if (after === null) continue;
    log.push({ objectKind: 'dependency', objectId: row.id, boardId, version: row.version, events });
    changed.push(toDependencyRow(row, row.version + events.length, after));
  }
  await appendEvents(tx, { organisationId, recordedAt, zone }, log);
  await insertRows(tx, dependency, changed, { overwriteBy: 'id' });
}
