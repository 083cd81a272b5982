import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordsOf, writeRecord } from '#board/document.ts';
import type { Viewer } from '#server/app.ts';
import { keepWayBack } from '#server/planning/keep-way-back.ts';
import { encodeEdit, encodeOpenOutbox } from '#protocol/messages.ts';
import { boardRules } from '#server/sync/board-rules.ts';
import { createJournal } from '#server/store/journal/journal.ts';
import { readBoardGuard } from '#server/planning/board-guard.ts';
import { createDocuments } from '#server/planning/documents.ts';
import { createPlanning } from '#server/planning/planning.ts';
import type { Planning } from '#server/app.ts';
import { openWorld, value, type World } from '../planning/world.ts';
import { objective } from '../support/board-records.ts';
import { RawClient } from './support/raw-client.ts';
import { person, startHost, type Cast, type SyncHost } from './support/sync-host.ts';

/** Somebody takes away much of a board at once; with the real planning behind a real room. */
let world: World;
let host: SyncHost;
let planning: Planning;
let board: string;
let ben: Viewer;
let cy: Viewer;
const cast: Cast = {};
let keeping = Promise.resolve();

beforeAll(async () => {
  world = await openWorld();
  ben = await world.join('Ben', 'member');
  cy = await world.join('Cy', 'member');
  for (const [name, viewer] of [
    ['ben', ben],
    ['cy', cy],
  ] as const)
    cast[name] = person(viewer.personId);
  host = await startHost({
    journal: createJournal(world.store),
    cast,
    hooks: {
      rules: boardRules,
      guard: (id) => readBoardGuard(world.store, id),
      rightNow: () => Promise.resolve('write'),
      largeDeletion: (id, by, removal) => {
        keeping = keeping.then(() => keepWayBack(deps, id, by.person, removal));
      },
    },
  });
  const guardChanged = (id: string): void => host.sync.rightsChanged({ board: id });
  const documents = createDocuments(host.sync, () => undefined);
  const deps = { ...world.deps, documents, guardChanged };
  planning = createPlanning(deps);
  board = value(await planning.createBoard(world.ana, { title: 'Plan', template: 'blank' })).id;
});
afterAll(async () => {
  await host.stop();
  await world.dispose();
});

/** One of our clients, reduced to writing and waiting for the ack. */
async function writer(name: string) {
  const id = Math.floor(Math.random() * 2 ** 31);
  const raw = await RawClient.connect(host.url, board, name, `v=1&client=${id}`);
  raw.doc.clientID = id;
  raw.send(encodeOpenOutbox(0, randomBytes(16).toString('hex')));
  let n = 0;
  return {
    raw,
    write: async (change: Parameters<RawClient['edit']>[0]) => {
      raw.send(encodeEdit(0, ++n, raw.edit(change)));
      await raw.until(() => (raw.acks.at(-1)?.n ?? 0) >= n);
    },
  };
}

test('[SY79] much removed at once is put back as it was, and nobody loses what they did since', async () => {
  const [a, b] = [await writer('ben'), await writer('cy')];
  await b.write((doc) => {
    for (let i = 0; i < 60; i++) writeRecord(doc, objective(`c${i}`, { title: `first words ${i}` }));
  });
  await a.raw.until(() => recordsOf(a.raw.doc).size >= 60);
  // What somebody wrote just before the removal comes back as well.
  await b.write((doc) => writeRecord(doc, objective('c5', { title: 'last words' })));
  await b.write((doc) => recordsOf(doc).delete('shape:c59'));
  await a.raw.until(() => !recordsOf(a.raw.doc).has('shape:c59'));
  for (let from = 0; from < 40; from += 10) {
    await a.write((doc) => {
      for (let i = from; i < from + 10; i++) recordsOf(doc).delete(`shape:c${i}`);
    });
  }
  await b.raw.until(() => !recordsOf(b.raw.doc).has('shape:c39'));
  await b.write((doc) => writeRecord(doc, objective('c50', { title: 'written since' })));
  await b.write((doc) => writeRecord(doc, objective('new', { title: 'drawn since' })));

  await keeping;
  const { wayBack } = await readBoardGuard(world.store, board);
  expect(wayBack).toMatchObject({ by: ben.personId, records: 40 });
  expect(await planning.putBack(cy, board)).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
  const back = value(await planning.putBack(ben, board));
  expect(back.records).toBe(40);
  const titles = new Map(
    value(await planning.plan(ben, board)).plan.objectives.map((it) => [it.key, it.title]),
  );
  for (let i = 0; i < 40; i++) expect(titles.get(`c${i}`)).toBe(i === 5 ? 'last words' : `first words ${i}`);
  expect([titles.get('c50'), titles.get('new'), titles.has('c59')]).toEqual([
    'written since',
    'drawn since',
    false,
  ]);
  expect(await planning.putBack(ben, board)).toMatchObject({
    ok: false,
    refusal: { code: 'nothing-removed' },
  });
  const [frozen] = value(await planning.snapshots(ben, board));
  expect(frozen).toMatchObject({ why: 'automatic', objectives: 59 });
  expect(frozen?.stop).toContain('Before Ben removed');
  await Promise.all([a.raw.end(), b.raw.end()]);
});
