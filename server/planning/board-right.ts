import { maySeeBoard, type BoardScope } from '#domain/access/board-scope.ts';
import type { BoardRight } from '#domain/access/roles.ts';
import { refused } from '#domain/outcome.ts';
import type { Viewer } from '../app.ts';

/** What decides rights on a board, beside the viewer. */
export interface BoardFacts {
  readonly organisationId: string;
  /** Person who made it. */
  readonly createdBy: string | null;
  readonly teamIds: readonly string[];
  readonly archived: boolean;
  readonly scope: BoardScope;
}

/**
 * What a viewer may do on a board (architecture.md A8): who is outside its scope does not know of it; observers read, members write, its creator and the leads of its
 * teams manage it, administrators too. Of another organisation's boards nothing is known. An archived board is read-only
 * for all who do not manage it. A token that may only read never does more.
 */
export function boardRight(
  viewer: Pick<Viewer, 'organisationId' | 'personId' | 'role' | 'scope' | 'teams' | 'viewingAs'>,
  board: BoardFacts,
): BoardRight {
  if (viewer.organisationId !== board.organisationId) return 'none';
  // Who looks through somebody else's eyes has that person's rights, not an administrator's.
  const administers = viewer.role === 'administrator' && !viewer.viewingAs;
  const teams = viewer.teams.map(({ teamId }) => teamId);
  if (!maySeeBoard(board, viewer.personId, { teams, administers })) return 'none';
  if (viewer.role === 'observer' || viewer.scope === 'read') return 'read';
  const leads = viewer.teams.some(({ teamId, role }) => role === 'lead' && board.teamIds.includes(teamId));
  if (administers || viewer.personId === board.createdBy || leads) return 'manage';
  return board.archived ? 'read' : 'write';
}

export const boardNotFound = refused('not-found', 'There is no such board in this organisation.');

/** True when `right` is enough for `needed`. */
export const isEnough = (right: BoardRight, needed: 'read' | 'write' | 'manage'): boolean =>
  order.indexOf(right) >= order.indexOf(needed);

const order: readonly BoardRight[] = ['none', 'read', 'write', 'manage'];

/** Why the right does not reach, in words that say who may help. */
export const rightMissing = (needed: 'write' | 'manage') =>
  needed === 'write'
    ? refused(
        'read-only',
        'You may look at this board but not change it. Ask one of its managers or an administrator.',
      )
    : refused(
        'forbidden',
        'Only managers of this board may do this: its creator, the leads of its teams, and administrators.',
      );
