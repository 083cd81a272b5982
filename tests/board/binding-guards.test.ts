import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { metaOf, recordsOf, titleText } from '../../src/board/document.ts';
import { SCHEMA_VERSION } from '../../src/board/schema/schema.ts';
import type { ObjectiveShape } from '../../src/board/schema/shapes.ts';
import { seedRecords } from '../../src/board/seed.ts';
import { board, exchange, Peer } from '../support/board-peer.ts';
import { area, note } from '../support/board-records.ts';
import { card, expectSame, other, start, two } from '../support/two-peers.ts';

describe('records that can not be shown', () => {
  test('[BD6] one invalid record is hidden and counted; others, and later edits of others, still arrive', () => {
    const counts: number[] = [];
    const doc = board(start());
    const ana = new Peer(doc, { onHidden: (hidden) => counts.push(hidden.length) });
    recordsOf(doc).get(card)?.set('props.status', 'BOGUS');
    recordsOf(doc).get(other)?.set('props.owner', 'ana');
    Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(doc), 'net');
    ana.settle();
    expect(ana.binding.hidden.map(({ id }) => id)).toEqual([card]);
    expect(ana.card(other).props.owner).toBe('ana');
    expect(ana.get(card)).toBeUndefined();
    recordsOf(doc).get(other)?.set('props.owner', 'ben');
    recordsOf(doc).get(card)?.set('props.status', 'draft');
    Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(doc), 'net');
    ana.settle();
    expect(ana.card(other).props.owner).toBe('ben');
    expect(ana.card(card).props.status).toBe('draft');
    expect(counts).toEqual([1, 0]);
  });

  test('[BD6] what I do beyond the bounds is not sent and put back', () => {
    const [ana, ben] = two();
    ana.move(card, 2e7);
    ana.settle();
    expect(ana.card(card).x).toBe(0);
    expect(ana.refused).toEqual([card]);
    ana.change(card, { due: 'soon' });
    ana.settle();
    expect(ana.card(card).props.due).toBeNull();
    exchange(ana, ben);
    expectSame(ana, ben);
  });

  test('[BD7] a circle of parents made together hangs nobody', () => {
    const [ana, ben] = two([...seedRecords(), area('a'), area('b', {})]);
    const into = (peer: Peer, id: string, parent: string) => {
      const shape = peer.get<ObjectiveShape>(id);
      if (shape) peer.put({ ...shape, parentId: parent as ObjectiveShape['parentId'] });
    };
    into(ana, 'shape:a', 'shape:b');
    into(ben, 'shape:b', 'shape:a');
    exchange(ana, ben);
    for (const peer of [ana, ben]) {
      expect(peer.get('shape:a')).toMatchObject({ parentId: 'page:page' });
      expect(peer.get('shape:b')).toMatchObject({ parentId: 'shape:a' });
    }
  });

  test('[BD7] a card whose area was deleted is shown on the page; a binding waits for both its ends', () => {
    const doc = board(start());
    const ana = new Peer(doc);
    recordsOf(doc).delete('shape:team');
    recordsOf(doc)
      .get(other)
      ?.set('place', { ...ana.card(other), parentId: 'shape:team', index: 'a1', w: 240, h: 152 });
    recordsOf(doc).delete(card);
    const late = new Peer(doc);
    expect(late.get('binding:ask-start')).toBeUndefined();
    expect(late.get('binding:ask-end')).toBeDefined();
    Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(doc), 'net');
    ana.settle();
    expect(ana.get('binding:ask-start')).toBeUndefined();
  });
});

describe('who may write', () => {
  test('[BD8] a newer board turns the binding read-only and unsent edits are kept', () => {
    const states: string[] = [];
    const ana = new Peer(board(start()), { onState: (state) => states.push(state) });
    ana.change(card, { title: 'Not sent yet' });
    metaOf(ana.doc).set('schema', SCHEMA_VERSION + 1);
    ana.put(note('later'));
    ana.settle();
    expect(states.at(-1)).toBe('newer-board');
    expect(titleText(ana.doc, card)?.toString()).toBe('card');
    expect([...ana.binding.unsent().keys()].sort()).toEqual([card, 'shape:later']);
    expect(ana.binding.unsent().get(card)).toMatchObject({ props: { title: 'Not sent yet' } });
    expect(ana.card(card).props.title).toBe('Not sent yet');
  });

  test('[BD8] nothing is written to a document that is not loaded, and all is shown once it is', () => {
    const ana = new Peer();
    ana.put(note('early'));
    ana.settle();
    expect(ana.binding.state).toBe('waiting');
    expect(recordsOf(ana.doc).size).toBe(0);
    Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(board(start())), 'net');
    ana.settle();
    expect(ana.binding.state).toBe('open');
    expect(ana.card(card)).toBeDefined();
    expectSame(ana);
  });

  test('[BD8] somebody who may only look sends nothing and sees everything', () => {
    const doc = board(start());
    const [ana, ben] = [new Peer(doc, { readOnly: true }), new Peer(doc)];
    ana.change(card, { title: 'No' });
    ben.change(other, { title: 'Yes' });
    exchange(ana, ben);
    expect(ben.card(card).props.title).toBe('card');
    expect(ana.card(other).props.title).toBe('Yes');
  });
});
