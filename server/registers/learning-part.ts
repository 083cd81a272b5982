import { learningRules, type Learning, type LearningEvent } from '#domain/triage/learning.ts';
import { learning } from '../store/schema.ts';
import { isUuid } from '../store/uuid.ts';
import { affecting, fact, type RegisterPart, type StateLink } from './part.ts';

const linkable = ['commitment', 'decision', 'assumption', 'risk', 'triage-item', 'interrupt'];

/** What was learned, and what changed because of it (tracking.md T17). */
export const learningPart: RegisterPart<Learning, LearningEvent> = {
  kind: 'learning',
  table: learning,
  rules: learningRules,
  columns: (it) => ({
    cause: it.cause,
    fromKind: it.fromKind,
    fromId: isUuid(it.fromId ?? '') ? it.fromId : null,
  }),
  links: (it) => [
    ...affecting('learned-from', it.affects),
    ...fromLink(it),
    ...(it.change !== null && it.change.kind !== 'text' && it.change.id !== null
      ? [{ relation: 'changes', kind: it.change.kind, id: it.change.id }]
      : []),
  ],
  flags: () => [],
  row: (it, _weight, words) => ({ cause: it.cause, change: changeWords(it, (id) => words.commitment(id)) }),
  facts: (it, words) => [
    ...fact('cause', 'Cause', it.cause?.replaceAll('-', ' ') ?? null),
    ...fact(
      'change',
      'What changed',
      it.change === null ? 'none yet' : changeWords(it, (id) => words.commitment(id)),
    ),
  ],
  sentence: (event) => (event.type === 'learned' ? 'Learned.' : 'Said what changed because of it.'),
};

function fromLink({ fromKind, fromId, affects }: Learning): readonly StateLink[] {
  if (fromKind === null || fromId === null || !isUuid(fromId) || !linkable.includes(fromKind)) return [];
  if (affects.includes(fromId)) return [];
  return [{ relation: 'learned-from', kind: fromKind as StateLink['kind'], id: fromId }];
}

function changeWords({ change }: Learning, commitment: (id: string) => string): string {
  if (change === null) return '';
  if (change.text !== '') return change.text;
  return change.kind === 'commitment' ? commitment(change.id ?? '') : `A ${change.kind.replace('-', ' ')}`;
}
