import type { PersonId } from '../access/standing.ts';

/** Somebody without an account who came with the session's code (facilitation.md F0.3). Known in this session and nowhere else. */
export interface Guest {
  readonly id: PersonId;
  readonly name: string;
  /** Was sent away, or the door was shut: the name stays for the minutes. */
  readonly away?: boolean;
}

/** Whether guests may come, and who came as one. */
export interface GuestList {
  readonly open: boolean;
  readonly all: readonly Guest[];
}

/** As the session's state holds it; absent: there never was one. */
export interface WithGuests {
  readonly guests?: GuestList;
}

/** So many at once: a code that got around fills no room beyond that. */
export const mostGuests = 50;
/** Things one guest can have parked in one session. */
export const mostParkedByGuest = 20;
export const longestGuestName = 60;

export const guestOf = ({ guests }: WithGuests, person: PersonId | null): Guest | null =>
  guests?.all.find(({ id }) => id === person) ?? null;

/** True for whoever came as a guest, also when they were sent away since. */
export const isGuest = (it: WithGuests, person: PersonId | null): boolean => guestOf(it, person) !== null;

/** True for a guest who may be here. */
export const isLetIn = (it: WithGuests, person: PersonId | null): boolean => {
  const guest = guestOf(it, person);
  return guest !== null && guest.away !== true && it.guests?.open === true;
};

/** "Kim (guest)": nobody is taken for a colleague by a name they typed. */
export const guestName = ({ name }: Pick<Guest, 'name'>): string => `${name} (guest)`;

/** Names of guests by id, as everybody reads them. */
export const guestNames = ({ guests }: WithGuests): readonly (readonly [PersonId, string])[] =>
  (guests?.all ?? []).map((it) => [it.id, guestName(it)] as const);
