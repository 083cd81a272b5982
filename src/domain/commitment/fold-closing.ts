import { saidByCard, termsNow, type Cause, type Commitment } from './commitment.ts';
import type { CommitmentEvent } from './event.ts';
import { coreOf, withVersion } from './fold-promise.ts';
import { lastValues } from './check-in.ts';

/** How a promise ends, is looked at and is put right; null when the event is of another kind or does not fit. */
export function foldClosing(state: Commitment, event: CommitmentEvent): Commitment | null {
  const core = coreOf(state);
  switch (event.type) {
    case 'completed': {
      if (state.status !== 'committed') return null;
      const { evidence, link, doneAt, late, values } = event.data;
      const done = { at: event.at, doneAt, evidence, link, late, values, acknowledgedBy: null };
      return { ...core, pending: null, handover: null, status: 'done', done };
    }
    case 'acknowledged':
      if (state.status !== 'done') return null;
      return { ...state, done: { ...state.done, acknowledgedBy: event.actor.person } };
    case 'rejected':
    case 'reopened':
      if (state.status !== 'done' && state.status !== 'missed') return null;
      return { ...core, status: 'committed', reopenedAt: event.at };
    case 'missed': {
      if (state.status !== 'committed') return null;
      const { lastConfidence, firstWarningAt } = event.data;
      const missed = { at: event.at, cause: null, lastConfidence, firstWarningAt, deliveredLate: null };
      return { ...core, pending: null, handover: null, status: 'missed', missed };
    }
    case 'cause-given': {
      const { cause: code, text } = event.data;
      return withCause(state, { code, text, by: event.actor.person, at: event.at });
    }
    case 'delivered-late':
      if (state.status !== 'missed') return null;
      return {
        ...state,
        missed: { ...state.missed, deliveredLate: { at: event.at, evidence: event.data.evidence } },
      };
    case 'dropped': {
      if (state.status !== 'committed') return null;
      const dropped = { at: event.at, cause: null, ...event.data };
      return { ...core, pending: null, handover: null, status: 'dropped', dropped };
    }
    case 'carried': {
      // What the clock ended stays missed: a promise ends once.
      if (state.status === 'missed' && state.missed.carriedTo === undefined)
        return { ...state, missed: { ...state.missed, carriedTo: event.data.to } };
      if (state.status !== 'committed') return null;
      const carried = { at: event.at, to: event.data.to, cause: null };
      return { ...core, pending: null, handover: null, status: 'carried', carried };
    }
    case 'corrected':
      return foldCorrection(state, event);
    default:
      return null;
  }
}

function withCause(state: Commitment, cause: Cause): Commitment | null {
  if (state.status === 'missed') return { ...state, missed: { ...state.missed, cause } };
  if (state.status === 'dropped') return { ...state, dropped: { ...state.dropped, cause } };
  if (state.status === 'carried') return { ...state, carried: { ...state.carried, cause } };
  return null;
}

function foldCorrection(
  state: Commitment,
  event: Extract<CommitmentEvent, { type: 'corrected' }>,
): Commitment | null {
  const { correction, before, note } = event.data;
  const entry = {
    ...{ at: event.at, by: event.actor.person, note, field: correction.field, before },
    after: correction,
  };
  const noted = { ...state, corrections: [...state.corrections, entry] };
  switch (correction.field) {
    case 'terms': {
      const terms = { ...termsNow(noted), ...correction.change };
      // Before a yes there is no version: what is offered is put right, whatever its card goes on saying.
      if (noted.versions.length === 0) return { ...noted, offered: terms, onCard: saidByCard(noted) };
      const { late } = correction;
      const ended =
        noted.status === 'done' && late !== undefined ? { ...noted, done: { ...noted.done, late } } : noted;
      return withVersion(ended, { terms, event, reason: 'correction', text: note });
    }
    case 'done-at':
      if (noted.status !== 'done') return null;
      return { ...noted, done: { ...noted.done, doneAt: correction.doneAt, late: correction.late } };
    case 'outcome': {
      const core = coreOf(noted);
      if (noted.status === 'done' && correction.outcome === 'missed') {
        const missed = { at: noted.done.at, cause: null, lastConfidence: null, firstWarningAt: null };
        return { ...core, status: 'missed', missed: { ...missed, deliveredLate: null } };
      }
      if (noted.status === 'missed' && correction.outcome === 'done') {
        const done = { at: noted.missed.at, doneAt: correction.doneAt, evidence: note, link: null };
        const values = lastValues(noted.checkIns);
        return {
          ...core,
          status: 'done',
          done: { ...done, late: correction.late, values, acknowledgedBy: null },
        };
      }
      return null;
    }
  }
}
