import { belongsTo, mayWrite, speaksFor, type Standing } from '../access/standing.ts';
import type { Actor } from '../event.ts';
import type { Entry, EntryRole } from './entry.ts';

/**
 * The roles of an actor on an entry. An entry of no team belongs to everybody. Who acts in a session is `room` for all
 * that is on the table there: the log says who wrote it down, and that it was said in front of everybody.
 */
export function entryRolesOf(
  it: Pick<Entry, 'owner' | 'raisedBy' | 'team' | 'asked'>,
  actor: Actor,
  standing: Standing,
): ReadonlySet<EntryRole> {
  const roles = new Set<EntryRole>();
  if (actor.via === 'clock' && actor.person === null) return roles.add('clock');
  const { person } = actor;
  if (person === null || person !== standing.person || !mayWrite(standing)) return roles;
  roles.add('anyone');
  if (person === it.owner) roles.add('owner');
  if (person === it.raisedBy) roles.add('raiser');
  if (person === it.asked) roles.add('asked');
  if (it.team === null || belongsTo(standing, it.team)) roles.add('team');
  if (it.team !== null && speaksFor(standing, it.team)) roles.add('lead');
  if (directs(standing)) roles.add('directs');
  if (actor.via === 'session') roles.add('room');
  return roles;
}

/** Who speaks for the organisation's direction: administrators, and the leads of teams. */
export const directs = ({ role, leadOf }: Pick<Standing, 'role' | 'leadOf'>): boolean =>
  role === 'administrator' || leadOf.length > 0;

/** Words for a role in a refusal; the owner is called differently in each register. */
export const entryRoleWords: Readonly<Record<Exclude<EntryRole, 'owner'>, string>> = {
  raiser: 'who wrote it down',
  asked: 'who is asked',
  team: 'its team',
  lead: "its team's lead",
  directs: 'an administrator, a team lead',
  room: 'a session',
  anyone: 'a member',
  clock: 'the clock',
};
