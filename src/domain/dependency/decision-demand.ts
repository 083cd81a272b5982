import type { Dependency } from './dependency.ts';
import type { DependencyEvent } from './event.ts';

/** Why two teams need a decision they cannot take between them. */
export type DemandReason = 'rounds' | 'no';

/**
 * Whether what happened calls for a joint decision (tracking.md T5): the rounds of counter-offers are used up, or the asking
 * side answers a no by escalating it without naming a decision that is there already.
 */
export function decisionDemanded(
  before: Pick<Dependency, 'escalated'>,
  events: readonly DependencyEvent[],
): DemandReason | null {
  for (const { type, data } of events) {
    if ((type === 'countered' || type === 're-requested') && data.escalates && !before.escalated)
      return 'rounds';
    if (type === 'chosen' && data.choice === 'escalate' && data.decisionId === null) return 'no';
  }
  return null;
}

/** The question both teams are asked to settle. */
export function demandQuestion(
  reason: DemandReason,
  what: string,
  requester: string,
  provider: string,
): string {
  return reason === 'rounds'
    ? `How do ${requester} and ${provider} settle “${what}”?`
    : `What follows from the no to “${what}”?`;
}
