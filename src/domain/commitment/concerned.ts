import type { PersonId, TeamId } from '../access/standing.ts';
import type { CommitmentCore } from './commitment.ts';

/** True for those a promise concerns, whatever else they may see: who answers for it, looks at it, or is to take it over. */
export function concernsPromise(
  it: Pick<CommitmentCore, 'owner' | 'team' | 'reviewer' | 'sponsor' | 'delegate' | 'handover'>,
  person: PersonId,
  leadOf: readonly TeamId[],
): boolean {
  const people = [it.owner, it.reviewer, it.sponsor, it.delegate, it.handover?.to];
  return people.includes(person) || (it.team !== null && leadOf.includes(it.team));
}
