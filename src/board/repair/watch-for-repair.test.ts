import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { objective } from '../../../tests/support/board-records.ts';
import { createBoard, newDocument, recordsOf } from '../document.ts';
import { seedRecords } from '../seed.ts';
import { repairDocument } from './repair-document.ts';
import { WatchForRepair } from './watch-for-repair.ts';

function board() {
  const doc = newDocument();
  createBoard(doc, seedRecords());
  return doc;
}

function put(doc: Y.Doc, id: string, place: Record<string, unknown>, more: Record<string, unknown> = {}) {
  const record = recordsOf(doc).get(id);
  doc.transact(() => {
    const map = record ?? recordsOf(doc).set(id, new Y.Map());
    map.set('place', place);
    for (const [key, value] of Object.entries(more)) map.set(key, value);
  });
}

const at = (parentId: string, index: string) => ({ x: 0, y: 0, rotation: 0, parentId, index });

describe('watching for repair', () => {
  test('[BD62] asks for a repair of what honest people can make together, and of nothing else', () => {
    const doc = board();
    const watch = new WatchForRepair(doc);
    expect(watch.mayNeedRepair()).toBe(false);
    put(doc, 'shape:a', at('page:page', 'a1'), { type: 'area' });
    put(doc, 'shape:b', at('shape:a', 'a1'), { type: 'objective', 'meta.key': 'one' });
    expect(watch.mayNeedRepair()).toBe(false);

    put(doc, 'shape:c', at('shape:a', 'a1'), { type: 'objective', 'meta.key': 'two' });
    expect(watch.mayNeedRepair(), 'equal places').toBe(true);
    put(doc, 'shape:c', at('shape:a', 'a2'), { 'meta.key': 'one' });
    expect(watch.mayNeedRepair(), 'equal keys').toBe(true);
    put(doc, 'shape:c', at('shape:a', 'a2'), { 'meta.key': 'two' });
    expect(watch.mayNeedRepair()).toBe(false);

    doc.transact(() => recordsOf(doc).delete('shape:a'));
    expect(watch.mayNeedRepair(), 'cards in a deleted area').toBe(true);
    expect(watch.mayNeedRepair(), 'not asked twice').toBe(false);
  });

  test('[BD62] sees circles of parents and dangling ends', () => {
    const doc = board();
    const watch = new WatchForRepair(doc);
    put(doc, 'shape:a', at('page:page', 'a1'));
    put(doc, 'shape:b', at('shape:a', 'a1'));
    expect(watch.mayNeedRepair()).toBe(false);
    put(doc, 'shape:a', at('shape:b', 'a1'));
    expect(watch.mayNeedRepair(), 'a circle').toBe(true);
    put(doc, 'shape:a', at('page:page', 'a1'));
    doc.transact(() => {
      const binding = recordsOf(doc).set('binding:1', new Y.Map());
      for (const [key, value] of Object.entries({
        fromId: 'shape:a',
        toId: 'shape:gone',
        'props.terminal': 'end',
      }))
        binding.set(key, value);
    });
    expect(watch.mayNeedRepair(), 'a dangling end').toBe(true);
  });

  test('[BD62] finds what was broken before it looked, and is silent after the repair', () => {
    const doc = newDocument();
    createBoard(doc, [
      ...seedRecords(),
      objective('orphan', {}, { parentId: 'shape:gone' }),
      objective('twin', {}, { index: 'a3' }),
    ]);
    const watch = new WatchForRepair(doc);
    expect(watch.mayNeedRepair()).toBe(true);
    expect(repairDocument(doc)).toBe(true);
    expect(watch.mayNeedRepair()).toBe(false);
    expect(repairDocument(doc)).toBe(false);
  });
});
