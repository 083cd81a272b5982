import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openGuard } from '#domain/access/guard.ts';
import { boardBytesCap } from '#server/sync/edit-gate.ts';
import { recordCap, WorkingDocument } from '#server/sync/document.ts';
import { honestEdits } from '../bench/honest-edits.ts';
import { cardRules, putCard } from './support/card-rules.ts';
import { MemoryJournal } from './support/memory-journal.ts';
import { RawClient } from './support/raw-client.ts';
import { person, shows, startHost } from './support/sync-host.ts';
import { sha256 } from '#server/sync/checksum.ts';

const facts = { guard: openGuard, holderOf: () => undefined };

describe('the gate', () => {
  test('[SY64] refuses no honest edit, whatever people do together', () => {
    const runs = [11, 12].map((seed) => honestEdits({ edits: 1_000, cards: 60, people: 6, seed }));
    expect(runs.flatMap((run) => run.refused)).toEqual([]);
    for (const run of runs) {
      expect(run.edits).toBeGreaterThan(800);
      expect(run.repairs.length).toBeGreaterThan(0);
    }
  }, 60_000);

  test('[SY65] a board holds so many objects and no more, and one that is full can be emptied', () => {
    const whole = new Y.Doc();
    whole.transact(() => {
      for (let i = 0; i < recordCap; i++) putCard(whole, `c${i}`, {});
    });
    const server = new WorkingDocument([Y.encodeStateAsUpdate(whole)], cardRules, 1);
    const edit = (change: (doc: Y.Doc) => void): Uint8Array => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(whole));
      const before = Y.encodeStateVector(doc);
      change(doc);
      return Y.encodeStateAsUpdate(doc, before);
    };
    const ana = person('ana');
    const more = edit((doc) => putCard(doc, 'one-more', {}));
    expect(server.take(more, ana, () => null, facts)).toMatchObject({
      kind: 'refused',
      reason: 'board-full',
    });
    const again = new WorkingDocument([Y.encodeStateAsUpdate(whole)], cardRules, 1);
    expect(
      again.take(
        edit((doc) => putCard(doc, 'c1', { x: 5 })),
        ana,
        () => null,
        facts,
      ).kind,
    ).toBe('accepted');
    const fewer = edit((doc) => doc.getMap('cards').delete('c2'));
    expect(again.take(fewer, ana, () => null, facts).kind).toBe('accepted');
  });

  test('[SY65] a board of 20 MB takes nothing more', async () => {
    const journal = new MemoryJournal();
    journal.create('b1');
    const doc = new Y.Doc();
    const text = 'x'.repeat(boardBytesCap - 200_000);
    putCard(doc, 'big', { text });
    const bytes = Y.encodeStateAsUpdate(doc);
    const row = { outbox: 'o', n: 1, person: null, signIn: null, clientIds: [], at: 1 };
    await journal.append('b1', { epoch: 1, head: 0 }, [{ ...row, bytes, sha256: sha256(bytes) }]);
    const host = await startHost({ journal, cast: { ana: person('ana'), mal: person('mal') } });
    const mal = await RawClient.connect(host.url, 'b1', 'mal');
    mal.sendUpdate(mal.edit((it) => putCard(it, 'more', { text: 'y'.repeat(300_000) })));
    await mal.until(() => mal.closed !== null);
    expect(mal.closed).toMatchObject({ code: 4422 });
    expect(mal.closed?.reason).toContain('board-full');
    expect(journal.stored('b1').rows).toHaveLength(1);
    await mal.end();
    await host.stop();
  });

  test('[SY66] a flood is slowed down at its source, and nobody else waits for it', async () => {
    const journal = new MemoryJournal();
    journal.create('b1');
    const host = await startHost({ journal, cast: { ana: person('ana'), mal: person('mal') } });
    const ana = await RawClient.connect(host.url, 'b1', 'ana');
    const mal = await RawClient.connect(host.url, 'b1', 'mal');
    const stored = (): number => journal.stored('b1').rows.filter((row) => row.person === 'mal').length;
    for (let i = 0; i < 1_000; i++) mal.sendUpdate(mal.edit((doc) => putCard(doc, 'm', { x: i })));
    await mal.until(() => stored() > 400);
    mal.sendUpdate(mal.edit((doc) => putCard(doc, 'late', { x: 1 })));
    const olga = await RawClient.connect(host.url, 'b1', 'ana', 'v=1&client=5');
    for (let i = 0; i < 5; i++) {
      ana.sendUpdate(ana.edit((doc) => putCard(doc, `honest${i}`, { x: 1 })));
      await shows(olga.doc, (doc) => doc.getMap('cards').has(`honest${i}`));
    }
    // 400 at once and 100 a second: whoever sent a thousand is not read for seconds.
    await host.sync.read('b1', (doc) => expect(doc.getMap('cards').has('late')).toBe(false));
    expect(ana.closed).toBeNull();
    await Promise.all([ana.end(), mal.end(), olga.end()]);
    await host.stop();
  });

  test('[SY67] nobody takes more than 64 new client ids in an hour', async () => {
    const journal = new MemoryJournal();
    journal.create('b1');
    const host = await startHost({ journal, cast: { mal: person('mal') } });
    const mal = await RawClient.connect(host.url, 'b1', 'mal');
    for (let i = 0; i < 70; i++) {
      const doc = new Y.Doc();
      doc.clientID = 10_000 + i;
      putCard(doc, `c${i}`, { x: i });
      mal.sendUpdate(Y.encodeStateAsUpdate(doc));
    }
    await mal.until(() => mal.closed !== null);
    expect(mal.closed?.reason).toContain('foreign-id');
    expect(journal.stored('b1').claims.size).toBeLessThanOrEqual(64);
    await mal.end();
    await host.stop();
  });
});
