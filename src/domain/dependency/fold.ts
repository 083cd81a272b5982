import { askAfter } from './ask.ts';
import { coreFrom, coreOf } from './core.ts';
import type { Agreement, Dependency, DependencyCore } from './dependency.ts';
import type { DependencyEvent } from './event.ts';
import { foldImport } from './fold-import.ts';
import { foldEnding } from './fold-ending.ts';

/** The state after one more event. Total: an event that does not fit changes nothing. null until it is drawn. */
export function fold(state: Dependency | null, event: DependencyEvent): Dependency | null {
  if (event.type === 'imported') return foldImport(state, event);
  if (event.type === 'drafted') return state ?? { ...coreFrom(event.data), status: 'draft' };
  if (state === null) return null;
  const next = foldAsking(state, event) ?? foldEnding(state, event);
  return next === null ? state : { ...next, imported: false };
}

/** The state after all events, from nothing or from a state already folded. */
export function foldAll(
  events: readonly DependencyEvent[],
  from: Dependency | null = null,
): Dependency | null {
  return events.reduce(fold, from);
}

function foldAsking(state: Dependency, event: DependencyEvent): Dependency | null {
  const core = coreOf(state);
  const { at } = event;
  switch (event.type) {
    case 'requested': {
      if (state.status !== 'draft' && state.status !== 'requested') return null;
      const { respondBy, acceptanceTest = core.ask.acceptanceTest } = event.data;
      const ask = { ...core.ask, acceptanceTest };
      return { ...core, ask, respondBy, status: 'requested', requestedAt: at };
    }
    case 'changed':
      return foldChange(state, event);
    case 'accepted': {
      if (!['requested', 'countered', 'accepted'].includes(state.status)) return null;
      const { agreement, servedBy, confidence } = event.data;
      const agreed = agreedCore(core, agreement, servedBy, confidence);
      return { ...agreed, status: 'accepted', agreement, atRisk: null, reopened: null };
    }
    case 'countered': {
      if (!['requested', 'countered', 'accepted'].includes(state.status)) return null;
      const { counter, escalates } = event.data;
      const before =
        state.status === 'accepted' ? state.agreement : state.status === 'countered' ? state.before : null;
      return { ...core, ...countedRound(core, escalates), status: 'countered', counter, before };
    }
    case 're-requested': {
      if (state.status !== 'countered') return null;
      const { date, scope, respondBy, escalates } = event.data;
      const ask = askAfter(core.ask, { by: 'requester', date, scope });
      return {
        ...core,
        ...countedRound(core, escalates),
        ask,
        respondBy,
        status: 'requested',
        requestedAt: at,
      };
    }
    case 'upheld': {
      if (state.status !== 'countered' || state.before === null) return null;
      return { ...core, status: 'accepted', agreement: state.before, atRisk: null, reopened: null };
    }
    case 'owned-as-risk':
      return { ...state, riskOwner: event.data.owner };
    case 'said-yes-aloud':
      return state.status === 'requested' ? { ...state, saidYesAloud: at } : null;
    case 'served-by-named':
      return { ...state, servedBy: event.data.servedBy };
    default:
      return null;
  }
}

function foldChange(
  state: Dependency,
  event: Extract<DependencyEvent, { type: 'changed' }>,
): Dependency | null {
  const { ask, requester, providerTeam, servedBy, respondBy } = event.data;
  const provider = {
    team: providerTeam,
    person: providerTeam === state.provider.team ? state.provider.person : null,
  };
  const core = { ...coreOf(state), ask, requester, provider, servedBy };
  switch (state.status) {
    case 'draft':
      return { ...core, status: 'draft' };
    case 'requested':
    case 'countered':
      return { ...core, respondBy, saidYesAloud: null, status: 'requested', requestedAt: event.at };
    case 'accepted':
    case 'delivered': {
      const { agreement } = state;
      const reopened = { why: 'the ask was changed after it was agreed', at: event.at };
      const atRisk = state.status === 'accepted' ? state.atRisk : null;
      return { ...core, status: 'accepted', agreement, atRisk, reopened };
    }
    default:
      return null;
  }
}

function agreedCore(
  core: DependencyCore,
  agreement: Agreement,
  servedBy: string | null,
  confidence: number | null,
): DependencyCore {
  const provider = { ...core.provider, person: agreement.person };
  return { ...core, ask: agreement.ask, provider, servedBy, confidence, respondBy: null, saidYesAloud: null };
}

function countedRound(core: DependencyCore, escalates: boolean): { rounds: number; escalated: boolean } {
  return { rounds: core.rounds + 1, escalated: core.escalated || escalates };
}
