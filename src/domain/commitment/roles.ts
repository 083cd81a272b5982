import { mayWrite, speaksFor, type PersonId, type Standing } from '../access/standing.ts';
import type { Actor } from '../event.ts';
import type { Commitment } from './commitment.ts';

/** What somebody is to one commitment. `anyone` is everybody who may write at all. */
export type CommitmentRole =
  'owner' | 'lead' | 'reviewer' | 'sponsor' | 'successor' | 'administrator' | 'anyone' | 'importer' | 'clock';

/**
 * The roles of an actor on a commitment. An administrator gets no voice in the promise itself (architecture.md A8);
 * a delegate is the owner only when the owner named him, for this promise or for a leave that lasts, and he says that he
 * speaks for him (tracking.md T3, T4).
 */
export function rolesOf(
  it: Commitment,
  actor: Actor,
  standing: Standing,
  importing: boolean,
): ReadonlySet<CommitmentRole> {
  const roles = new Set<CommitmentRole>();
  if (actor.via === 'clock' && actor.person === null) return roles.add('clock');
  if (importing && actor.via === 'import') return roles.add('importer');
  const person = actor.person;
  if (person === null || person !== standing.person || !mayWrite(standing)) return roles;
  roles.add('anyone');
  if (it.owner !== null && (person === it.owner || isDelegate(it, actor, standing))) roles.add('owner');
  if (speaksFor(standing, it.team)) roles.add('lead');
  if (person === it.reviewer) roles.add('reviewer');
  if (person === it.sponsor) roles.add('sponsor');
  if (person === it.handover?.to) roles.add('successor');
  if (standing.role === 'administrator') roles.add('administrator');
  return roles;
}

/** True when the actor speaks in the owner's name and the owner named him. */
export function isDelegate(it: Commitment, actor: Actor, standing: Standing): boolean {
  return it.owner !== null && actor.onBehalfOf === it.owner && mayStandIn(it, actor.person, standing);
}

/** True for whom the owner named: for this promise, or to answer while he is on leave. */
export function mayStandIn(
  { owner, delegate }: Pick<Commitment, 'owner' | 'delegate'>,
  person: PersonId | null,
  { standsInFor = [] }: Standing,
): boolean {
  if (owner === null || person === null) return false;
  return delegate === person || standsInFor.includes(owner);
}
