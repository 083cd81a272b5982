import type { PersonId, TeamId } from '../access/standing.ts';
import type { Dependency } from './dependency.ts';

/** True for those an ask concerns: who needs it, and once it was sent everybody in the team that is asked. */
export function concernsAsk(
  it: Pick<Dependency, 'status' | 'requester' | 'provider'>,
  person: PersonId,
  { leadOf, memberOf }: { readonly leadOf: readonly TeamId[]; readonly memberOf: readonly TeamId[] },
): boolean {
  const { requester, provider, status } = it;
  if (requester.owner === person || provider.person === person) return true;
  if (requester.team !== null && leadOf.includes(requester.team)) return true;
  return status !== 'draft' && provider.team !== null && [...leadOf, ...memberOf].includes(provider.team);
}
