import * as Y from 'yjs';
import { createBoard, newDocument } from '#board/document.ts';
import { newObjective } from '#board/new-shapes.ts';
import { keysBetween } from '#board/order-keys.ts';
import { seedRecords } from '#board/seed.ts';
import { cardOf } from './load/crowd.ts';

/** A board of so many records, objective cards mostly, as one update by one writer: the same bytes for every server. */
export function makeSeed(records: number): Uint8Array {
  const doc = newDocument();
  doc.clientID = 7;
  const base = seedRecords();
  const order = keysBetween(null, null, Math.max(0, records - base.length));
  const cards = order.map((index, i) =>
    newObjective({
      index,
      id: cardOf(i).slice('shape:'.length),
      key: `card${i}`,
      x: (i % 50) * 240,
      y: Math.floor(i / 50) * 160,
      props: { title: `Objective ${i}: ship what was promised`, notes: 'Agreed in the planning meeting.' },
    }),
  );
  createBoard(doc, [...base, ...cards]);
  return Y.encodeStateAsUpdate(doc);
}
