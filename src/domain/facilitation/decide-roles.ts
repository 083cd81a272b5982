import type { PersonId } from '../access/standing.ts';
import { allowed, refused } from '../outcome.ts';
import type { Instant } from '../time.ts';
import { happened, type Asked, type SessionContext, type SessionOutcome } from './asked.ts';
import { presence } from './clock.ts';
import { isGuest } from './guests.ts';
import { idleness } from './idle.ts';
import { isPresent, presentPeople, type Session } from './session.ts';
import { inOwnTime } from './window.ts';

/** Who leads (facilitation.md F0.6, F0.7); null for commands of another kind. */
export function decideRoles(it: Session, asked: Asked): SessionOutcome | null {
  const { command, actor, at, context } = asked;
  switch (command.type) {
    case 'add-facilitator': {
      const { person } = command;
      if (it.facilitators.includes(person)) return allowed([]);
      if (!isPresent(it, person)) return refused('invalid', 'Name somebody who is here.', { path: 'person' });
      if (isGuest(it, person)) {
        return refused('invalid', 'A guest cannot lead.', { path: 'person' });
      }
      if (it.people[person]?.mayVote !== true) {
        return refused('invalid', 'An observer cannot lead.', { path: 'person' });
      }
      return allowed([happened(asked, 'facilitator-added', { person })]);
    }
    case 'remove-facilitator': {
      const { person } = command;
      if (!it.facilitators.includes(person)) return allowed([]);
      if (it.facilitators.length === 1) {
        return refused('last-facilitator', 'Somebody has to lead: name another one first.');
      }
      return allowed([happened(asked, 'facilitator-removed', { person })]);
    }
    case 'take-over': {
      const person = actor.person;
      if (person === null || it.facilitators[0] === person) return allowed([]);
      if (mayTakeOver(it, person, at, context)) return allowed([happened(asked, 'taken-over', { person })]);
      const away = leaderAway(it, at);
      return away
        ? refused(
            'not-yours',
            'Somebody nearer is here to take over: who leads with, the team’s lead, an administrator.',
          )
        : refused(
            'facilitator-here',
            'Somebody leads this session. Taking over is for when nobody has for a minute.',
          );
    }
    default:
      return null;
  }
}

/**
 * True when nobody who leads is here and this person is next in line: who leads with, then a lead of the team, then an
 * administrator, then anybody of the room, so that no session stands still.
 */
export function mayTakeOver(
  it: Session,
  person: PersonId,
  at: Instant,
  { leads, administrators }: Pick<SessionContext, 'leads' | 'administrators'>,
): boolean {
  if (isGuest(it, person)) return false;
  if (it.status === 'ended' || it.facilitators[0] === person || it.people[person]?.mayVote !== true)
    return false;
  if (it.facilitators.includes(person)) return leaderAway(it, at, it.facilitators[0]);
  if (!leaderAway(it, at)) return false;
  const here = presentPeople(it);
  for (const line of [leads, administrators]) {
    if (line.some((each) => here.includes(each))) return line.includes(person);
  }
  return here.includes(person);
}

/** True when for a minute none of them has been here; `only`: that one. */
function leaderAway(it: Session, at: Instant, only?: PersonId): boolean {
  const watched = only === undefined ? it.facilitators : [only];
  return watched.every((person) => {
    if (isPresent(it, person)) return false;
    const left = it.people[person]?.visits.at(-1)?.to ?? it.startedAt ?? it.plannedAt ?? at;
    // Nobody sits in a meeting for two days: there a leader is away after hours, not after a minute.
    return at - left >= (inOwnTime(it) ? idleness.askedMs : presence.leftMs);
  });
}
