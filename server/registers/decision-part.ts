import type { DecisionEvent } from '#domain/decision/command.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { decisionRules } from '#domain/decision/decision-rules.ts';
import { decisionFlags } from '#domain/decision/flags.ts';
import { decision } from '../store/schema.ts';
import { dayWords } from '../tracking/day-words.ts';
import { affecting, fact, metricWords, percent, type RegisterPart, type StateLink } from './part.ts';

/** Decisions (tracking.md T6). */
export const decisionPart: RegisterPart<Decision, DecisionEvent> = {
  kind: 'decision',
  table: decision,
  rules: decisionRules,
  columns: (it) => ({
    kind: it.kind,
    neededBy: it.neededBy,
    decidedAt: it.decidedAt === null ? null : new Date(it.decidedAt),
    revisitOn: it.revisitOn,
    supersedes: it.supersedes,
  }),
  links: (it) => [
    ...affecting('affects', it.affects),
    ...one('supersedes', 'decision', it.supersedes),
    ...one('rests-on', 'assumption', it.triggerAssumption),
  ],
  flags: decisionFlags,
  row: (it) => ({
    decisionKind: it.kind,
    neededBy: it.neededBy,
    decidedAt: it.decidedAt,
    chosen: it.chosen,
    revisitOn: it.revisitOn,
    revisitSince: it.revisitSince ?? null,
  }),
  facts: (it, words) => [
    ...fact('chosen', 'Decided', it.chosen),
    ...fact('rationale', 'Because', it.rationale),
    ...it.options.flatMap((option, at) =>
      fact(
        `option-${at + 1}`,
        `Option ${at + 1}`,
        [
          option.text,
          option.for && `For: ${option.for}`,
          option.against && `Against: ${option.against}`,
          option.cost && `Costs: ${option.cost}`,
        ]
          .filter((part) => part !== '')
          .join('\n'),
      ),
    ),
    ...fact('dissent', 'Dissent', it.dissent),
    ...fact('confidence', 'Confidence', percent(it.confidence)),
    ...fact('expectedSignal', 'We will know it was right if', it.expectedSignal),
    ...fact('recordedBy', 'Written down by', it.recordedBy === null ? null : words.person(it.recordedBy)),
    ...fact('consulted', 'Consulted', it.consulted.map((id) => words.person(id)).join(', ')),
    ...fact('informed', 'Informed', it.informed.map((id) => words.person(id)).join(', ')),
    ...fact(
      'reversible',
      'Reversible',
      it.reversible === null ? null : it.reversible ? 'yes' : 'no, or hardly',
    ),
    ...fact('trigger', 'Look again when', it.trigger),
    ...fact('triggerMetric', 'Look again unless', metricWords(it.triggerMetric ?? null, words)),
    ...fact('revisit', 'Up for another look', it.revisitBecause),
    ...fact('sets', 'It sets', it.sets.map(({ field, value }) => `${field}: ${value}`).join('\n')),
    ...fact('ended', 'Ended because', it.ended?.reason ?? null),
  ],
  sentence(event, words) {
    switch (event.type) {
      case 'opened':
        return `Asked; ${words.person(event.data.facts.decider)} decides${event.data.facts.neededBy === null ? '' : `, needed by ${dayWords(event.data.facts.neededBy)}`}.`;
      case 'amended':
        return 'Changed the question.';
      case 'decided':
        return `Decided: ${event.data.verdict.chosen}.`;
      case 'took-force':
        return 'In force.';
      case 'filled-in':
        return 'Filled in what was left empty.';
      case 'revisit-called':
        return `Up for another look. ${event.data.because}`;
      case 'reaffirmed':
        return `Reaffirmed${event.data.revisitOn === null ? '' : `; looked at again on ${dayWords(event.data.revisitOn)}`}.`;
      case 'superseded':
        return 'A later decision took its place.';
      case 'reversed':
        return 'Reversed.';
      case 'withdrawn':
        return 'Withdrew the question.';
    }
  },
};

const one = (relation: string, kind: StateLink['kind'], id: string | null): readonly StateLink[] =>
  id === null ? [] : [{ relation, kind, id }];
