import { mayWrite, speaksFor, type Standing } from '../access/standing.ts';
import type { Actor } from '../event.ts';
import type { Dependency, DependencyCore } from './dependency.ts';

/** What somebody is to one dependency. */
export type DependencyRole = 'requester' | 'provider' | 'writer' | 'committer' | 'importer';

/**
 * Who may move it (tracking.md T5): the provider is the providing team's lead (any member when it has none) or the
 * person who promised, never an administrator or facilitator as such; the requester is the owner of the objective that
 * needs it or the lead of its team.
 */
export function rolesOf(
  it: Pick<DependencyCore, 'requester' | 'provider'>,
  actor: Actor,
  standing: Standing,
  acts: { readonly importing: boolean; readonly committing: boolean },
): ReadonlySet<DependencyRole> {
  const roles = new Set<DependencyRole>();
  if (acts.importing && actor.via === 'import') return roles.add('importer');
  const person = actor.person;
  if (person === null || person !== standing.person || !mayWrite(standing)) return roles;
  roles.add('writer');
  if (acts.committing) roles.add('committer');
  if (person === it.requester.owner || speaksFor(standing, it.requester.team)) roles.add('requester');
  if (person === it.provider.person || speaksFor(standing, it.provider.team)) roles.add('provider');
  return roles;
}

/** Whose turn it is when a counter-offer lies on the table. */
export function answersCounter(it: Dependency): DependencyRole | null {
  if (it.status !== 'countered') return null;
  return it.counter.by === 'provider' ? 'requester' : 'provider';
}
