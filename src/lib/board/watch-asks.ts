import type { BoardTruth, DependencyTruth } from '#protocol/views/tracking.ts';

/** What changed for one of my teams since the last truth, worth a word on the screen. */
export interface AskNews {
  readonly key: string;
  readonly kind: 'asked' | 'answered';
  readonly truth: DependencyTruth;
}

/**
 * News for a person who speaks for `teams`: asks that reached them, and answers to what they asked. The first truth of a visit is no
 * news. Pure.
 */
export function newsBetween(
  before: BoardTruth | null,
  after: BoardTruth | null,
  teams: readonly string[],
): readonly AskNews[] {
  if (!before || !after) return [];
  return Object.entries(after.dependencies).flatMap(([key, truth]): AskNews[] => {
    const was = before.dependencies[key]?.status ?? 'draft';
    if (was === truth.status) return [];
    const provides = truth.providerTeamId !== null && teams.includes(truth.providerTeamId);
    const asks = truth.requesterTeamId !== null && teams.includes(truth.requesterTeamId);
    if (truth.status === 'requested' && provides) return [{ key, kind: 'asked', truth }];
    const answer = ['accepted', 'countered', 'declined', 'delivered', 'revoked'].includes(truth.status);
    return answer && asks && !provides ? [{ key, kind: 'answered', truth }] : [];
  });
}
