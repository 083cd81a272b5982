import type { PersonId } from '../access/standing.ts';
import type { Decision } from '../decision/decision.ts';
import type { TriageItem } from '../triage/triage-item.ts';
import type { Entry } from './entry.ts';

type Named = Partial<Pick<Decision, 'consulted' | 'informed'> & Pick<TriageItem, 'people'>>;

/** True for those an entry concerns, whatever else they may see: whom it names. */
export function concernsEntry(it: Entry, person: PersonId): boolean {
  const { consulted = [], informed = [], people = [] } = it as Named;
  return [it.owner, it.raisedBy, it.asked, ...consulted, ...informed, ...people].includes(person);
}
