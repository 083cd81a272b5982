import type { TriageEvent, TriageItem } from './triage-item.ts';

/** The state after one more event; one that does not fit changes nothing. */
export function foldTriage(state: TriageItem | null, event: TriageEvent): TriageItem | null {
  const { at, actor } = event;
  if (event.type === 'raised') {
    const { facts, place, rank } = event.data;
    return {
      ...{ ...facts, ...place, rank, status: 'new', owner: null },
      ...{ raisedBy: actor.person, raisedAt: at, closedAt: null },
      ...{ assessment: '', people: [], action: '', actBy: null, closing: null },
    };
  }
  if (state === null) return null;
  switch (event.type) {
    case 'amended':
      return { ...state, ...event.data.change };
    case 'placed':
      return { ...state, status: event.data.where };
    case 'handed-over':
      return { ...state, status: 'new', team: event.data.team, owner: null };
    case 'assessed': {
      const { text, weight } = event.data;
      return { ...state, status: 'assess', assessment: text, weight: weight ?? state.weight };
    }
    case 'taken-together':
      return { ...state, status: 'collaborate', people: event.data.people };
    case 'action-agreed': {
      const { owner, by, text } = event.data;
      return { ...state, status: 'act', owner, actBy: by, action: text };
    }
    case 'closed':
      return { ...state, status: 'closed', closing: event.data, closedAt: at };
    case 'reopened':
      return { ...state, status: 'now', closing: null, closedAt: null };
    case 'ranked':
      return { ...state, rank: event.data.rank };
  }
}
