import type { LocalDate } from '../time.ts';
import type { Ask, Counter } from './dependency.ts';

/** What is asked once a counter-offer is taken: the requester's own date replaces the need's, a provider's does not. */
export function askAfter(ask: Ask, { by, date, scope }: Pick<Counter, 'by' | 'date' | 'scope'>): Ask {
  const neededBy: LocalDate | null = by === 'requester' ? (date ?? ask.neededBy) : ask.neededBy;
  return { ...ask, neededBy, detail: scope === '' ? ask.detail : scope };
}
