import type { Entry } from '#domain/register/entry.ts';
import type { StrategyFrame } from '#domain/strategy/strategy-frame.ts';
import type { Queries } from '../store/store.ts';
import { unseenSubjects } from '../tracking/unseen-subjects.ts';
import type { Seer } from '../tracking/seen.ts';

type Input = Readonly<Record<string, unknown>>;

/** What a list in a form left out only because it is hidden from who filled it in: it stays as it is. */
export async function unseenKept(
  tx: Queries,
  seer: Seer & { readonly organisationId: string },
  state: Entry,
  given: Input,
): Promise<Input> {
  if (seer.hiddenBoards.length === 0) return {};
  const kept: Record<string, unknown> = {};
  const { affects, priorities } = given;
  if (Array.isArray(affects)) {
    const subjects = state.affects.map((id) => ({ kind: 'commitment', id }));
    const unseen = await unseenSubjects(tx, seer, subjects);
    kept['affects'] = [...new Set([...(affects as readonly unknown[]), ...unseen])];
  }
  if (Array.isArray(priorities)) {
    const { priorities: before = [] } = state as Partial<Pick<StrategyFrame, 'priorities'>>;
    const unseen = before.filter(({ board }) => seer.hiddenBoards.includes(board));
    kept['priorities'] = [...(priorities as readonly unknown[]), ...unseen];
  }
  return kept;
}
