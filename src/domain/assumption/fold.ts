import type { Assumption, Evidence, Signpost } from './assumption.ts';
import type { AssumptionEvent } from './command.ts';

/** The state after one more event; one that does not fit changes nothing. */
export function foldAssumption(state: Assumption | null, event: AssumptionEvent): Assumption | null {
  const { at, actor } = event;
  if (event.type === 'assumed') {
    const { facts, place } = event.data;
    return {
      ...{ ...facts, ...place, status: 'untested', title: facts.statement, asked: askedIn(facts.signpost) },
      ...{ raisedBy: actor.person, raisedAt: at, closedAt: null },
      ...{ evidence: [], doubts: 0, endedBecause: '' },
    };
  }
  if (state === null) return null;
  const noted = (answer: Evidence['answer'], text: string): Assumption => ({
    ...state,
    evidence: [...state.evidence, { at, by: actor.person, answer, text }],
  });
  switch (event.type) {
    case 'amended': {
      const next = { ...state, ...event.data.change };
      return { ...next, title: next.statement, asked: askedIn(next.signpost) };
    }
    case 'checked': {
      const { answer, text, nextCheck } = event.data;
      const confidence = event.data.confidence ?? state.confidence;
      const next = { ...noted(answer, text), confidence, nextCheck };
      if (answer === 'holds') return { ...next, status: 'valid', doubts: 0 };
      return { ...next, doubts: state.doubts + 1 };
    }
    case 'doubted':
      return { ...state, status: 'doubtful' };
    case 'breached':
      return noted('breached', String(event.data.value));
    case 'invalidated': {
      const { reason } = event.data;
      return { ...noted('failed', reason), status: 'invalid', endedBecause: reason, nextCheck: null };
    }
    case 'retired':
      return { ...state, status: 'retired', endedBecause: event.data.reason, closedAt: at, nextCheck: null };
  }
}

const askedIn = (signpost: Signpost): string | null =>
  signpost.kind === 'question' ? signpost.person : null;
