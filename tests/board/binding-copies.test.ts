import { describe, expect, test } from 'vitest';
import type { ObjectiveShape } from '../../src/board/schema/shapes.ts';
import { seedRecords } from '../../src/board/seed.ts';
import { board, exchange, Peer } from '../support/board-peer.ts';
import { objective } from '../support/board-records.ts';
import { card, expectSame, start, two } from '../support/two-peers.ts';

describe('copies', () => {
  const pasted = (peer: Peer, from: ObjectiveShape, id: string): ObjectiveShape => {
    peer.put({ ...from, id: id as ObjectiveShape['id'] });
    peer.settle();
    return peer.card(id);
  };

  test('[BD9] a pasted card gets a key of its own, in the store and in the document', () => {
    const [ana, ben] = two();
    const copy = pasted(ana, ana.card(card), 'shape:copy');
    expect(copy.meta.key).toMatch(/^[a-z0-9]{8}$/);
    exchange(ana, ben);
    expect(ben.card('shape:copy').meta.key).toBe(copy.meta.key);
    expect(ben.card(card).meta.key).toBe('card');
    expectSame(ana, ben);
  });

  test('[BD9] so does a card pasted after a cut, while undo of the delete keeps the old key', () => {
    const [ana, ben] = two();
    const cut = ana.card(card);
    ana.remove(card);
    ana.settle();
    const copy = pasted(ana, cut, 'shape:copy');
    expect(copy.meta.key).not.toBe('card');
    ana.binding.undo();
    ana.binding.undo();
    exchange(ana, ben);
    expect(ben.card(card).meta.key).toBe('card');
    expect(ben.get('shape:copy')).toBeUndefined();
  });

  test('[BD9] a copy never takes the key of a promise that is off the board', () => {
    const ana = new Peer(board(start()), { isTakenKey: (key) => key === 'promised' });
    ana.put(objective('pasted', {}, {}));
    ana.put({ ...objective('stolen'), meta: { key: 'promised' } });
    ana.settle();
    expect(ana.card('shape:stolen').meta.key).not.toBe('promised');
    expect(ana.card('shape:pasted').meta.key).toBe('pasted');
  });

  test('[BD9] needs on a copied card are asked anew', () => {
    const need = {
      what: 'Review',
      detail: '',
      neededBy: null,
      hardness: 'hard',
      size: null,
      team: 'a',
      objective: null,
    };
    const [ana] = two([...seedRecords(), { ...objective('card'), meta: { key: 'card', 'need:r1': need } }]);
    const copy = pasted(ana, ana.card(card), 'shape:copy');
    expect(copy.meta['need:r1']).toBeUndefined();
    expect(Object.keys(copy.meta).filter((name) => name.startsWith('need:'))).toHaveLength(1);
  });
});
