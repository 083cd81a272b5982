import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { recordsOf, titleText } from '../../src/board/document.ts';
import { seedRecords } from '../../src/board/seed.ts';
import { board, drawStoreFrames, exchange, Peer } from '../support/board-peer.ts';
import { measure, objective } from '../support/board-records.ts';
import { card, expectSame, two } from '../support/two-peers.ts';

describe('what two people do at once', () => {
  test('[BD1] title and owner of one card, and two measures, are all kept', () => {
    const [ana, ben] = two();
    ana.change(card, {
      title: 'Launch',
      measures: [measure('m0', { order: 'a1', done: true }), measure('m1', { order: 'a2' })],
    });
    ben.change(card, {
      owner: 'ben',
      measures: [measure('m0', { order: 'a1' }), measure('m1', { order: 'a2', owner: 'ben' })],
    });
    exchange(ana, ben);
    expect(ana.card(card).props).toMatchObject({
      title: 'Launch',
      owner: 'ben',
      measures: [
        { key: 'm0', done: true },
        { key: 'm1', owner: 'ben' },
      ],
    });
    expectSame(ana, ben);
  });

  test('[BD2] typing in one title merges by character', () => {
    const [ana, ben] = two([...seedRecords(), objective('card', { title: 'ship it' })]);
    ana.change(card, { title: 'we ship it' });
    ben.change(card, { title: 'ship it soon' });
    exchange(ana, ben);
    expect(ana.card(card).props.title).toBe('we ship it soon');
    expectSame(ana, ben);
  });

  test('[BD2] letters typed on a text that is about to change land where they were meant', () => {
    const [ana, ben] = two([...seedRecords(), objective('card', { title: 'one two three' })]);
    const arrive = () =>
      Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ana.doc, Y.encodeStateVector(ben.doc)), 'net');
    ana.change(card, { title: 'one two threes' });
    ana.settle();
    // Ben's document has Ana's letter, his store not yet: a frame lies between.
    arrive();
    ben.change(card, { title: 'zero one two three' });
    ana.change(card, { title: 'one and two threes' });
    ana.settle();
    arrive();
    expect(ben.card(card).props.title).toBe('zero one two threes');
    ben.change(card, { title: 'zero one two or threes' });
    exchange(ana, ben);
    expect(ana.card(card).props.title).toBe('zero one and two or threes');
    expectSame(ana, ben);
  });

  test('[BD10] a change not told yet survives a remote change of the same card within one frame', () => {
    const [ana, ben] = two();
    ben.change(card, { status: 'in-plan' });
    ben.settle();
    ana.change(card, { title: 'Mine' });
    // No frame was drawn since: tldraw has not told anybody.
    Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(ben.doc, Y.encodeStateVector(ana.doc)), 'net');
    ana.schedule.drawFrame();
    expect(ana.card(card).props).toMatchObject({ title: 'Mine', status: 'in-plan' });
    exchange(ana, ben);
    expectSame(ana, ben);
  });

  test('[BD10] a drag that is held back survives a remote change of the same card', () => {
    const [ana, ben] = two();
    ana.move(card, 10);
    drawStoreFrames();
    ana.move(card, 20);
    drawStoreFrames();
    ben.change(card, { owner: 'ben' });
    ben.settle();
    Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(ben.doc, Y.encodeStateVector(ana.doc)), 'net');
    ana.schedule.drawFrame();
    expect(ana.card(card)).toMatchObject({ x: 20, props: { owner: 'ben' } });
    exchange(ana, ben);
    expect(ben.card(card).x).toBe(20);
    expectSame(ana, ben);
  });

  test('[BD10] a card deleted by one while another edits it is gone for both', () => {
    const [ana, ben] = two();
    ana.remove(card);
    ben.change(card, { title: 'still here' });
    exchange(ana, ben);
    expect(ana.get(card)).toBeUndefined();
    expect(ben.get(card)).toBeUndefined();
  });

  test('[BD10] in a tab that draws no frames changes still leave and arrive', () => {
    const [ana, ben] = two();
    ana.change(card, { title: 'From a hidden tab' });
    ana.schedule.pass(250);
    expect(titleText(ana.doc, card)?.toString()).toBe('From a hidden tab');
    Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ana.doc), 'net');
    ben.schedule.pass(250);
    expect(ben.card(card).props.title).toBe('From a hidden tab');
  });

  test('[BD10] what twenty people moved within a frame is put into the store once', () => {
    const cards = Array.from({ length: 20 }, (_, i) =>
      objective(`c${i}`, {}, { index: `a${i.toString(36)}V` }),
    );
    const doc = board([...seedRecords(), ...cards]);
    const ana = new Peer(doc);
    let merges = 0;
    ana.store.listen(() => (merges += 1), { source: 'remote', scope: 'document' });
    for (const { id } of cards) {
      const before = Y.encodeStateVector(doc);
      recordsOf(doc)
        .get(id)
        ?.set('place', { x: 5, y: 5, rotation: 0, parentId: 'page:page', index: 'a1', w: 240, h: 152 });
      Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(doc, before), 'net');
    }
    ana.schedule.drawFrame();
    drawStoreFrames();
    expect(merges).toBe(1);
    expect(cards.map(({ id }) => ana.card(id).x)).toEqual(cards.map(() => 5));
  });
});
