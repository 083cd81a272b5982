import { allowed, refused } from '../outcome.ts';
import { happened, type Asked, type AskedFor, type SessionOutcome } from './asked.ts';
import type { SessionCommandType } from './command.ts';
import type { SessionEvent } from './event.ts';
import { guestOf, isGuest, isLetIn, longestGuestName, mostGuests, mostParkedByGuest } from './guests.ts';
import { isPresent, type Session } from './session.ts';
import { inOwnTime } from './window.ts';

/** All that a guest may do (architecture.md A8); what is not named here is refused. */
const guestCommands: readonly SessionCommandType[] = ['arrive', 'vote', 'park', 'rate'];

/** A name and no markup: it stands in minutes that are handed on, as Markdown and as a table. */
const isName = (name: string): boolean => /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .'’-]*$/u.test(name);

/** The door for guests, and who comes through it; null for commands of another kind. */
export function decideGuests(it: Session, asked: Asked): SessionOutcome | null {
  const { command } = asked;
  switch (command.type) {
    case 'let-guests-in':
      if (inOwnTime(it)) {
        return refused(
          'wrong-state',
          'Guests come to a session that is held together, not in everybody’s own time.',
        );
      }
      return allowed([happened(asked, 'guests-let-in', {})]);
    case 'shut-guests-out':
      return allowed(it.guests?.open === true ? [happened(asked, 'guests-shut-out', {})] : []);
    case 'send-guest-away': {
      const guest = guestOf(it, command.guest);
      if (guest === null) return refused('invalid', 'There is no such guest.', { path: 'guest' });
      return allowed(guest.away === true ? [] : [happened(asked, 'guest-sent-away', { guest: guest.id })]);
    }
    default:
      return null;
  }
}

/** Coming in with a name; that the code was right is the server's to know. */
export function decideGuestJoin(it: Session, asked: AskedFor<'join-as-guest'>): SessionOutcome {
  const { guest } = asked.command;
  const name = asked.command.name.trim().replaceAll(/\s+/g, ' ');
  if (asked.actor.person !== null || it.status === 'ended' || it.guests?.open !== true) {
    return refused('not-yours', 'Guests are not let in here.');
  }
  if (name.length > longestGuestName || !isName(name)) {
    return refused(
      'invalid',
      `Say what people call you: at most ${longestGuestName} letters, digits and spaces.`,
      {
        path: 'name',
      },
    );
  }
  const there = it.guests.all.filter(({ away }) => away !== true);
  if (there.some((each) => each.name.toLowerCase() === name.toLowerCase() && isPresent(it, each.id))) {
    return refused('invalid', 'A guest of this name is here already: add something to yours.', {
      path: 'name',
    });
  }
  if (there.length >= mostGuests) {
    return refused('wrong-state', `${mostGuests} guests are here, more do not fit. Ask who leads.`);
  }
  return allowed([happened(asked, 'guest-joined', { guest, name })]);
}

/** Why a guest may not do this; null when the rules for everybody decide. */
export function refuseGuest(it: Session, { command, actor }: Asked): SessionOutcome | null {
  if (!guestCommands.includes(command.type)) {
    return refused('not-yours', 'Guests vote, park things and rate; the rest is for members.');
  }
  if (it.status === 'ended' || !isLetIn(it, actor.person)) {
    return refused('not-yours', 'You are not let in here any more. Ask who leads the session.');
  }
  if (command.type === 'arrive') return null;
  if (it.status !== 'running') return refused('wrong-state', 'The session has not begun yet.');
  if (actor.person === null || !isPresent(it, actor.person))
    return refused('not-here', 'Join the session first.');
  if (command.type === 'park') {
    if ((command.origin ?? null) !== null) return refused('not-yours', 'Guests park words of their own.');
    if (it.parking.filter(({ by }) => by === actor.person).length >= mostParkedByGuest) {
      return refused('invalid', `You parked ${mostParkedByGuest} things. Say the rest aloud.`, {
        path: 'title',
      });
    }
  }
  return null;
}

/** A guest is nobody of the organisation: what they did is kept without an actor, their own id in what happened. */
export function asGuest(
  it: Session,
  { actor }: Asked,
  events: readonly SessionEvent[],
): readonly SessionEvent[] {
  const guest = actor.person;
  if (guest === null || !isGuest(it, guest)) return events;
  return events.map((event) => {
    const nameless = { ...event, actor: { ...event.actor, person: null } };
    return nameless.type === 'parked' ? { ...nameless, data: { ...nameless.data, guest } } : nameless;
  });
}
