import { and, eq, isNotNull } from 'drizzle-orm';
import { termsNow } from '#domain/commitment/commitment.ts';
import type { Instant } from '#domain/time.ts';
import { board, commitment } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { stateOf } from './commitment-rows.ts';
import { planSlots, type Planned } from './plan-slots.ts';
import { readWorkingDays } from './working-days.ts';

/**
 * Plans the check-ins of every running promise anew after holidays, freezes, leaves, zones or skipped meetings changed.
 * Only what is still due can change; what was asked before stays as it was. `moved`: boards that are asked in another
 * rhythm, from an instant on. Returns the boards whose promises these are.
 */
export async function replanSlots(
  tx: Queries,
  organisationId: string,
  at: Instant,
  newId: () => string,
  moved: { readonly boards: readonly string[]; readonly from: Instant } = { boards: [], from: at },
): Promise<readonly string[]> {
  const rows = await tx
    .select({ id: commitment.id, state: commitment.state, boardId: board.id, rhythm: board.rhythm })
    .from(commitment)
    .innerJoin(board, eq(board.id, commitment.boardId))
    .where(
      and(
        eq(commitment.organisationId, organisationId),
        eq(commitment.status, 'committed'),
        isNotNull(board.rhythm),
      ),
    );
  if (rows.length === 0) return [];
  const days = await readWorkingDays(tx, organisationId);
  const byBoard = Map.groupBy(rows, ({ boardId }) => boardId);
  for (const [boardId, promises] of byBoard) {
    const rhythm = promises[0]?.rhythm;
    if (!rhythm) continue;
    const { cadence: kind, weekday, time, closeOn } = rhythm;
    const cadence = { kind, weekday, time, closeOn };
    const when = moved.boards.includes(boardId) ? { from: moved.from, openedBy: at } : { from: at };
    const plan = { organisationId, days, cadence, ...when, newId };
    const planned = promises.flatMap(({ id, state }): Planned[] => {
      const it = stateOf({ state });
      const { due } = termsNow(it);
      if (it.acceptedPerSource || due === null) return [];
      return [{ commitmentId: id, until: due, owner: it.owner, team: it.team, board: boardId }];
    });
    await planSlots(tx, plan, planned);
  }
  return [...byBoard.keys()];
}
