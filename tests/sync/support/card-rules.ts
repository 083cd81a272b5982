import * as Y from 'yjs';
import type { BoardRules, EditRefusal } from '#server/sync/hooks.ts';

const invalid = (detail: string): EditRefusal => ({ reason: 'invalid', detail });

/** The smallest board there is: cards with a title and a place, one of which may not lie in itself. */
export const cardRules: BoardRules = {
  roots: ['cards'],
  validate: (doc, root, id) => {
    const card: unknown = doc.getMap(root).get(id);
    if (!(card instanceof Y.Map)) return invalid('a card is a map');
    const x: unknown = card.get('x') ?? 0;
    if (typeof x !== 'number' || !Number.isFinite(x) || Math.abs(x) > 1e7)
      return invalid('x is out of bounds');
    return card.get('parent') === id ? invalid('a card can not lie in itself') : null;
  },
  permit: (doc, touched) => {
    const cards = doc.getMap('cards');
    for (const id of touched.changed) {
      const card = cards.get(id);
      if (card instanceof Y.Map && card.get('locked') === true)
        return { reason: 'locked', detail: 'the card is locked' };
    }
    return null;
  },
};

export const putCard = (doc: Y.Doc, id: string, facts: Record<string, unknown>): void => {
  doc.transact(() => {
    const cards = doc.getMap('cards');
    let card = cards.get(id);
    if (!(card instanceof Y.Map)) {
      card = new Y.Map();
      cards.set(id, card);
    }
    for (const [key, value] of Object.entries(facts)) (card as Y.Map<unknown>).set(key, value);
  });
};

export const cardsOf = (doc: Y.Doc): unknown => doc.getMap('cards').toJSON();
