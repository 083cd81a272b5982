import type { Risk, RiskEvent } from './risk.ts';

/** The state after one more event; one that does not fit changes nothing. */
export function foldRisk(state: Risk | null, event: RiskEvent): Risk | null {
  const { at, actor } = event;
  if (event.type === 'raised') {
    const { facts, place } = event.data;
    return {
      ...{ ...facts, ...place, status: 'new', owner: null },
      ...{ raisedBy: actor.person, raisedAt: at, closedAt: null },
      ...{ followUp: null, ownedAt: null, acceptedBy: null, handling: null },
    };
  }
  if (state === null) return null;
  const by = actor.person;
  switch (event.type) {
    case 'amended':
      return { ...state, ...event.data.change };
    case 'owned': {
      const { owner, followUp } = event.data;
      const ownedAt = state.status === 'owned' && state.owner === owner ? (state.ownedAt ?? at) : at;
      return { ...state, status: 'owned', owner, followUp, ownedAt };
    }
    case 'accepted': {
      const { reason, reviewOn } = event.data;
      const handling = { by: event.data.by, text: reason, todos: [] };
      return { ...state, status: 'accepted', acceptedBy: event.data.by, reviewOn, handling };
    }
    case 'mitigated': {
      const { plan, todos, reviewOn } = event.data;
      const handling = { by, text: plan, todos };
      return { ...state, status: 'mitigated', handling, reviewOn: reviewOn ?? state.reviewOn };
    }
    case 'resolved': {
      const handling = { by, text: event.data.reason, todos: [] };
      return { ...state, status: 'resolved', handling, closedAt: at };
    }
    case 'happened': {
      const handling = { by, text: event.data.what, todos: [] };
      return { ...state, status: 'happened', handling, closedAt: at };
    }
    case 'reopened':
      return { ...state, status: state.owner === null ? 'new' : 'owned', closedAt: null, handling: null };
  }
}
