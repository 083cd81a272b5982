import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { metaOf } from '#board/document.ts';
import { SCHEMA_VERSION } from '#board/schema/version.ts';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { MemoryStore } from '#lib/live/storage/memory-store.ts';
import { ProcessLocks } from '#lib/live/tab-locks.ts';
import type { BoardRules } from '#server/sync/hooks.ts';
import { cardRules, cardsOf, putCard } from './support/card-rules.ts';
import { MemoryJournal } from './support/memory-journal.ts';
import { openTab, person, reaches, saved, shows, startHost, type SyncHost } from './support/sync-host.ts';

const board = 'b1';
const cast = { ana: person('ana'), ben: person('ben') };
let journal: MemoryJournal;
let host: SyncHost;
let migrations: number;
const tabs: BoardConnection[] = [];

/** A server whose code knows the document's shape up to `version`; a step adds `shape` to every card. */
const rulesOf = (version: number): BoardRules => ({
  ...cardRules,
  schema: {
    version,
    of: (doc) => (metaOf(doc).get('schema') as number | undefined) ?? null,
    migrate: (doc) => {
      migrations++;
      for (const card of doc.getMap<Y.Map<unknown>>('cards').values()) card.set('shape', version);
      metaOf(doc).set('schema', version);
    },
  },
});
const start = async (version: number, port?: number): Promise<void> => {
  host = await startHost({ journal, cast, hooks: { rules: rulesOf(version) }, ...(port ? { port } : {}) });
};
const open = async (name: string, store = new MemoryStore(), locks = new ProcessLocks()) => {
  const tab = await openTab({ url: host.url, board, name, store, locks });
  tabs.push(tab);
  await reaches(tab, (state) => state.source === 'server');
  return tab;
};

beforeEach(async () => {
  migrations = 0;
  journal = new MemoryJournal();
  journal.create(board);
  await start(SCHEMA_VERSION);
  await host.sync.edit(board, { person: null, why: 'seed' }, (doc) => {
    metaOf(doc).set('schema', SCHEMA_VERSION);
    putCard(doc, 'c1', { title: 'first' });
  });
});
afterEach(async () => {
  await Promise.all(tabs.splice(0).map((tab) => tab.close()));
  await host.stop();
});

describe('a board, a page and a server of different times', () => {
  test('[SY80] a board of an older shape is migrated once, by the server, before anybody sees it', async () => {
    await host.stop();
    await start(SCHEMA_VERSION + 1);
    await Promise.all([host.sync.read(board, () => null), host.sync.read(board, () => null)]);
    await host.sync.read(board, (doc) =>
      expect(cardsOf(doc)).toEqual({ c1: { title: 'first', shape: SCHEMA_VERSION + 1 } }),
    );
    expect(migrations).toBe(1);
    await host.stop();
    await start(SCHEMA_VERSION + 1);
    await host.sync.read(board, (doc) => expect(metaOf(doc).get('schema')).toBe(SCHEMA_VERSION + 1));
    expect(migrations).toBe(1);
  });

  test('[SY81] an older page turns read-only, keeps what is unsent, and after a reload it arrives', async () => {
    const [store, locks] = [new MemoryStore(), new ProcessLocks()];
    const old = await open('ana', store, locks);
    await saved(old);
    expect(old.state.readOnlyReason).toBeNull();
    const port = Number(new URL(host.url).port);
    await host.stop();
    putCard(old.doc, 'c2', { title: 'made while the server was renewed' });
    await start(SCHEMA_VERSION + 1, port);
    const held = await reaches(old, (state) => state.save.kind === 'not-saved', 10_000);
    expect(held.save).toMatchObject({ code: 'reload-needed' });
    expect(held.readOnlyReason).toContain('Reload');
    expect(old.hasUnsaved).toBe(true);
    await host.sync.read(board, (doc) => expect(doc.getMap('cards').has('c2')).toBe(false));
    await old.close();
    const fresh = await openTab({
      ...{ url: host.url, board, name: 'ana', store, locks },
      schema: SCHEMA_VERSION + 1,
    });
    tabs.push(fresh);
    await saved(fresh);
    await host.sync.read(board, (doc) => expect(doc.getMap('cards').has('c2')).toBe(true));
  });

  test('[SY82] a server older than the board lets nobody write, and nothing is lost', async () => {
    await host.sync.edit(board, { person: null, why: 'by a newer server' }, (doc) => {
      metaOf(doc).set('schema', SCHEMA_VERSION + 5);
    });
    const ben = await open('ben');
    await shows(ben.doc, (doc) => doc.getMap('cards').has('c1'));
    putCard(ben.doc, 'c3', { title: 'too early' });
    const held = await reaches(ben, (state) => state.save.kind === 'not-saved');
    expect(held.save).toMatchObject({ code: 'reload-needed' });
    expect(ben.hasUnsaved).toBe(true);
    expect(journal.stored(board).rows.every((row) => row.person === null)).toBe(true);
  });
});
