import type { Risk, RiskEvent } from '#domain/risk/risk.ts';
import { riskFlags, riskRules } from '#domain/risk/risk-rules.ts';
import { risk } from '../store/schema.ts';
import { dayWords } from '../tracking/day-words.ts';
import { affecting, day, fact, type RegisterPart } from './part.ts';

const handlingLabels: Readonly<Record<string, string>> = {
  resolved: 'Resolved',
  accepted: 'Accepted because',
  mitigated: 'Plan against it',
  happened: 'What happened',
};

/** Risks and opportunities (tracking.md T8). */
export const riskPart: RegisterPart<Risk, RiskEvent> = {
  kind: 'risk',
  table: risk,
  rules: riskRules,
  columns: (it) => ({ sign: it.sign, probability: it.probability, reviewOn: it.followUp ?? it.reviewOn }),
  links: (it) => affecting('threatens', it.affects),
  flags: riskFlags,
  row: (it, weight) => ({
    sign: it.sign,
    probability: it.probability,
    exposure: it.probability === null ? null : it.probability * Math.max(1, weight),
    followUp: it.followUp,
    reviewOn: it.reviewOn,
  }),
  facts: (it, words) => [
    ...fact('detail', 'In more words', it.detail),
    ...fact('handling', handlingLabels[it.status] ?? 'Handled', it.handling?.text ?? null),
    ...fact('todos', 'To do', it.handling?.todos.join('\n') ?? null),
    ...fact('acceptedBy', 'Accepted by', it.acceptedBy === null ? null : words.person(it.acceptedBy)),
    ...fact('probability', 'Probability', it.probability === null ? null : `${it.probability} of 5`),
    ...fact('trigger', 'It shows when', it.trigger),
    ...fact('followUp', 'Its owner looks again', day(it.followUp)),
    ...fact('reviewOn', 'Reviewed', day(it.reviewOn)),
  ],
  sentence(event, words) {
    switch (event.type) {
      case 'raised':
        return event.data.facts.sign === 'risk' ? 'Raised the risk.' : 'Raised the opportunity.';
      case 'amended':
        return 'Changed it.';
      case 'resolved':
        return 'Resolved.';
      case 'owned':
        return `Owned by ${words.person(event.data.owner)}${event.data.followUp === null ? '' : `, who looks again on ${dayWords(event.data.followUp)}`}.`;
      case 'accepted':
        return `Accepted by ${words.person(event.data.by)}; reviewed on ${dayWords(event.data.reviewOn)}.`;
      case 'mitigated':
        return `Mitigated: ${event.data.plan}.`;
      case 'happened':
        return 'It happened; it is an issue in triage now.';
      case 'reopened':
        return 'Opened it again.';
    }
  },
};
