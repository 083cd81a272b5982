import * as Y from 'yjs';
import type { BoardRules } from '#server/sync/hooks.ts';
import { cardRules } from '../../sync/support/card-rules.ts';

const cardsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('cards');

/** Cards whose `parent` is gone: what two honest people make together when one deletes and the other moves. */
export const orphans = (doc: Y.Doc): string[] => {
  const cards = cardsOf(doc);
  return [...cards.entries()]
    .filter(
      ([, card]) =>
        card instanceof Y.Map &&
        typeof card.get('parent') === 'string' &&
        !cards.has(card.get('parent') as string),
    )
    .map(([id]) => id);
};

/** The card rules with one thing to repair: a card whose parent is gone lies on the board again. */
export const linkedCardRules: BoardRules = {
  ...cardRules,
  needsRepair: (doc, touched) =>
    touched.removed.size > 0 || [...touched.changed].some((id) => orphans(doc).includes(id)),
  repair: (doc) => {
    for (const id of orphans(doc)) (cardsOf(doc).get(id) as Y.Map<unknown>).delete('parent');
  },
};
