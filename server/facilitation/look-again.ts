import type { Viewer } from '../app.ts';
import type { FacilitationDeps } from './deps.ts';
import type { SessionHub } from './hub.ts';

/** As often as sockets of boards are. */
export const lookAgainMs = 60_000;

/**
 * Shows out whoever listens here and has left since, or may look at other boards than when he began: he asks again, and
 * hears what he may hear now, or that there is no such session.
 */
export async function lookAgain(
  hub: SessionHub,
  { viewerOf }: Pick<FacilitationDeps, 'viewerOf'>,
): Promise<void> {
  const stale = new Set<string>();
  for (const [memberId, listening] of Map.groupBy(hub.listeners(), (it) => it.memberId)) {
    const now = await viewerOf(memberId);
    for (const viewer of listening) if (now === null || differs(viewer, now)) stale.add(keyOf(viewer));
  }
  if (stale.size > 0) hub.end((viewer) => stale.has(keyOf(viewer)));
}

const keyOf = ({ memberId, personId, hiddenBoards }: Viewer): string =>
  [memberId, personId, ...hiddenBoards].join(' ');

/** Through somebody else's eyes in the example: who it is now cannot be told from here, so that one asks again. */
function differs(was: Viewer, now: Viewer): boolean {
  if (was.personId !== now.personId) return true;
  const boards = new Set(now.hiddenBoards);
  return boards.size !== was.hiddenBoards.length || was.hiddenBoards.some((id) => !boards.has(id));
}
