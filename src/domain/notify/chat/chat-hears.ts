import type { ScopedBoard } from '../../access/board-scope.ts';
import type { TeamId } from '../../access/standing.ts';

/**
 * Boards that a chat is told nothing of: in a team's chat those that not every member may look at, in the organisation's
 * all that are not for everybody. Nobody's own board is spoken of anywhere.
 */
export const hiddenFromChat = (
  narrow: readonly (ScopedBoard & { readonly id: string })[],
  team: TeamId | null,
): readonly string[] =>
  narrow
    .filter(
      ({ scope, teamIds }) =>
        scope !== 'organisation' && !(scope === 'team' && team !== null && teamIds.includes(team)),
    )
    .map(({ id }) => id);

/** True when a chat is meant by what concerns these teams; what concerns no team in particular is everybody's. */
export const concernsChat = (team: TeamId | null, teams: readonly (TeamId | null)[]): boolean => {
  const named = teams.filter((it) => it !== null);
  return team === null || named.length === 0 || named.includes(team);
};
