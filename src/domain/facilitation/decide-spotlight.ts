import { allowed, refused } from '../outcome.ts';
import { happened, type Asked, type SessionOutcome } from './asked.ts';
import { isPresent, type Session } from './session.ts';

const notHeld = refused('not-yours', 'Somebody else has the spotlight: take it over first.');

/** Who shows the board to the room: one at a time, taken and handed over for all to see. Null for other commands. */
export function decideSpotlight(it: Session, asked: Asked): SessionOutcome | null {
  const { command, actor } = asked;
  const { spotlight = null } = it;
  const mine = spotlight !== null && spotlight.holder === actor.person;
  switch (command.type) {
    case 'take-spotlight': {
      if (it.board === null)
        return refused('invalid', 'This session is on no board: there is nothing to show.');
      if (mine || actor.person === null) return allowed([]);
      const area = spotlight?.area ?? it.stages.find(({ id }) => id === it.current)?.area ?? null;
      return allowed([happened(asked, 'spotlight-taken', { person: actor.person, area })]);
    }
    case 'give-spotlight': {
      const { person } = command;
      if (!mine) return notHeld;
      if (person === actor.person) return allowed([]);
      if (!it.facilitators.includes(person) || !isPresent(it, person)) {
        return refused('invalid', 'Give it to somebody who is here and leads, too.', { path: 'person' });
      }
      return allowed([happened(asked, 'spotlight-given', { person })]);
    }
    case 'show-area':
      return mine ? allowed([happened(asked, 'area-shown', { area: command.area })]) : notHeld;
    case 'end-spotlight':
      if (spotlight === null) return allowed([]);
      return mine ? allowed([happened(asked, 'spotlight-ended', {})]) : notHeld;
    default:
      return null;
  }
}
