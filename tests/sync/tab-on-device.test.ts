import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { saveStatus, type SaveFacts } from '#lib/live/live-state.ts';
import type { LiveStore } from '#lib/live/live-store.ts';
import { openIndexedStore } from '#lib/live/storage/indexed-store.ts';
import { MemoryStore } from '#lib/live/storage/memory-store.ts';
import { ProcessLocks } from '#lib/live/tab-locks.ts';
import { cardsOf, putCard } from './support/card-rules.ts';
import { MemoryJournal } from './support/memory-journal.ts';
import { openTab, person, reaches, saved, startHost, type SyncHost } from './support/sync-host.ts';

const cast = { ana: person('ana'), ben: person('ben') };
let board = 'b0';
let boards = 0;
let journal: MemoryJournal;
let host: SyncHost;
let store: LiveStore;
let locks: ProcessLocks;
const tabs: BoardConnection[] = [];

const open = async (name = 'ana', own = true): Promise<BoardConnection> => {
  const tab = await openTab({ url: host.url, board, name, ...(own ? { store, locks } : {}) });
  tabs.push(tab);
  return tab;
};

beforeEach(async () => {
  board = `b${++boards}`;
  journal = new MemoryJournal();
  journal.create(board);
  host = await startHost({ journal, cast });
  store = await openIndexedStore();
  locks = new ProcessLocks();
});
afterEach(async () => {
  await Promise.all(tabs.splice(0).map((tab) => tab.close()));
  await host.stop();
});

const restart = async (): Promise<void> => {
  host = await startHost({ journal, cast, port: Number(new URL(host.url).port) });
};

describe('a tab on its device (IndexedDB)', () => {
  test('[LV5] the edits of a tab that died are sent by the next one, once', async () => {
    const first = await open();
    await saved(first);
    await host.stop();
    await reaches(first, (state) => state.link === 'closed');
    putCard(first.doc, 'c1', { title: 'typed off line' });
    putCard(first.doc, 'c2', { title: 'and more' });
    await first.close();
    expect(await store.outboxes(board, 'ana')).toHaveLength(1);
    const second = await open();
    expect(cardsOf(second.doc)).toEqual({ c1: { title: 'typed off line' }, c2: { title: 'and more' } });
    expect(second.state.save).toMatchObject({ kind: 'offline' });
    const third = await open();
    expect(third.hasUnsaved).toBe(false);
    await restart();
    await Promise.all([saved(second, 10_000), saved(third, 10_000)]);
    expect(await store.outboxes(board, 'ana')).toEqual([]);
    const other = await open('ben', false);
    await saved(other);
    expect(cardsOf(other.doc)).toEqual(cardsOf(second.doc));
    const rows = journal.stored(board).rows;
    expect(new Set(rows.map((row) => `${row.outbox} ${row.n}`)).size).toBe(rows.length);
  });

  test('[LV5] nobody else on the device gets them', async () => {
    const first = await open();
    await saved(first);
    await host.stop();
    await reaches(first, (state) => state.link === 'closed');
    putCard(first.doc, 'c1', { title: 'mine' });
    await first.close();
    const ben = await open('ben');
    expect(ben.hasUnsaved).toBe(false);
    expect(await store.outboxes(board, 'ana')).toHaveLength(1);
    await store.wipe('ana');
    expect(await store.outboxes(board, 'ana')).toEqual([]);
    expect(await store.cachedBoard(board)).toBeNull();
    await restart();
    await saved(ben, 10_000);
  });

  test('[LV6] a board opens off line as it was last seen', async () => {
    const first = await open();
    await saved(first);
    for (let i = 0; i < 5; i++) {
      putCard(first.doc, `c${i}`, { x: i });
      await saved(first);
    }
    await first.close();
    await host.stop();
    const second = await open();
    expect(second.state).toMatchObject({ loaded: true, source: 'device', right: 'write' });
    expect(cardsOf(second.doc)).toEqual(cardsOf(first.doc));
    await restart();
    await saved(second, 10_000);
  });

  test('[LV7] after a refusal everything else goes on, and the refused part is a copy', async () => {
    const ana = await open();
    await saved(ana);
    putCard(ana.doc, 'c1', { title: 'good', x: 1 });
    await saved(ana);
    const before = ana.doc;
    const replaced = new Promise<Y.Doc>((resolve) => ana.onDocument(resolve));
    putCard(ana.doc, 'bad', { x: Number.NaN });
    ana.flush();
    putCard(ana.doc, 'c1', { x: 2 });
    ana.flush();
    putCard(ana.doc, 'c2', { title: 'behind it' });
    const fresh = await replaced;
    expect(fresh).not.toBe(before);
    const state = await reaches(ana, ({ recoveredCopies, link }) => recoveredCopies === 1 && link === 'open');
    expect(state.save).toMatchObject({ kind: 'not-saved', code: 'invalid' });
    const [copy] = await ana.recoveredCopies();
    expect(copy?.records).toEqual({ cards: { bad: { x: Number.NaN } } });
    await ana.dropCopy(copy?.id ?? '');
    await saved(ana);
    expect(cardsOf(ana.doc)).toEqual({ c1: { title: 'good', x: 2 }, c2: { title: 'behind it' } });
    const ben = await open('ben', false);
    await saved(ben);
    expect(cardsOf(ben.doc)).toEqual(cardsOf(ana.doc));
  });

  test('[LV8] an edit of a megabyte goes through whole', async () => {
    const ana = await open();
    await saved(ana);
    putCard(ana.doc, 'big', { title: 'x'.repeat(1_000_000) });
    await saved(ana, 10_000);
    expect(journal.stored(board).rows).toHaveLength(1);
    const ben = await open('ben', false);
    await saved(ben);
    expect(Y.encodeStateVector(ben.doc)).toEqual(Y.encodeStateVector(ana.doc));
  });
});

describe('what the indicator says', () => {
  const facts = (over: Partial<SaveFacts>): SaveFacts => ({
    kept: 0,
    unsavedSince: null,
    lineAlive: true,
    refusal: null,
    now: 1_000_000,
    ...over,
  });

  test('[LV9] each of the four under exactly its condition', () => {
    expect(saveStatus(facts({}))).toEqual({ kind: 'saved' });
    expect(saveStatus(facts({ lineAlive: false }))).toEqual({ kind: 'offline', kept: 0 });
    expect(saveStatus(facts({ lineAlive: false, kept: 3 }))).toEqual({ kind: 'offline', kept: 3 });
    expect(saveStatus(facts({ kept: 2, unsavedSince: 999_800 }))).toEqual({
      kind: 'saving',
      kept: 2,
      visible: false,
    });
    expect(saveStatus(facts({ kept: 2, unsavedSince: 999_600 }))).toEqual({
      kind: 'saving',
      kept: 2,
      visible: true,
    });
    const refusal = { code: 'disk-full', reason: 'full' } as const;
    expect(saveStatus(facts({ refusal, kept: 1, lineAlive: false }))).toEqual({
      kind: 'not-saved',
      ...refusal,
    });
  });
});

describe.each([
  ['IndexedDB', openIndexedStore],
  ['memory', () => Promise.resolve(new MemoryStore())],
])('the device store on %s', (_name, make: () => Promise<LiveStore>) => {
  const outbox = (id: string) => ({ id, board, person: 'ana', epoch: 1 });
  const bytes = (title: string): Uint8Array => {
    const doc = new Y.Doc();
    putCard(doc, title, { title });
    return Y.encodeStateAsUpdate(doc);
  };

  test('[LV10] edits come back in order and leave when they are durable', async () => {
    const device = await make();
    for (const n of [1, 2, 10, 11]) await device.keep(outbox(`o-${board}`), { n, bytes: Uint8Array.of(n) });
    expect((await device.rows(`o-${board}`)).map((row) => row.n)).toEqual([1, 2, 10, 11]);
    await device.settle(`o-${board}`, 2);
    await device.forget(`o-${board}`, 11);
    expect(await device.rows(`o-${board}`)).toEqual([{ n: 10, bytes: Uint8Array.of(10) }]);
    await device.settle(`o-${board}`, 10);
    expect(await device.outboxes(board, 'ana')).toEqual([]);
  });

  test('[LV13] signing out counts what is unsaved, and leaves nothing of the person', async () => {
    const device = await make();
    const other = `${board}-other`;
    const mine = [outbox(`a-${board}`), { ...outbox(`b-${board}`), board: other }].map((it) => ({
      ...it,
      person: 'leaving',
    }));
    for (const it of mine) for (const n of [1, 2]) await device.keep(it, { n, bytes: Uint8Array.of(n) });
    await device.keep({ ...outbox(`c-${board}`), person: 'staying' }, { n: 1, bytes: Uint8Array.of(1) });
    await device.cache({ board, epoch: 1, seq: 3 }, 0, bytes('seen'));
    expect([await device.unsent('leaving'), await device.unsent('staying')]).toEqual([4, 1]);
    await device.wipe('leaving');
    expect([await device.unsent('leaving'), await device.unsent('staying')]).toEqual([0, 1]);
    expect(await device.outboxes(other, 'leaving')).toEqual([]);
    expect(await device.cachedBoard(board)).toBeNull();
    await device.wipe('staying');
  });

  test('[LV10] a copy of the board has no holes', async () => {
    const device = await make();
    const at = (seq: number, epoch = 1) => ({ board, epoch, seq });
    await device.cache(at(5), 3, bytes('lost'));
    expect(await device.cachedBoard(board)).toBeNull();
    await device.cache(at(3), 0, bytes('whole'));
    await device.cache(at(4), 3, bytes('next'));
    await device.cache(at(9), 6, bytes('hole'));
    await device.cache(at(5, 2), 4, bytes('other epoch'));
    const cached = await device.cachedBoard(board);
    expect([cached?.seq, cached?.epoch, cached?.parts.length]).toEqual([4, 1, 2]);
    for (let seq = 5; seq <= 300; seq++) await device.cache(at(seq), seq - 1, bytes(`s${seq}`));
    const merged = await device.cachedBoard(board);
    const doc = new Y.Doc();
    for (const part of merged?.parts ?? []) Y.applyUpdate(doc, part);
    expect([merged?.seq, doc.getMap('cards').size]).toEqual([300, 298]);
    await device.dropCache(board);
    expect(await device.cachedBoard(board)).toBeNull();
  });
});
