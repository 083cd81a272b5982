import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { recordsOf } from '../../src/board/document.ts';
import { board } from '../support/board-peer.ts';
import { card, start } from '../support/two-peers.ts';

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
