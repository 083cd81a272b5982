import type { Instant } from '../time.ts';
import type { SessionEvent } from './event.ts';
import type { Guest, GuestList } from './guests.ts';
import type { Session } from './session.ts';

const none: GuestList = { open: false, all: [] };

/** What the events of guests do; null for events of another kind. */
export function foldGuests(it: Session, event: SessionEvent): Session | null {
  const list = it.guests ?? none;
  switch (event.type) {
    case 'guests-let-in':
      return { ...it, guests: { ...list, open: true } };
    case 'guests-shut-out':
      return sendAway({ ...it, guests: { ...list, open: false } }, () => true, event.at);
    case 'guest-joined': {
      const { guest: id, name } = event.data;
      return { ...it, guests: { ...list, all: [...list.all, { id, name }] } };
    }
    case 'guest-sent-away':
      return sendAway(it, ({ id }) => id === event.data.guest, event.at);
    default:
      return null;
  }
}

function sendAway(it: Session, whom: (guest: Guest) => boolean, at: Instant): Session {
  const { open, all } = it.guests ?? none;
  const gone = all.filter((guest) => guest.away !== true && whom(guest)).map(({ id }) => id);
  return {
    ...it,
    guests: { open, all: all.map((each) => (gone.includes(each.id) ? { ...each, away: true } : each)) },
    people: Object.fromEntries(
      Object.entries(it.people).map(([person, known]) => [
        person,
        gone.includes(person) ? { ...known, visits: endVisits(known.visits, at) } : known,
      ]),
    ),
  };
}

const endVisits = <T extends { readonly to: Instant | null }>(
  visits: readonly T[],
  at: Instant,
): readonly T[] => visits.map((run) => (run.to === null ? { ...run, to: at } : run));
