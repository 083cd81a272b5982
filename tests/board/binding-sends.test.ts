import { describe, expect, test } from 'vitest';
import { readRecord, titleText } from '../../src/board/document.ts';
import { seedRecords } from '../../src/board/seed.ts';
import { drawStoreFrames, type Peer } from '../support/board-peer.ts';
import { objective } from '../support/board-records.ts';
import { card, two } from '../support/two-peers.ts';

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
