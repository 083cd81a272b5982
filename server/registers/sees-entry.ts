import type { Decision } from '#domain/decision/decision.ts';
import type { Entry } from '#domain/register/entry.ts';
import type { Viewer } from '../app.ts';

/** False for an entry on a board that is hidden from whoever looks, unless it names him. */
export function seesEntry(
  { seer }: { readonly seer?: Pick<Viewer, 'personId' | 'hiddenBoards'> },
  state: Entry,
): boolean {
  if (seer === undefined || state.board === null || !seer.hiddenBoards.includes(state.board)) return true;
  const { consulted = [], informed = [] } = state as Partial<Pick<Decision, 'consulted' | 'informed'>>;
  return [state.owner, state.raisedBy, state.asked, ...consulted, ...informed].includes(seer.personId);
}
