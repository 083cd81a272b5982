import { coreOf } from './core.ts';
import type { Dependency } from './dependency.ts';
import type { DependencyEvent } from './event.ts';

/** What happens to an agreement, how an ask ends, and what follows from a no; null when the event does not fit. */
export function foldEnding(state: Dependency, event: DependencyEvent): Dependency | null {
  const core = coreOf(state);
  const { at } = event;
  switch (event.type) {
    case 'declined':
      if (state.status !== 'requested' && state.status !== 'countered') return null;
      return { ...core, respondBy: null, status: 'declined', reason: event.data.reason, at, choice: null };
    case 'withdrawn':
      if (!['draft', 'requested', 'countered', 'accepted'].includes(state.status)) return null;
      return { ...core, respondBy: null, status: 'withdrawn', reason: event.data.reason, at };
    case 'flagged': {
      if (state.status !== 'accepted') return null;
      const { date, why } = event.data;
      return { ...state, atRisk: { date, why, at }, firstFlaggedAt: state.firstFlaggedAt ?? at };
    }
    case 'unflagged':
      return state.status === 'accepted' ? { ...state, atRisk: null } : null;
    case 'delivered': {
      if (state.status !== 'accepted') return null;
      const { agreement } = state;
      return { ...core, status: 'delivered', agreement, evidence: event.data.evidence, deliveredAt: at };
    }
    case 'confirmed': {
      if (state.status !== 'delivered') return null;
      const { agreement, deliveredAt } = state;
      return { ...core, status: 'confirmed', agreement, deliveredAt, confirmedAt: at };
    }
    case 'rejected': {
      if (state.status !== 'delivered') return null;
      const { agreement } = state;
      const reopened = { why: event.data.reason, at };
      return { ...core, status: 'accepted', agreement, atRisk: null, reopened };
    }
    case 'reneged': {
      if (state.status !== 'accepted') return null;
      const { agreement } = state;
      return { ...core, status: 'revoked', reason: event.data.reason, at, agreement, choice: null };
    }
    case 'chosen': {
      if (state.status !== 'declined' && state.status !== 'revoked') return null;
      const { choice: kind, text, owner, decisionId } = event.data;
      return { ...state, choice: { kind, text, owner, decisionId, by: event.actor.person, at } };
    }
    default:
      return null;
  }
}
