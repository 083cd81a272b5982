import type { PersonId } from '../access/standing.ts';
import type { Instant } from '../time.ts';
import { presence } from './clock.ts';
import { isPresent, type Session } from './session.ts';

/** How somebody of the room is, to whoever looks. */
export type Presence = 'here' | 'reconnecting' | 'left';

/** Who was heard of when, as the server said at an instant of its own clock. */
export interface Heard {
  readonly at: Instant;
  readonly by: Readonly<Record<PersonId, Instant>>;
}

/**
 * How somebody is (facilitation.md F0.5), by what the server heard of them until it said so: a reader who has lost the line
 * finds nobody else silent. Where the log says that somebody left, that counts.
 */
export function presenceOf(it: Pick<Session, 'people'>, person: PersonId, heard: Heard): Presence {
  if (!isPresent(it, person)) return 'left';
  const came = it.people[person]?.visits.at(-1)?.from ?? heard.at;
  // Who is not in it has come since: that was the last heard of them.
  const silent = heard.at - Math.max(came, heard.by[person] ?? heard.at);
  if (silent >= presence.leftMs) return 'left';
  return silent >= presence.reconnectingMs ? 'reconnecting' : 'here';
}
