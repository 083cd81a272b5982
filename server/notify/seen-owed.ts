import type { Owed } from '#domain/facilitation/extracts.ts';
import type { Queries } from '../store/store.ts';
import type { Seer } from '../tracking/seen.ts';
import { unseenAmong } from '../tracking/unseen-subjects.ts';

/**
 * What somebody owes after a session, without what they may not look at (any more): a board may have been narrowed while
 * it ran. What was said in the room they were in stays. Without a seer everything is seen.
 */
export async function seenOwed(
  queries: Queries,
  seer: (Seer & { readonly organisationId: string }) | undefined,
  board: string | null,
  lines: readonly Owed[],
): Promise<readonly Owed[]> {
  if (seer === undefined || seer.hiddenBoards.length === 0) return lines;
  const unseen = await unseenAmong(
    queries,
    seer,
    lines.flatMap(({ ref }) => ref?.id ?? []),
  );
  const ownHidden = board !== null && seer.hiddenBoards.includes(board);
  return lines.filter(({ ref, card }) => (ref === null ? card === null || !ownHidden : !unseen.has(ref.id)));
}
