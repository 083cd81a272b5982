import type { TriageEvent, TriageItem } from '#domain/triage/triage-item.ts';
import { triageFlags, triageRules } from '#domain/triage/triage-rules.ts';
import { triageItem } from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import { dayWords } from '../tracking/day-words.ts';
import { affecting, day, fact, type RegisterPart, type StateLink } from './part.ts';

/** Issues and opportunities (tracking.md T17). */
export const triagePart: RegisterPart<TriageItem, TriageEvent> = {
  kind: 'triage-item',
  table: triageItem,
  rules: triageRules,
  columns: (it) => ({
    kind: it.kind,
    weight: it.weight,
    rank: it.rank,
    actBy: it.actBy,
    raisedBy: it.raisedBy,
  }),
  links: (it) => [
    ...affecting('concerns', it.affects),
    ...originLink(it),
    ...(it.closing?.decision ? [link('closed-by', 'decision', it.closing.decision)] : []),
    ...(it.closing?.commitment ? [link('closed-by', 'commitment', it.closing.commitment)] : []),
  ],
  flags: (it, at, { zone }) => triageFlags(it, at, zone),
  row: (it) => ({
    itemKind: it.kind,
    ownWeight: it.weight,
    rank: it.rank,
    actBy: it.actBy,
    origin: it.origin,
  }),
  facts: (it, words) => [
    ...fact('detail', 'In more words', it.detail),
    ...fact('weight', 'Weight', String(it.weight)),
    ...fact('assessment', 'Assessed', it.assessment),
    ...fact('people', 'Worked on by', it.people.map((id) => words.person(id)).join(', ')),
    ...fact('action', 'Agreed action', it.action),
    ...fact('actBy', 'By', day(it.actBy)),
    ...fact('closing', 'Closed because', it.closing?.reason ?? null),
  ],
  sentence(event, words) {
    switch (event.type) {
      case 'raised':
        return event.data.facts.kind === 'issue' ? 'Raised the issue.' : 'Raised the opportunity.';
      case 'amended':
        return 'Changed it.';
      case 'placed':
        return { now: 'Now.', later: 'Later.', 'not-ours': 'Not ours.' }[event.data.where];
      case 'handed-over':
        return `Handed to ${words.team(event.data.team)}.`;
      case 'assessed':
        return `Assessed: ${event.data.text}`;
      case 'taken-together':
        return `Works on it with ${event.data.people.map((id) => words.person(id)).join(', ')}.`;
      case 'action-agreed':
        return `${words.person(event.data.owner)} acts by ${dayWords(event.data.by)}.`;
      case 'closed':
        return event.data.decision !== null
          ? 'Closed by a decision.'
          : event.data.commitment !== null
            ? 'Closed by a commitment.'
            : 'Closed.';
      case 'reopened':
        return 'Opened it again.';
      case 'ranked':
        return 'Moved it within the list.';
    }
  },
};

const link = (relation: string, kind: StateLink['kind'], id: string): StateLink => ({ relation, kind, id });

/** What it came from, when that is something with a page. */
function originLink({ origin, originId }: TriageItem): readonly StateLink[] {
  if (originId === null || !isUuid(originId)) return [];
  if (origin === 'risk' || origin === 'assumption' || origin === 'check-in') {
    return [link('raised-from', origin, originId)];
  }
  return origin === 'carried' ? [link('raised-from', 'commitment', originId)] : [];
}
