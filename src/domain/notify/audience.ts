import type { PersonId } from '../access/standing.ts';
import type { LocalDate } from '../time.ts';
import type { Hearer } from './ladder.ts';

/** The people round one promise. */
export interface Circle {
  readonly owner: PersonId | null;
  readonly reviewer: PersonId | null;
  readonly leads: readonly PersonId[];
  readonly sponsor: PersonId | null;
}

/** Who hears it. Nobody is told a second time as his own lead, reviewer or sponsor. */
export function peopleFor(hearer: Hearer, circle: Circle): readonly PersonId[] {
  const named = {
    owner: [circle.owner],
    reviewer: [circle.reviewer],
    lead: circle.leads,
    sponsor: [circle.sponsor],
  }[hearer];
  return named.flatMap((person) =>
    person === null || (hearer !== 'owner' && person === circle.owner) ? [] : [person],
  );
}

/** Who answers for a team: its leads, or every member when it has none (tracking.md T5). */
export function spokesPeople(
  members: readonly { readonly person: PersonId; readonly role: 'lead' | 'member' }[],
): readonly PersonId[] {
  const leads = members.filter(({ role }) => role === 'lead');
  return (leads.length > 0 ? leads : members).map(({ person }) => person);
}

/** Somebody away, both days included; the delegate, when named, gets what is asked meanwhile. */
export interface Absence {
  readonly person: PersonId;
  readonly delegate: PersonId | null;
  readonly start: LocalDate;
  readonly end: LocalDate;
}

export interface Receiver {
  readonly person: PersonId;
  /** Whose message it is, when that one is away. */
  readonly standsInFor: PersonId | null;
  /** False for somebody away without a delegate: it waits in the inbox, and no mail follows him. */
  readonly mail: boolean;
}

/** Who gets what is meant for a person on a day. A delegate who is away himself hands on; a circle of them hands back. */
export function receiverOf(person: PersonId, absences: readonly Absence[], today: LocalDate): Receiver {
  const seen = new Set<PersonId>();
  let current = person;
  for (;;) {
    const away = absences.find((it) => it.person === current && it.start <= today && today <= it.end);
    if (away === undefined) {
      return { person: current, standsInFor: current === person ? null : person, mail: true };
    }
    seen.add(current);
    if (away.delegate === null || seen.has(away.delegate)) return { person, standsInFor: null, mail: false };
    current = away.delegate;
  }
}
