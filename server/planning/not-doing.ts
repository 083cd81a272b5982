import { and, eq, inArray } from 'drizzle-orm';
import type { Viewer } from '../app.ts';
import { notDoing } from '../store/schema.ts';
import type { Transaction } from '../store/store.ts';
import type { PlanningDeps } from './deps.ts';
import type { PlanReview } from './review-plan.ts';

/** Keeps the not-doing list of a board (board.md B5.2): what was put aside comes on, what is planned again leaves. */
export async function writeNotDoing(
  tx: Transaction,
  { newId }: PlanningDeps,
  viewer: Viewer,
  boardId: string,
  review: PlanReview,
  includedKeys: readonly string[],
): Promise<void> {
  if (includedKeys.length > 0) {
    await tx
      .delete(notDoing)
      .where(and(eq(notDoing.boardId, boardId), inArray(notDoing.objectKey, [...includedKeys])));
  }
  if (review.notDoing.length === 0) return;
  const rows = review.notDoing.map((it) => ({
    id: newId(),
    organisationId: viewer.organisationId,
    boardId,
    objectKey: it.key,
    title: it.title,
    reason: it.why,
    by: viewer.personId,
    at: new Date(viewer.organisation.now),
  }));
  await tx.insert(notDoing).values(rows).onConflictDoNothing();
}
