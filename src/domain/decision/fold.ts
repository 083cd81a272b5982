import type { DecisionEvent } from './command.ts';
import { inForce, type Decision } from './decision.ts';

const unsaid = { chosen: '', rationale: '', dissent: '', confidence: null, expectedSignal: '' } as const;

/** The state after one more event; one that does not fit changes nothing. */
export function foldDecision(state: Decision | null, event: DecisionEvent): Decision | null {
  const { at, actor } = event;
  if (event.type === 'opened') {
    const { facts, place } = event.data;
    return {
      ...{ ...facts, ...place, ...unsaid, revisitOn: null, inForceFrom: null },
      ...{ status: 'open', title: facts.question, owner: facts.decider },
      ...{ raisedBy: actor.person, raisedAt: at, closedAt: null },
      ...{ decidedAt: null, recordedBy: null, revisitBecause: '', supersededBy: null, ended: null },
    };
  }
  if (state === null) return null;
  switch (event.type) {
    case 'amended': {
      const next = { ...state, ...event.data.change };
      return { ...next, title: next.question, owner: next.decider };
    }
    case 'decided': {
      if (state.status !== 'open') return state;
      const recordedBy = actor.person === state.decider ? null : actor.person;
      return { ...state, ...event.data.verdict, status: 'decided', decidedAt: at, recordedBy };
    }
    case 'took-force':
      return state.status === 'decided' ? { ...state, status: 'in-force' } : state;
    case 'filled-in':
      return { ...state, ...event.data.change };
    case 'revisit-called': {
      const stands = state.status === 'decided' || inForce.includes(state.status);
      return stands
        ? { ...state, status: 'revisit-due', revisitBecause: event.data.because, revisitSince: at }
        : state;
    }
    case 'reaffirmed':
      if (!inForce.includes(state.status)) return state;
      return {
        ...state,
        status: 'reaffirmed',
        revisitOn: event.data.revisitOn,
        revisitBecause: '',
        revisitSince: null,
      };
    case 'superseded': {
      const ended = { at, by: actor.person, reason: '' };
      return { ...state, status: 'superseded', supersededBy: event.data.by, closedAt: at, ended };
    }
    case 'reversed':
    case 'withdrawn': {
      const ended = { at, by: actor.person, reason: event.data.reason };
      return { ...state, status: event.type, closedAt: at, ended };
    }
  }
}
