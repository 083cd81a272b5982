import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import type { Journal, Member, SyncHooks } from '#server/sync/hooks.ts';
import { nextLife, type RoomLife } from '#server/sync/room-life.ts';
import { cardsOf, putCard } from './support/card-rules.ts';
import { MemoryJournal } from './support/memory-journal.ts';
import { RawClient } from './support/raw-client.ts';
import { openTab, person, reaches, saved, shows, startHost, type SyncHost } from './support/sync-host.ts';

const board = 'b1';
let cast: Record<string, Member>;
let journal: MemoryJournal;
let host: SyncHost;
const ends: (() => Promise<void>)[] = [];

const start = async (hooks: Partial<SyncHooks> = {}): Promise<void> => {
  host = await startHost({ journal, cast, hooks });
  ends.unshift(() => host.stop());
};
const open = async (name: string): Promise<BoardConnection> => {
  const tab = await openTab({ url: host.url, board, name });
  ends.unshift(() => tab.close());
  return tab;
};

beforeEach(() => {
  journal = new MemoryJournal();
  journal.create(board);
  cast = { ana: person('ana'), ben: person('ben') };
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** The memory journal with single methods replaced. */
const journalWith = (over: Partial<Journal>): Journal => ({
  load: (id, options) => journal.load(id, options),
  readAfter: (id, seq) => journal.readAfter(id, seq),
  append: (id, at, rows) => journal.append(id, at, rows),
  lastOf: (id, outbox) => journal.lastOf(id, outbox),
  saveCheckpoint: (id, epoch, checkpoint) => journal.saveCheckpoint(id, epoch, checkpoint),
  ...over,
});

describe('the life of a room', () => {
  const after = (...events: Parameters<typeof nextLife>[1][]): RoomLife =>
    events.reduce<RoomLife>(nextLife, { state: 'loading' });

  test('[SY10] goes from loading over open and saving to leaving and gone', () => {
    expect(after({ type: 'loaded' })).toEqual({ state: 'open' });
    expect(after({ type: 'loaded' }, { type: 'commit-begun' })).toEqual({ state: 'saving' });
    expect(
      after({ type: 'loaded' }, { type: 'commit-begun' }, { type: 'commit-ended' }, { type: 'emptied' }),
    ).toEqual({
      state: 'leaving',
    });
    expect(after({ type: 'loaded' }, { type: 'emptied' }, { type: 'unloaded' })).toEqual({ state: 'gone' });
  });

  test('[SY11] somebody who comes back while it is left finds the same room open', () => {
    const back = after({ type: 'loaded' }, { type: 'emptied' }, { type: 'joined' });
    expect(back).toEqual({ state: 'open' });
    expect(nextLife(back, { type: 'unloaded' })).toBe(back);
  });

  test('[SY12] a board that failed to load never opens, and a damaged one never saves', () => {
    const failed = after({ type: 'load-failed', reason: 'away' });
    expect(nextLife(nextLife(failed, { type: 'loaded' }), { type: 'commit-begun' })).toBe(failed);
    const damaged = after({ type: 'loaded-damaged', reason: 'edit 3' });
    expect(nextLife(nextLife(damaged, { type: 'commit-begun' }), { type: 'joined' })).toBe(damaged);
  });
});

describe('a room in trouble', () => {
  test('[SY12] when the store cannot be read nobody sees an empty board, and nothing is saved over it', async () => {
    let away = true;
    await start({
      journal: journalWith({
        load: (id) => (away ? Promise.reject(new Error('the database is away')) : journal.load(id)),
      }),
    });
    const stock = RawClient.open(host.url, board, 'ben');
    await stock.until(() => stock.closed !== null);
    expect(stock.closed?.code).toBe(4500);
    expect(cardsOf(stock.doc)).toEqual({});
    const ana = await open('ana');
    putCard(ana.doc, 'c1', { title: 'typed meanwhile' });
    await reaches(ana, (state) => state.save.kind === 'offline' && state.save.kept === 1);
    expect(journal.stored(board).rows).toHaveLength(0);
    away = false;
    await saved(ana, 10_000);
    expect(journal.stored(board).rows).toHaveLength(1);
  });

  test('[SY13] the first sync message leaves only after the load', async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    await start({ journal: journalWith({ load: (id) => gate.then(() => journal.load(id)) }) });
    const client = RawClient.open(host.url, board, 'ana');
    const heard: unknown[] = [];
    client.doc.on('update', () => heard.push('update'));
    await new Promise(setImmediate);
    expect(heard).toEqual([]);
    release();
    await client.end();
  });

  test('[SY14] with a full disk edits stay on the device, the reason is shown, and all of them arrive afterwards', async () => {
    let full = false;
    await start({
      journal: journalWith({
        append: (id, at, rows) =>
          full ? Promise.resolve({ kind: 'failed', reason: 'disk-full' }) : journal.append(id, at, rows),
      }),
    });
    const [ana, ben] = await Promise.all([open('ana'), open('ben')]);
    await Promise.all([saved(ana), saved(ben)]);
    full = true;
    putCard(ana.doc, 'c1', { title: 'one' });
    const told = await reaches(ana, (state) => state.save.kind === 'not-saved');
    expect(told.save).toMatchObject({ code: 'disk-full' });
    putCard(ana.doc, 'c2', { title: 'two' });
    expect(cardsOf(ben.doc)).toEqual({});
    full = false;
    await saved(ana, 15_000);
    await shows(ben.doc, (doc) => doc.getMap('cards').size === 2);
    expect(journal.stored(board).rows.map((row) => row.n)).toEqual([1, 2]);
  });

  test('[SY15] when the answer to a commit is lost, what was stored is found and nothing is stored twice', async () => {
    let losing = 1;
    await start({
      journal: journalWith({
        append: async (id, at, rows) => {
          const answer = await journal.append(id, at, rows);
          if (losing-- > 0) throw new Error('the line broke after the COMMIT');
          return answer;
        },
      }),
    });
    const [ana, ben] = await Promise.all([open('ana'), open('ben')]);
    await Promise.all([saved(ana), saved(ben)]);
    putCard(ana.doc, 'c1', { title: 'once' });
    await shows(ben.doc, (doc) => doc.getMap('cards').has('c1'));
    await saved(ana, 10_000);
    expect(journal.stored(board).rows).toHaveLength(1);
  });

  test('[SY16] flipped bytes in a stored row are noticed; the board opens read-only up to the row before', async () => {
    await start();
    const ana = await open('ana');
    await saved(ana);
    for (const title of ['one', 'two', 'three']) {
      putCard(ana.doc, 'c1', { title });
      await saved(ana);
    }
    await ana.close();
    await host.stop();
    const row = journal.stored(board).rows[1];
    if (row) row.bytes[5] = (row.bytes[5] ?? 0) ^ 1;
    journal.stored(board).checkpoint = null;
    ends.length = 0;
    await start();
    const ben = await open('ben');
    const state = await reaches(ben, ({ source }) => source === 'server');
    expect(state.readOnlyReason).toBe('Edit 2 of this board is damaged in the store.');
    expect(cardsOf(ben.doc)).toEqual({ c1: { title: 'one' } });
    await expect(
      host.sync.edit(board, { person: null, why: 'test' }, (doc) => putCard(doc, 'c2', {})),
    ).rejects.toThrow('damaged');
  });

  test('[SY17] a damaged checkpoint is left aside and the whole log read instead', async () => {
    await start();
    const ana = await open('ana');
    await saved(ana);
    putCard(ana.doc, 'c1', { title: 'kept' });
    await saved(ana);
    await host.stop();
    const { checkpoint } = journal.stored(board);
    expect(checkpoint?.seq).toBe(1);
    if (checkpoint) checkpoint.bytes[3] = (checkpoint.bytes[3] ?? 0) ^ 1;
    ends.pop();
    await start();
    const ben = await open('ben');
    await saved(ben);
    expect(cardsOf(ben.doc)).toEqual({ c1: { title: 'kept' } });
  });

  test('[SY18] a board of another epoch is loaded afresh, and what was unsent becomes a copy, never merged', async () => {
    await start();
    const ana = await open('ana');
    await saved(ana);
    putCard(ana.doc, 'c1', { title: 'before' });
    await saved(ana);
    host.http.closeAllConnections();
    const fresh = new MemoryJournal();
    fresh.create(board);
    Object.assign(journal.stored(board), fresh.stored(board), { epoch: 2 });
    host.sync.closeBoard(board, 4409, 'the board was replaced');
    putCard(ana.doc, 'c2', { title: 'too late' });
    await reaches(ana, (state) => state.recoveredCopies === 1 && state.link === 'open', 10_000);
    await saved(ana);
    expect(cardsOf(ana.doc)).toEqual({});
    const [copy] = await ana.recoveredCopies();
    expect(copy?.reason).toBe('the board was replaced');
    expect(journal.stored(board).rows).toHaveLength(0);
  });
});

describe('rights on open connections', () => {
  test('[SY30] who is taken the right to write is stopped at once, and told', async () => {
    await start();
    const [ana, ben] = await Promise.all([open('ana'), open('ben')]);
    await Promise.all([saved(ana), saved(ben)]);
    cast.ana = person('ana', 'read');
    host.sync.rightsChanged({ person: 'ana' });
    await reaches(ana, (state) => state.right === 'read');
    putCard(ana.doc, 'c1', { title: 'too late' });
    await reaches(ana, (state) => state.save.kind === 'not-saved');
    await reaches(ana, (state) => state.recoveredCopies === 1);
    expect(journal.stored(board).rows).toHaveLength(0);
    expect(cardsOf(ben.doc)).toEqual({});
  });

  test('[SY31] who is taken every right is put out', async () => {
    await start();
    const ana = await open('ana');
    await saved(ana);
    cast.ana = person('ana', 'none');
    host.sync.rightsChanged({ signIn: 'sign-in-ana' });
    const state = await reaches(ana, ({ closed }) => closed !== null);
    expect(state.closed?.code).toBe(4403);
  });

  test('[SY32] an edit on its way when the right is lost is not stored; those of others are', async () => {
    const gone = new Set<string>();
    await start({ mayStillWrite: ({ person: id }) => !gone.has(id) });
    const [ana, ben] = await Promise.all([open('ana'), open('ben')]);
    await Promise.all([saved(ana), saved(ben)]);
    gone.add('ana');
    putCard(ana.doc, 'c1', { title: 'ana' });
    putCard(ben.doc, 'c2', { title: 'ben' });
    await saved(ben);
    await reaches(ana, (state) => state.save.kind === 'not-saved');
    expect(journal.stored(board).rows.map((row) => row.person)).toEqual(['ben']);
    const doc = new Y.Doc();
    for (const row of journal.stored(board).rows) Y.applyUpdate(doc, row.bytes);
    expect(cardsOf(doc)).toEqual({ c2: { title: 'ben' } });
  });
});

describe('the server takes part', () => {
  test('[SY35] its own edits are durable, seen by all, and fail whole', async () => {
    await start();
    const ana = await open('ana');
    await saved(ana);
    const { seq } = await host.sync.edit(board, { person: 'ben', why: 'import' }, (doc) =>
      putCard(doc, 'c1', { title: 'imported' }),
    );
    expect(seq).toBe(1);
    await shows(ana.doc, (doc) => doc.getMap('cards').has('c1'));
    expect(journal.stored(board).rows.map((row) => row.person)).toEqual(['ben']);
    const failing = host.sync.edit(board, { person: null, why: 'test' }, (doc) => {
      putCard(doc, 'c2', { title: 'half' });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await host.sync.read(board, cardsOf)).toEqual({ c1: { title: 'imported' } });
    const frozen = await host.sync.snapshotBytes(board);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, frozen.bytes);
    expect([cardsOf(doc), frozen.seq, frozen.epoch]).toEqual([{ c1: { title: 'imported' } }, 1, 1]);
  });

  test('[SY36] the truth of a board comes on joining and with every push, and never touches the document', async () => {
    await start({ truth: () => Promise.resolve({ commitments: 1 }) });
    const ana = await open('ana');
    await reaches(ana, (state) => JSON.stringify(state.truth) === '{"commitments":1}');
    const before = Y.encodeStateAsUpdate(ana.doc);
    host.sync.pushTruth(board, { commitments: 2 });
    await reaches(ana, (state) => JSON.stringify(state.truth) === '{"commitments":2}');
    expect(Y.encodeStateAsUpdate(ana.doc)).toEqual(before);
  });
});
