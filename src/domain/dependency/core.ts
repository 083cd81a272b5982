import type { DraftDependency } from './command.ts';
import type { Dependency, DependencyCore } from './dependency.ts';

/** A need nobody has answered yet. */
export function coreFrom(draft: DraftDependency): DependencyCore {
  return {
    board: draft.board,
    key: draft.key,
    ask: draft.ask,
    requester: draft.requester,
    provider: { team: draft.providerTeam, person: null },
    servedBy: draft.servedBy,
    respondBy: null,
    rounds: 0,
    escalated: false,
    confidence: null,
    saidYesAloud: null,
    firstFlaggedAt: null,
    riskOwner: null,
    imported: false,
  };
}

/** The part that every state has. */
export function coreOf(state: Dependency): DependencyCore {
  const { board, key, ask, requester, provider, servedBy, respondBy, rounds, escalated } = state;
  const { confidence, saidYesAloud, firstFlaggedAt, riskOwner, imported } = state;
  return {
    ...{ board, key, ask, requester, provider, servedBy, respondBy, rounds, escalated },
    ...{ confidence, saidYesAloud, firstFlaggedAt, riskOwner, imported },
  };
}
