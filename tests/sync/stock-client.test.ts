import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { cardsOf, putCard } from './support/card-rules.ts';
import { MemoryJournal } from './support/memory-journal.ts';
import { openTab, person, saved, shows, socketAs, startHost, type SyncHost } from './support/sync-host.ts';

const board = 'b1';
let journal: MemoryJournal;
let host: SyncHost;
const ends: (() => void | Promise<void>)[] = [];
const cast = { ana: person('ana'), ben: person('ben'), olga: person('olga', 'read') };

/** The unmodified provider of npm y-websocket, as a script uses it. */
const stock = (name: string, doc = new Y.Doc()): WebsocketProvider => {
  const provider = new WebsocketProvider(host.url, board, doc, {
    disableBc: true,
    WebSocketPolyfill: socketAs(name),
  });
  ends.push(() => {
    provider.destroy();
    doc.destroy();
  });
  return provider;
};

const synced = (provider: WebsocketProvider): Promise<void> =>
  new Promise((resolve) => {
    if (provider.synced) return resolve();
    provider.once('sync', () => resolve());
  });

const finallyClosed = (provider: WebsocketProvider): Promise<{ code: number; reason: string }> =>
  new Promise((resolve) => provider.once('closed', (event) => resolve(event)));

const sees = (provider: WebsocketProvider, wanted: (users: unknown[]) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!wanted([...provider.awareness.getStates().values()].map((state) => state.user as unknown))) return;
      provider.awareness.off('change', look);
      resolve();
    };
    provider.awareness.on('change', look);
    look();
  });

beforeEach(async () => {
  journal = new MemoryJournal();
  journal.create(board);
  host = await startHost({ journal, cast });
});

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await host.stop();
});

describe('the unmodified y-websocket client', () => {
  test('[SY20] edits, converges with our own client, and is stored under its person', async () => {
    const tab = await openTab({ url: host.url, board, name: 'ana' });
    ends.push(() => tab.close());
    await saved(tab);
    const ben = stock('ben');
    await synced(ben);
    putCard(ben.doc, 'c1', { title: 'from a script' });
    putCard(tab.doc, 'c2', { title: 'from a browser' });
    await shows(tab.doc, (doc) => doc.getMap('cards').size === 2);
    await shows(ben.doc, (doc) => doc.getMap('cards').size === 2);
    expect(cardsOf(ben.doc)).toEqual(cardsOf(tab.doc));
    expect(
      journal
        .stored(board)
        .rows.map((row) => row.person)
        .sort(),
    ).toEqual(['ana', 'ben']);
  });

  test('[SY21] brings what it wrote while away, and gets what others wrote', async () => {
    const doc = new Y.Doc();
    const ben = stock('ben', doc);
    await synced(ben);
    ben.disconnect();
    putCard(doc, 'c1', { title: 'while away' });
    const ana = stock('ana');
    await synced(ana);
    putCard(ana.doc, 'c2', { title: 'meanwhile' });
    ben.connect();
    await shows(ana.doc, (seen) => seen.getMap('cards').size === 2);
    await shows(doc, (seen) => seen.getMap('cards').size === 2);
    expect(cardsOf(doc)).toEqual(cardsOf(ana.doc));
  });

  test('[SY22] sees who is here under the names the server knows, whatever they claim', async () => {
    const [ana, ben] = [stock('ana'), stock('ben')];
    await Promise.all([synced(ana), synced(ben)]);
    ana.awareness.setLocalStateField('user', { id: 'ben', name: 'Ben', colour: 9 });
    ana.awareness.setLocalStateField('cursor', { x: 1 });
    await sees(ben, (users) =>
      users.some((user) => JSON.stringify(user) === '{"id":"ana","name":"ANA","colour":1}'),
    );
    ana.destroy();
    await sees(ben, (users) => users.length === 1);
  });

  test('[SY23] looks but does not write as an observer', async () => {
    const ana = stock('ana');
    await synced(ana);
    putCard(ana.doc, 'c1', { title: 'seen' });
    const olga = stock('olga');
    await synced(olga);
    await shows(olga.doc, (doc) => doc.getMap('cards').has('c1'));
    const end = finallyClosed(olga);
    putCard(olga.doc, 'c2', { title: 'not for her' });
    expect((await end).code).toBe(4422);
    expect(cardsOf(ana.doc)).toEqual({ c1: { title: 'seen' } });
    expect(journal.stored(board).rows).toHaveLength(1);
    olga.connect();
    await synced(olga);
    putCard(ana.doc, 'c3', { title: 'still seen' });
    await shows(olga.doc, (doc) => doc.getMap('cards').has('c3'));
    expect(journal.stored(board).rows.map((row) => row.person)).toEqual(['ana', 'ana']);
  });

  test('[SY24] is told for good when nobody knows it, instead of trying for ever', async () => {
    const nobody = stock('nobody');
    expect(await finallyClosed(nobody)).toMatchObject({ code: 4401 });
    expect(nobody.shouldConnect).toBe(false);
  });

  test('[SY25] goes on with a new ticket when the old one is spent', async () => {
    const spent = new Set<string>();
    await host.stop();
    host = await startHost({
      journal,
      cast,
      hooks: {
        admit: ({ url }) => {
          const ticket = url.searchParams.get('ticket') ?? '';
          const fresh = ticket.startsWith('t') && !spent.has(ticket);
          spent.add(ticket);
          return Promise.resolve(
            fresh
              ? { ok: true, value: cast.ana }
              : { ok: false, refusal: { code: 'unauthorised', message: 'the ticket is spent' } },
          );
        },
      },
    });
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(host.url, board, doc, {
      disableBc: true,
      params: { ticket: 't1' },
    });
    ends.push(() => provider.destroy());
    let tickets = 1;
    provider.on('closed', () => {
      provider.params = { ticket: `t${++tickets}` };
      provider.connect();
    });
    await synced(provider);
    const reconnected = new Promise<void>((resolve) => {
      provider.on('sync', (state: boolean) => {
        if (state) resolve();
      });
    });
    provider.ws?.close();
    await reconnected;
    expect(tickets).toBe(2);
    expect([...spent]).toEqual(['t1', 't2']);
  });
});
