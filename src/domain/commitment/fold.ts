import { foldClosing } from './fold-closing.ts';
import { foldPromise } from './fold-promise.ts';
import type { Commitment, CommitmentCore } from './commitment.ts';
import type { Offer } from './command.ts';
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
  const fed = data.contributesTo ?? state?.contributesTo ?? [];
  const core: CommitmentCore = {
    source: data.source,
    owner: data.owner,
    team: data.team,
    reviewer: data.reviewer,
    sponsor: sponsorAfterOffer(state, data),
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
    ...(fed.length === 0 ? {} : { contributesTo: fed }),
  };
  return { ...core, status: 'proposed', counter: null };
}

/** A card offered once more knows nothing of what its promise contributes to: who agrees to changes for that stays. */
function sponsorAfterOffer(state: Commitment | null, { owner, sponsor }: Offer): Offer['sponsor'] {
  const agreeing = (state?.contributesTo ?? []).length > 0 ? (state?.sponsor ?? null) : null;
  return agreeing === null || agreeing === owner ? sponsor : agreeing;
}
