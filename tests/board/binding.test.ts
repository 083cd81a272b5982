import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { metaOf, readRecord, readRecords, recordsOf, textOf, titleText } from '../../src/board/document.ts';
import type { BoardRecord } from '../../src/board/schema/records.ts';
import { SCHEMA_VERSION } from '../../src/board/schema/schema.ts';
import type { ObjectiveShape } from '../../src/board/schema/shapes.ts';
import { seedRecords } from '../../src/board/seed.ts';
import { board, drawStoreFrames, exchange, Peer } from '../support/board-peer.ts';
import { area, dependency, measure, note, objective } from '../support/board-records.ts';

const card = 'shape:card';
const other = 'shape:other';

const start = (): BoardRecord[] => [
  ...seedRecords(),
  area('team'),
  objective('card', { measures: [measure('m0', { order: 'a1' }), measure('m1', { order: 'a2' })] }),
  objective('other', {}, { index: 'a2' }),
  ...dependency('ask', 'card', 'other'),
];

function two(records: readonly BoardRecord[] = start()): [Peer, Peer] {
  const doc = board(records);
  return [new Peer(doc), new Peer(doc)];
}

/** Both stores show the same, and what the documents hold. */
function expectSame(...peers: Peer[]): void {
  for (const peer of peers) {
    const { records } = readRecords(peer.doc);
    expect(peer.records()).toEqual(Object.fromEntries(records.map((record) => [record.id, record])));
    expect(peer.records()).toEqual(peers[0]?.records());
  }
}

describe('what two people do at once', () => {
  test('[BD1] title and owner of one card, and two measures, are all kept', () => {
    const [ana, ben] = two();
    ana.change(card, { title: 'Launch', measures: [measure('m0', { order: 'a1', done: true }), measure('m1', { order: 'a2' })] });
    ben.change(card, { owner: 'ben', measures: [measure('m0', { order: 'a1' }), measure('m1', { order: 'a2', owner: 'ben' })] });
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
    ana.change(card, { title: 'one two threes' });
    ana.settle();
    // Ben's document has Ana's letter, his store not yet: a frame lies between.
    Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ana.doc, Y.encodeStateVector(ben.doc)), 'net');
    ben.change(card, { title: 'zero one two three' });
    drawStoreFrames();
    ana.change(card, { title: 'one four two threes' });
    ana.settle();
    Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ana.doc, Y.encodeStateVector(ben.doc)), 'net');
    ben.change(card, { title: 'zero one two three!' });
    exchange(ana, ben);
    expect([...ben.card(card).props.title].sort().join('').trim()).toBe(
      [...'zero one four two threes!'].sort().join('').trim(),
    );
    expect(ben.card(card).props.title).toMatch(/^zero one four two threes?!s?$/);
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
    const cards = Array.from({ length: 20 }, (_, i) => objective(`c${i}`, {}, { index: `a${i.toString(36)}V` }));
    const doc = board([...seedRecords(), ...cards]);
    const ana = new Peer(doc);
    let merges = 0;
    ana.store.listen(() => (merges += 1), { source: 'remote', scope: 'document' });
    for (const { id } of cards) {
      const before = Y.encodeStateVector(doc);
      recordsOf(doc).get(id)?.set('place', { x: 5, y: 5, rotation: 0, parentId: 'page:page', index: 'a1', w: 240, h: 152 });
      Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(doc, before), 'net');
    }
    ana.schedule.drawFrame();
    drawStoreFrames();
    expect(merges).toBe(1);
    expect(cards.map(({ id }) => ana.card(id).x)).toEqual(cards.map(() => 5));
  });
});

describe('what leaves, and when', () => {
  function updatesOf(peer: Peer): { bytes: number }[] {
    const updates: { bytes: number }[] = [];
    peer.doc.on('update', (update: Uint8Array) => updates.push({ bytes: update.length }));
    return updates;
  }

  test('[BD4] a drag at 60 frames a second sends at most 31 updates a second, the last place included', () => {
    const [ana] = two();
    const updates = updatesOf(ana);
    for (let frame = 1; frame <= 60; frame += 1) {
      ana.move(card, frame);
      drawStoreFrames();
      ana.schedule.pass(1000 / 60);
    }
    ana.schedule.pass(100);
    expect(updates.length).toBeLessThanOrEqual(31);
    expect(updates.length).toBeGreaterThan(20);
    expect(readRecord(ana.doc, card)).toMatchObject({ value: { x: 60 } });
  });

  test('[BD4] a typed letter leaves with the very frame, even in the middle of a drag', () => {
    const [ana] = two();
    ana.move(card, 1);
    drawStoreFrames();
    const updates = updatesOf(ana);
    ana.move(card, 2);
    ana.change(card, { title: 'cards' });
    drawStoreFrames();
    expect(updates).toHaveLength(1);
    expect(titleText(ana.doc, card)?.toString()).toBe('cards');
  });

  test('[BD3] a drag is one overwrite of about a hundred bytes', () => {
    const [ana] = two();
    const updates = updatesOf(ana);
    ana.move(card, 123.456, 78.9);
    ana.settle();
    expect(updates).toHaveLength(1);
    expect(updates[0]?.bytes).toBeLessThan(200);
  });

  test('[BD3] one letter in a long text sends one letter', () => {
    const [ana] = two([...seedRecords(), objective('card', { notes: 'x'.repeat(10_000) })]);
    const updates = updatesOf(ana);
    ana.change(card, { notes: `${'x'.repeat(5_000)}!${'x'.repeat(5_000)}` });
    ana.settle();
    expect(updates[0]?.bytes).toBeLessThan(60);
  });
});

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
});

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
    recordsOf(doc).get(other)?.set('place', { ...ana.card(other), parentId: 'shape:team', index: 'a1', w: 240, h: 152 });
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
    const need = { what: 'Review', detail: '', neededBy: null, hardness: 'hard', size: null, team: 'a', objective: null };
    const [ana] = two([...seedRecords(), { ...objective('card'), meta: { key: 'card', 'need:r1': need } }]);
    const copy = pasted(ana, ana.card(card), 'shape:copy');
    expect(copy.meta['need:r1']).toBeUndefined();
    expect(Object.keys(copy.meta).filter((name) => name.startsWith('need:'))).toHaveLength(1);
  });
});

describe('growth', () => {
  /** The stored board: what a fresh document with garbage collected holds. */
  const stored = (doc: Y.Doc): number => Y.encodeStateAsUpdate(doc).length;

  test('[BD3] 100,000 moves of one card by one person grow the board by less than 1 kB', () => {
    const doc = board(start());
    const before = stored(doc);
    const map = recordsOf(doc).get(card);
    for (let i = 0; i < 100_000; i += 1) {
      map?.set('place', { x: i, y: i, rotation: 0, parentId: 'page:page', index: 'a1', w: 240, h: 152 });
    }
    expect(stored(doc) - before).toBeLessThan(1_000);
  });

  test('[BD3] 100,000 moves by two people in turn grow it by less than 1 MB', () => {
    const [ana, ben] = [board(start()), new Y.Doc()];
    Y.applyUpdate(ben, Y.encodeStateAsUpdate(ana));
    const before = stored(ana);
    ana.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') Y.applyUpdate(ben, update, 'net');
    });
    ben.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') Y.applyUpdate(ana, update, 'net');
    });
    for (let i = 0; i < 100_000; i += 1) {
      const place = { x: i, y: i, rotation: 0, parentId: 'page:page', index: 'a1', w: 240, h: 152 };
      recordsOf(i % 2 === 0 ? ana : ben)
        .get(card)
        ?.set('place', place);
    }
    expect(stored(ana) - before).toBeLessThan(1_000_000);
    expect(stored(ben)).toBe(stored(ana));
  }, 60_000);
});
