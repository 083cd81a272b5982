import { concernsEntry } from '#domain/register/concerned.ts';
import type { Entry } from '#domain/register/entry.ts';
import type { Viewer } from '../app.ts';

/** False for an entry on a board that is hidden from whoever looks, unless it names him. */
export function seesEntry(
  { seer }: { readonly seer?: Pick<Viewer, 'personId' | 'hiddenBoards'> },
  state: Entry,
): boolean {
  if (seer === undefined || state.board === null || !seer.hiddenBoards.includes(state.board)) return true;
  return concernsEntry(state, seer.personId);
}
