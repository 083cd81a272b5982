import type { PersonId, TeamId } from './standing.ts';

/**
 * Who may look at a board (tracking.md T15): everybody of the organisation, the people of its teams, or its maker alone. What
 * is asked or promised on it is seen by those it concerns as well, wherever they belong.
 */
export const boardScopes = ['organisation', 'team', 'private'] as const;
export type BoardScope = (typeof boardScopes)[number];

export interface ScopedBoard {
  readonly scope: BoardScope;
  readonly createdBy: PersonId | null;
  readonly teamIds: readonly TeamId[];
}

/** True when this person may look at the board. An administrator looks after boards of teams, never into private ones. */
export function maySeeBoard(
  { scope, createdBy, teamIds }: ScopedBoard,
  person: PersonId,
  { teams, administers }: { readonly teams: readonly TeamId[]; readonly administers: boolean },
): boolean {
  if (scope === 'organisation' || createdBy === person) return true;
  return scope === 'team' && (administers || teamIds.some((team) => teams.includes(team)));
}

/** What stands where leaving something out would mislead: a promise that waits for what its reader may not look at. */
export const unseenWords = 'Something on a board you do not see';
