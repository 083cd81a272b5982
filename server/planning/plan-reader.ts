import { eq } from 'drizzle-orm';
import type { Plan } from '#domain/plan/plan.ts';
import { board, period } from '../store/schema.ts';
import type { PlanningDeps } from './deps.ts';
import { planOf, readNames } from './read-plan.ts';

/** Reads the plan of a board for parts that have no viewer; null when there is no such board or it cannot be read. */
export function createPlanReader({
  store,
  documents,
}: Pick<PlanningDeps, 'store' | 'documents'>): (boardId: string) => Promise<Plan | null> {
  return async (boardId) => {
    const [found] = await store.db
      .select({
        title: board.title,
        organisationId: board.organisationId,
        head: board.head,
        epoch: board.epoch,
        period,
      })
      .from(board)
      .leftJoin(period, eq(period.id, board.periodId))
      .where(eq(board.id, boardId));
    if (!found) return null;
    const frozen = await documents.read(boardId, found);
    if (!frozen.ok) return null;
    const names = await readNames(store.db, found.organisationId);
    return planOf(frozen.value, found.title, found.period, names).plan;
  };
}
