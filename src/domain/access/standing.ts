import type { OrganisationRole } from './roles.ts';

/** A person or team, by id. */
export type PersonId = string;
export type TeamId = string;

/**
 * What a person is within an organisation: all that rules about promises may know of them. Sessions and boards add
 * nothing here: nobody promises for another team, whatever they facilitate (tracking.md I6).
 */
export interface Standing {
  /** null for the clock. */
  readonly person: PersonId | null;
  /** null for a name without account. */
  readonly role: OrganisationRole | null;
  readonly leadOf: readonly TeamId[];
  readonly memberOf: readonly TeamId[];
  /** Teams that have no lead: any of their members speaks for them. */
  readonly leaderless: readonly TeamId[];
  /** People on leave today who named this person to answer meanwhile. */
  readonly standsInFor?: readonly PersonId[];
}

/** Nobody in particular: an observer's view, and the clock's. */
export const nobody: Standing = { person: null, role: null, leadOf: [], memberOf: [], leaderless: [] };

/** True when this person may answer for the team: its lead, or any member when it has none (tracking.md T5). */
export function speaksFor(standing: Standing, team: TeamId | null): boolean {
  if (team === null || standing.person === null || standing.role === 'observer') return false;
  if (standing.leadOf.includes(team)) return true;
  return standing.leaderless.includes(team) && standing.memberOf.includes(team);
}

/** True for people who work in the team, in whatever role. */
export function belongsTo(standing: Standing, team: TeamId | null): boolean {
  return team !== null && (standing.memberOf.includes(team) || standing.leadOf.includes(team));
}

/** True when this person may write at all: members and administrators, never observers. */
export function mayWrite(standing: Standing): boolean {
  return standing.person !== null && standing.role !== null && standing.role !== 'observer';
}
