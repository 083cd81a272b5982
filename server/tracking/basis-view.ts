import { unseenWords } from '#domain/access/board-scope.ts';
import type { BrokenBasis } from '#domain/commitment/commitment.ts';
import type { BrokenBasisView } from '#protocol/views/tracking.ts';

/** An assumption that failed, as pages show it; `unseen`: assumptions hidden from who looks. */
export function viewBasis(
  { assumption, answer, statement, ...basis }: BrokenBasis,
  unseen: ReadonlySet<string>,
): BrokenBasisView {
  const shown = unseen.has(assumption)
    ? { assumptionId: null, statement: unseenWords }
    : { assumptionId: assumption, statement };
  if (answer === null) return { ...basis, ...shown, answer };
  const { by, ...said } = answer;
  return { ...basis, ...shown, answer: { ...said, byId: by } };
}
