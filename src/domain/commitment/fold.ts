import { foldClosing } from './fold-closing.ts';
import { foldPromise } from './fold-promise.ts';
import type { Commitment, CommitmentCore } from './commitment.ts';
import type { CommitmentEvent } from './event.ts';

/**
 * The state after one more event. Total: an event that does not fit the state (history imported after an own act, a
 * clock that came second) changes nothing. null until the first offer.
 */
export function fold(state: Commitment | null, event: CommitmentEvent): Commitment | null {
  if (event.type === 'offered') return foldOffer(state, event);
  if (state === null) return null;
  return foldPromise(state, event) ?? foldClosing(state, event) ?? state;
}

/** The state after all events, from nothing or from a state already folded. */
export function foldAll(
  events: readonly CommitmentEvent[],
  from: Commitment | null = null,
): Commitment | null {
  return events.reduce(fold, from);
}

function foldOffer(
  state: Commitment | null,
  event: Extract<CommitmentEvent, { type: 'offered' }>,
): Commitment | null {
  if (state !== null && !['proposed', 'parked', 'declined'].includes(state.status)) return state;
  const { data, at } = event;
  const core: CommitmentCore = {
    source: data.source,
    owner: data.owner,
    team: data.team,
    reviewer: data.reviewer,
    sponsor: data.sponsor,
    delegate: state?.delegate ?? null,
    handover: null,
    offered: data.terms,
    offeredAt: at,
    versions: [],
    confidenceAtAccept: null,
    acceptedAt: null,
    acceptedPerSource: false,
    pending: null,
    checkIns: [],
    predecessor: data.predecessor ?? state?.predecessor ?? null,
    carryCount: data.carryCount ?? state?.carryCount ?? 0,
    closesAt: data.closesAt ?? state?.closesAt ?? null,
    corrections: state?.corrections ?? [],
  };
  return { ...core, status: 'proposed', counter: null };
}
