import { allowed, refused } from '../outcome.ts';
import { isLocalDate } from '../rhythm/local-time.ts';
import { respondByFrom } from './decide-agreement.ts';
import type { Asked, DependencyOutcome } from './asked.ts';
import type { DependencyCommand, DraftDependency } from './command.ts';
import type { Dependency } from './dependency.ts';
import { rolesOf } from './roles.ts';

type Saving = Omit<Asked<Extract<DependencyCommand, { type: 'save' | 'import' }>>, 'roles'>;

/**
 * The facts on the arrow. Before it is sent anybody who plans may write them; afterwards the asking side or a commit:
 * a change of what was agreed opens the agreement again, so that both look at it.
 */
export function decideSave(state: Dependency | null, saving: Saving): DependencyOutcome {
  const { command, actor, at, context } = saving;
  const { type: _, ...rest } = command;
  // The arrow says nothing of how one will know: what was said when it was sent stays.
  const acceptanceTest = rest.ask.acceptanceTest || (state?.ask.acceptanceTest ?? '');
  const ask = { ...rest.ask, acceptanceTest };
  const draft: DraftDependency = { ...rest, ask, servedBy: command.servedBy ?? state?.servedBy ?? null };
  const { neededBy, what } = draft.ask;
  if (neededBy !== null && !isLocalDate(neededBy)) {
    return refused('invalid', 'Give the day it is needed by, like 2026-09-30.', { path: 'neededBy' });
  }
  if (command.type === 'import') return decideImport(state, saving, command);
  if (what.trim() === '') return refused('invalid', 'Say what is needed.', { path: 'what' });
  if (draft.providerTeam === null) {
    return refused('provider-missing', 'Point the arrow at a card or area of the team that provides it.');
  }
  const roles = rolesOf(
    { requester: draft.requester, provider: { team: draft.providerTeam, person: null } },
    actor,
    context.standing,
    context,
  );
  if (state === null) {
    if (!roles.has('writer')) return refused('not-yours', 'Only a member can draw an ask.');
    return allowed([{ type: 'drafted', data: draft, at, actor }]);
  }
  if (same(state, draft)) return allowed([]);
  const own = rolesOf(state, actor, context.standing, context);
  switch (state.status) {
    case 'draft':
      if (!own.has('writer')) return refused('not-yours', 'Only a member can change an ask.');
      return allowed([{ type: 'changed', data: { ...draft, reopens: false, respondBy: null }, at, actor }]);
    case 'requested':
    case 'countered':
    case 'accepted':
    case 'delivered': {
      if (!own.has('requester') && !own.has('committer')) {
        return refused('not-yours', 'It was sent: only the asking side can change it now.');
      }
      const reopens = state.status === 'accepted' || state.status === 'delivered';
      const respondBy = state.respondBy === null ? null : respondByFrom(at, context);
      return allowed([{ type: 'changed', data: { ...draft, reopens, respondBy }, at, actor }]);
    }
    case 'confirmed':
    case 'declined':
    case 'revoked':
    case 'withdrawn':
      if (own.has('committer')) return allowed([]);
      return refused('wrong-state', 'This ask has ended: draw a new arrow for a new one.');
  }
}

/** A newer file may say more, as long as nobody here has acted on what the older one said. */
function decideImport(
  state: Dependency | null,
  { actor, at, context }: Saving,
  { type: _, ...data }: Extract<DependencyCommand, { type: 'import' }>,
): DependencyOutcome {
  if (!context.importing) return refused('not-yours', 'Only an import can say how an ask stood elsewhere.');
  if (state !== null && !state.imported) return allowed([]);
  if (state !== null && state.status === data.state && same(state, data)) return allowed([]);
  return allowed([{ type: 'imported', data, at, actor }]);
}

function same(state: Dependency, draft: DraftDependency): boolean {
  const { ask, requester } = draft;
  return (
    (Object.keys(ask) as (keyof typeof ask)[]).every((field) => ask[field] === state.ask[field]) &&
    requester.objective === state.requester.objective &&
    requester.team === state.requester.team &&
    requester.owner === state.requester.owner &&
    draft.providerTeam === state.provider.team &&
    draft.servedBy === state.servedBy
  );
}
