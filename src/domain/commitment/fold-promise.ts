import {
  saidByCard,
  type BrokenBasis,
  type Commitment,
  type CommitmentCore,
  type RescopeReason,
  type Version,
} from './commitment.ts';
import type { CommitmentEvent } from './event.ts';
import type { Terms } from './terms.ts';

/** What happens to an offer and to a promise while it runs; null when the event is of another kind or does not fit. */
export function foldPromise(state: Commitment, event: CommitmentEvent): Commitment | null {
  switch (event.type) {
    case 'accepted': {
      if (state.status !== 'proposed') return null;
      const { terms, confidence, perSource, period = state.source.period } = event.data;
      const offered = { ...coreOf(state), source: { ...state.source, period } };
      const core = withVersion(offered, { terms, event, reason: null, text: '' });
      return {
        ...core,
        status: 'committed',
        reopenedAt: null,
        confidenceAtAccept: confidence,
        acceptedAt: event.at,
        acceptedPerSource: perSource,
      };
    }
    case 'change-proposed':
      if (state.status !== 'proposed') return null;
      return { ...state, counter: { change: event.data.change, text: event.data.text, at: event.at } };
    case 'change-agreed':
      if (state.status !== 'proposed') return null;
      return {
        ...state,
        ...{ offered: event.data.terms, offeredAt: event.at, counter: null, onCard: saidByCard(state) },
      };
    case 'change-refused':
      return state.status === 'proposed' ? { ...state, counter: null } : null;
    case 'declined':
    case 'parked': {
      if (state.status !== 'proposed') return null;
      const ended = { at: event.at, by: event.actor.person, reason: event.data.reason };
      return { ...coreOf(state), status: event.type, ended };
    }
    case 'checked-in': {
      const { filled: _, snapshot: _then, ...report } = event.data;
      const { at, actor } = event;
      const checkIn = { ...report, at, by: actor.person, via: actor.via, undone: false };
      if (state.checkIns.some(({ id }) => id === checkIn.id)) return null;
      return { ...state, checkIns: [...state.checkIns, checkIn] };
    }
    case 'check-in-undone':
      return {
        ...state,
        checkIns: state.checkIns.map((it) => (it.id === event.data.id ? { ...it, undone: true } : it)),
      };
    case 'rescope-asked': {
      if (state.status !== 'committed') return null;
      const { offered, ...asked } = event.data;
      const pending = { ...asked, askedBy: event.actor.person, askedAt: event.at };
      return { ...(offered === null ? state : seenOnCard(state, offered)), pending };
    }
    case 'offer-noted':
      return seenOnCard(state, event.data.offered);
    case 'rescope-agreed': {
      if (state.status !== 'committed' || state.pending === null) return null;
      const { by, reason, text, decisionId } = event.data;
      const agreed = by === 'owner' ? { ownerAgreed: true } : { sponsorAgreed: true };
      return { ...state, pending: { ...state.pending, ...agreed, reason, text, decisionId } };
    }
    case 'rescope-refused':
      return state.status === 'committed' ? { ...state, pending: null } : null;
    case 'rescoped': {
      if (state.status !== 'committed') return null;
      const { terms, team, reason, text, decisionId, easedBy, daysSlipped } = event.data;
      const said = { choice: 're-scope', why: text, by: event.actor.person, at: event.at } as const;
      // The record put right, or a source that counts anew, answers nothing.
      const answers = reason !== 'import' && reason !== 'correction';
      const kept = answers ? withAnswer(state, said) : state;
      const moved = { ...kept, team, pending: null };
      return withVersion(moved, { terms, event, reason, text, decisionId, easedBy, daysSlipped });
    }
    case 'basis-broken': {
      if (state.status !== 'committed' && state.status !== 'proposed') return null;
      const { assumption, statement, answerBy } = event.data;
      const basis: BrokenBasis = { assumption, statement, at: event.at, answerBy, answer: null };
      return { ...state, bases: [...(state.bases ?? []), basis] };
    }
    case 'basis-answered': {
      const { assumptions, why } = event.data;
      const said = { choice: 'continue', why, by: event.actor.person, at: event.at } as const;
      return withAnswer(state, said, assumptions);
    }
    case 'handover-asked': {
      const { to } = event.data;
      return state.status === 'committed'
        ? { ...state, handover: { to, by: event.actor.person, at: event.at } }
        : null;
    }
    case 'handed-over':
      return state.status === 'committed'
        ? { ...state, owner: event.data.to, handover: null, delegate: null }
        : null;
    case 'delegate-named':
      return { ...state, delegate: event.data.person };
    case 'contribution-said':
    case 'contribution-ended': {
      const { to, sponsor } = event.data;
      const others = (state.contributesTo ?? []).filter((id) => id !== to);
      const contributesTo = event.type === 'contribution-said' ? [...others, to] : others;
      return { ...state, contributesTo, sponsor };
    }
    default:
      return null;
  }
}

/** A commit looked at the card: what it says is known again. */
function seenOnCard<T extends CommitmentCore>(state: T, offered: Terms): T {
  const { onCard: _, ...rest } = state;
  return { ...rest, offered } as T;
}

/** Answers open questions about failed assumptions: the named ones, or all. */
function withAnswer<T extends CommitmentCore>(
  state: T,
  answer: NonNullable<BrokenBasis['answer']>,
  only?: readonly string[],
): T {
  if (state.bases === undefined) return state;
  const bases = state.bases.map((it) =>
    it.answer === null && (only === undefined || only.includes(it.assumption)) ? { ...it, answer } : it,
  );
  return { ...state, bases };
}

/** The part that every state has. */
export function coreOf(state: Commitment): CommitmentCore {
  const { source, owner, team, reviewer, sponsor, delegate, handover, offered, offeredAt, versions } = state;
  const { confidenceAtAccept, acceptedAt, acceptedPerSource, pending, checkIns } = state;
  const { predecessor, carryCount, closesAt, corrections } = state;
  return {
    ...{ source, owner, team, reviewer, sponsor, delegate, handover, offered, offeredAt, versions },
    ...{ confidenceAtAccept, acceptedAt, acceptedPerSource, pending, checkIns },
    ...{ predecessor, carryCount, closesAt, corrections },
    ...(state.contributesTo === undefined ? {} : { contributesTo: state.contributesTo }),
    ...(state.bases === undefined ? {} : { bases: state.bases }),
    ...(state.onCard === undefined ? {} : { onCard: state.onCard }),
  };
}

/** Adds a version; those before it are never touched. */
export function withVersion<T extends CommitmentCore>(
  state: T,
  next: {
    readonly terms: Terms;
    readonly event: CommitmentEvent;
    readonly reason: RescopeReason | null;
    readonly text: string;
    readonly decisionId?: string | null;
    readonly easedBy?: number;
    readonly daysSlipped?: number;
  },
): T {
  const version: Version = {
    number: state.versions.length + 1,
    terms: next.terms,
    at: next.event.at,
    by: next.event.actor.person,
    reason: next.reason,
    text: next.text,
    decisionId: next.decisionId ?? null,
    easedBy: next.easedBy ?? 0,
    daysSlipped: next.daysSlipped ?? 0,
  };
  return { ...state, versions: [...state.versions, version] };
}
