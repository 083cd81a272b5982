import { PAGE_ID, isBinding, isShape, type BoardRecord, type BoardShape } from '../schema/records.ts';

export interface Settled {
  /** Records that can be put together without harm. */
  readonly put: readonly BoardRecord[];
  /** Bindings that must not be shown yet. */
  readonly withhold: readonly string[];
  /** Ids to look at again when more arrives. */
  readonly waiting: readonly string[];
}

/**
 * Makes records safe to show while the document holds what concurrent edits made (the server's repair is on its way): a
 * circle of parents would hang the editor, so its smallest id is shown on the page; so is a shape whose parent is not
 * there; a binding waits for both its ends. Changes nothing in the document.
 */
export function settleTree(
  records: readonly BoardRecord[],
  inStore: (id: string) => BoardRecord | undefined,
): Settled {
  const fresh = new Map(records.map((record) => [record.id as string, record]));
  const get = (id: string) => fresh.get(id) ?? inStore(id);
  const waiting: string[] = [];
  for (const record of records) {
    if (!isShape(record)) continue;
    const parent = get(record.parentId);
    if (record.parentId !== PAGE_ID && !(parent && isShape(parent))) {
      waiting.push(record.id);
      fresh.set(record.id, onPage(record));
      continue;
    }
    const circle = circleFrom(record, get);
    const weakest = circle.length > 0 ? get(circle.reduce((a, b) => (a < b ? a : b))) : undefined;
    if (weakest && isShape(weakest)) {
      waiting.push(weakest.id);
      fresh.set(weakest.id, onPage(weakest));
    }
  }
  const withhold = records
    .filter(isBinding)
    .filter(({ fromId, toId }) => !get(fromId) || !get(toId))
    .map((binding) => binding.id as string);
  const held = new Set(withhold);
  return {
    put: [...fresh.values()].filter((record) => !held.has(record.id)),
    withhold,
    waiting: [...waiting, ...withhold],
  };
}

const onPage = (shape: BoardShape): BoardShape => ({ ...shape, parentId: PAGE_ID as BoardShape['parentId'] });

/** The ids of the circle of parents a shape runs into; empty when its chain ends. */
function circleFrom(shape: BoardShape, get: (id: string) => BoardRecord | undefined): string[] {
  const path: string[] = [];
  let at: BoardRecord | undefined = shape;
  while (at && isShape(at)) {
    const seen = path.indexOf(at.id);
    if (seen >= 0) return path.slice(seen);
    path.push(at.id);
    at = get(at.parentId);
  }
  return [];
}
