import { describe, expect, test } from 'vitest';
import { area, objective } from '../../tests/support/board-records.ts';
import { seeded } from '../../tests/convergence/simulator/sim-world.ts';
import { applyChanges, createBoard, newDocument, readRecords, recordsOf, textOf } from './document.ts';
import { RecordMirror } from './record-mirror.ts';
import { seedRecords } from './seed.ts';

describe('the records of a document, kept beside it', () => {
  test('[BD21] whatever is written, undone or spoiled, it shows what reading the whole board shows', () => {
    const seed = 20261125;
    const random = seeded(seed);
    const doc = newDocument();
    createBoard(doc, [...seedRecords(), area('team'), ...[0, 1, 2, 3].map((n) => objective(`c${n}`))]);
    const mirror = new RecordMirror(doc);
    for (let step = 0; step < 400; step++) {
      const id = `c${Math.floor(random() * 8)}`;
      const dice = random();
      if (dice < 0.3) applyChanges(doc, { put: [objective(id, {}, { x: step })], remove: [] });
      else if (dice < 0.5) applyChanges(doc, { put: [], remove: [`shape:${id}`] });
      else if (dice < 0.8) textOf(doc, `shape:${id}`, 'title')?.insert(0, `${step} `);
      else
        recordsOf(doc)
          .get(`shape:${id}`)
          ?.set('props.done', step % 2 === 0 ? 'nonsense' : []);
      if (random() < 0.4) continue;
      const shown = new Map(mirror.look());
      expect(shown, `step ${step} of seed ${seed}`).toEqual(
        new Map(readRecords(doc).records.map((it) => [it.id, it])),
      );
    }
  });
});
