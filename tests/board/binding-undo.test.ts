import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { OwnUndo } from '../../src/board/binding/own-undo.ts';
import { readRecord, recordsOf, textOf } from '../../src/board/document.ts';
import { seedRecords } from '../../src/board/seed.ts';
import { board, exchange } from '../support/board-peer.ts';
import { measure, note, objective } from '../support/board-records.ts';
import { card, expectSame, two } from '../support/two-peers.ts';

describe('undo', () => {
  test('[BD5] takes back my own change and leaves theirs on the same card', () => {
    const [ana, ben] = two();
    ana.change(card, { title: 'Mine', weight: 8 });
    exchange(ana, ben);
    ben.change(card, { owner: 'ben' });
    exchange(ana, ben);
    ana.binding.undo();
    exchange(ana, ben);
    expect(ben.card(card).props).toMatchObject({ title: 'card', weight: 3, owner: 'ben' });
    ana.binding.redo();
    exchange(ana, ben);
    expect(ben.card(card).props).toMatchObject({ title: 'Mine', weight: 8, owner: 'ben' });
    ben.binding.undo();
    exchange(ana, ben);
    expect(ana.card(card).props).toMatchObject({ title: 'Mine', owner: null });
    expectSame(ana, ben);
  });

  test('[BD5] a gesture is one step, however long the hand rests in it; what comes after is another', () => {
    const doc = board([...seedRecords(), objective('card')]);
    recordsOf(doc).get(card)?.set('weight', 3);
    const origin = {};
    // Nothing is near enough in time to be one step, so that only holding makes it one.
    const own = new OwnUndo(doc, origin, 0, () => undefined);
    const weigh = (weight: number) =>
      doc.transact(() => {
        recordsOf(doc).get(card)?.set('weight', weight);
      }, origin);
    const weight = () => recordsOf(doc).get(card)?.get('weight');
    own.hold();
    weigh(4);
    weigh(5);
    own.release();
    weigh(6);
    own.undo();
    expect(weight()).toBe(5);
    own.undo();
    expect(weight()).toBe(3);
    own.redo();
    expect(weight()).toBe(5);
  });

  test('[BD5] my letters go, theirs in the same title stay', () => {
    const [ana, ben] = two([...seedRecords(), objective('card', { title: 'plan' })]);
    ana.change(card, { title: 'my plan' });
    exchange(ana, ben);
    ben.change(card, { title: 'my plan B' });
    exchange(ana, ben);
    ana.binding.undo();
    exchange(ana, ben);
    expect(ben.card(card).props.title).toBe('plan B');
    expectSame(ana, ben);
  });

  test('[BD5] of a delete brings the card back with id, key and texts, and its texts can be typed in again', () => {
    const [ana, ben] = two();
    const before = ana.card(card);
    ana.remove(card);
    exchange(ana, ben);
    ana.binding.undo();
    exchange(ana, ben);
    expect(ben.card(card)).toEqual(before);
    textOf(ben.doc, card, 'title')?.insert(0, 'again: ');
    exchange(ana, ben);
    expect(ana.card(card).props.title).toBe('again: card');
    expectSame(ana, ben);
  });

  test('[BD5] of my new card leaves it when somebody has written on it since', () => {
    const [ana, ben] = two();
    ana.put(objective('new', { title: 'Draft' }));
    exchange(ana, ben);
    ben.change('shape:new', { owner: 'ben', notes: 'I take it' });
    exchange(ana, ben);
    ana.binding.undo();
    exchange(ana, ben);
    expect(ana.card('shape:new').props).toMatchObject({ owner: 'ben', notes: 'I take it' });
    expect(ana.card('shape:new').meta.key).toBe('new');
    expectSame(ana, ben);
  });

  test('[BD5] of my new card removes it while it is mine alone', () => {
    const [ana, ben] = two();
    ana.put(objective('new'));
    exchange(ana, ben);
    ana.binding.undo();
    exchange(ana, ben);
    expect(ben.get('shape:new')).toBeUndefined();
    ana.binding.redo();
    exchange(ana, ben);
    expect(ben.card('shape:new').meta.key).toBe('new');
  });

  test('[BD5] never touches what others did, even when I did nothing', () => {
    const [ana, ben] = two();
    ben.change(card, { title: 'Theirs' });
    ben.put(note('idea'));
    exchange(ana, ben);
    ana.binding.undo();
    exchange(ana, ben);
    expect(ana.card(card).props.title).toBe('Theirs');
    expect(ana.get('shape:idea')).toBeDefined();
  });

  test('[BD5] of a drag that somebody else made at the same time never leaves the card without a place', () => {
    const [ana, ben] = two();
    ana.move(card, 100);
    ben.move(card, 200);
    exchange(ana, ben);
    for (const peer of [ana, ben]) peer.binding.undo();
    exchange(ana, ben);
    expect(readRecord(ana.doc, card)).toMatchObject({ ok: true });
    expectSame(ana, ben);
    for (const peer of [ana, ben]) peer.binding.redo();
    exchange(ana, ben);
    expect(readRecord(ana.doc, card)).toMatchObject({ ok: true });
    expectSame(ana, ben);
  });

  test('[BD5] of a delete brings all of the card back when somebody moved and ticked it meanwhile', () => {
    const [ana, ben] = two();
    ana.remove(card);
    ben.move(card, 300);
    ben.change(card, {
      measures: [measure('m0', { order: 'a1', done: true }), measure('m1', { order: 'a2' })],
    });
    exchange(ana, ben);
    ana.binding.undo();
    exchange(ana, ben);
    expect(ben.card(card)).toMatchObject({ x: 0, props: { title: 'card' } });
    expect(ben.card(card).props.measures.map(({ key }) => key)).toEqual(['m0', 'm1']);
    expectSame(ana, ben);
  });

  test('[BD12] is one update, so that nobody ever meets half a record', () => {
    const [ana, ben] = two();
    ana.remove(card);
    ben.move(card, 300);
    exchange(ana, ben);
    let updates = 0;
    ana.doc.on('update', (update: Uint8Array) => {
      updates += 1;
      Y.applyUpdate(ben.doc, update, 'net');
      expect(readRecord(ben.doc, card)).toMatchObject({ ok: true });
    });
    ana.binding.undo();
    expect(updates).toBe(1);
  });

  test('[BD5] of a measure I added takes all of it away', () => {
    const [ana, ben] = two();
    ana.change(card, { measures: [...ana.card(card).props.measures, measure('m2', { order: 'a3' })] });
    exchange(ana, ben);
    ana.binding.undo();
    exchange(ana, ben);
    expect(ben.card(card).props.measures.map(({ key }) => key)).toEqual(['m0', 'm1']);
    ana.binding.redo();
    exchange(ana, ben);
    expect(ben.card(card).props.measures.map(({ key }) => key)).toEqual(['m0', 'm1', 'm2']);
    expectSame(ana, ben);
  });
});
