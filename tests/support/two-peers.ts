import { expect } from 'vitest';
import { readRecords } from '../../src/board/document.ts';
import type { BoardRecord } from '../../src/board/schema/records.ts';
import { seedRecords } from '../../src/board/seed.ts';
import { board, Peer } from './board-peer.ts';
import { area, dependency, measure, objective } from './board-records.ts';

/** What the binding's tests begin with: an area, two cards and an ask between them. */
export const card = 'shape:card';
export const other = 'shape:other';

export const start = (): BoardRecord[] => [
  ...seedRecords(),
  area('team'),
  objective('card', { measures: [measure('m0', { order: 'a1' }), measure('m1', { order: 'a2' })] }),
  objective('other', {}, { index: 'a2' }),
  ...dependency('ask', 'card', 'other'),
];

export function two(records: readonly BoardRecord[] = start()): [Peer, Peer] {
  const doc = board(records);
  return [new Peer(doc), new Peer(doc)];
}

/** Both stores show the same, and what the documents hold. */
export function expectSame(...peers: Peer[]): void {
  for (const peer of peers) {
    const { records } = readRecords(peer.doc);
    expect(peer.records()).toEqual(Object.fromEntries(records.map((record) => [record.id, record])));
    expect(peer.records()).toEqual(peers[0]?.records());
  }
}
