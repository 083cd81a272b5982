import type { Dependency } from '../dependency/dependency.ts';
import { isCovered, riskOwnerOf, type DependencyFlag } from '../dependency/flags.ts';
import { wordFor } from '../dependency/words.ts';
import type { NeedGroup } from './record.ts';

/** Under which heading of the minutes an ask stands; null for one that was not sent, which is its own side's business. */
export function needGroup(it: Dependency, flags: readonly DependencyFlag[]): NeedGroup | null {
  if (it.status === 'draft') return null;
  const unanswered = it.status === 'requested' || it.status === 'countered';
  if (riskOwnerOf(it) !== null && (unanswered || isNo(it)) && isCovered(it)) return 'owned as a risk';
  if (flags.includes('late')) return 'late';
  return wordFor(it) as NeedGroup;
}

const isNo = ({ status }: Dependency): boolean => status === 'declined' || status === 'revoked';

/** True while somebody still has to answer or to give. */
export const isNeedOpen = ({ status }: Dependency): boolean =>
  status === 'requested' || status === 'countered' || status === 'accepted';
