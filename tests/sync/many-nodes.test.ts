import { randomUUID } from 'node:crypto';
import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { createJournal } from '#server/store/journal/journal.ts';
import { openStore } from '#server/store/open.ts';
import type { Store } from '#server/store/store.ts';
import { redisDoorbell } from '#server/sync/doorbell/redis-doorbell.ts';
import { addBoard } from '../store/rows.ts';
import { createDatabase, serverUrl, type TestDatabase } from '../support/postgres.ts';
import { redisUrl } from '../support/redis.ts';
import { cardsOf, putCard } from './support/card-rules.ts';
import {
  openTab,
  person,
  saved,
  shows,
  silentLog,
  startHost,
  type Cast,
  type SyncHost,
} from './support/sync-host.ts';

/** A TCP relay to Redis that can be cut, so that Redis can be away without stopping the one all tests share. */
class Relay {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut = false;

  constructor(target: URL) {
    this.#server = createServer((near) => {
      if (this.#cut) return near.destroy();
      const far = connect(Number(target.port || 6379), target.hostname);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          this.#sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
  }

  listen(): Promise<string> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        resolve(`redis://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
      });
    });
  }

  cut(cut: boolean): void {
    this.#cut = cut;
    if (cut) for (const socket of this.#sockets) socket.destroy();
  }

  end(): Promise<void> {
    this.cut(true);
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

describe.skipIf(!serverUrl || !redisUrl)('several nodes on PostgreSQL and Redis', () => {
  let database: TestDatabase;
  let stores: Store[];
  let relay: Relay;
  let relayUrl: string;
  let board: string;
  let nodes: SyncHost[];
  const tabs: BoardConnection[] = [];
  const people = Array.from({ length: 3 }, () => randomUUID());
  const cast: Cast = Object.fromEntries(people.map((id) => [id, person(id)]));

  beforeAll(async () => {
    database = await createDatabase();
    stores = await Promise.all([1, 2, 3].map(() => openStore({ databaseUrl: database.url, dataDir: '' })));
    relay = new Relay(new URL(redisUrl ?? ''));
    relayUrl = await relay.listen();
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await relay.end();
    await database.drop();
  });
  beforeEach(async () => {
    const first = stores[0];
    if (!first) throw new Error('no store');
    board = (await addBoard(first.db, 'many nodes')).boardId;
    nodes = await Promise.all(
      stores.map((store) => {
        const doorbell = redisDoorbell(relayUrl, silentLog, `test-${board}`);
        return startHost({ journal: createJournal(store), cast, doorbell });
      }),
    );
    for (let i = 0; i < nodes.length; i++)
      tabs.push(await openTab({ url: nodes[i]?.url ?? '', board, name: people[i] ?? '' }));
    await Promise.all(tabs.map((tab) => saved(tab)));
  });
  afterEach(async () => {
    relay.cut(false);
    await Promise.all(tabs.splice(0).map((tab) => tab.close()));
    await Promise.all(nodes.map((node) => node.stop()));
  });

  const everybodyHas = (count: number, ms?: number): Promise<unknown> =>
    Promise.all(tabs.map((tab) => shows(tab.doc, (doc) => doc.getMap('cards').size === count, ms)));

  test('[SY63] people on different nodes write one board at once and see each other', async () => {
    for (let round = 0; round < 10; round++) {
      tabs.forEach((tab, i) => putCard(tab.doc, `r${round}-${i}`, { x: round }));
      await Promise.all(tabs.map((tab) => saved(tab)));
    }
    await everybodyHas(30);
    const [first, ...others] = tabs.map((tab) => cardsOf(tab.doc));
    for (const other of others) expect(other).toEqual(first);
    tabs[0]?.awareness.setLocalStateField('cursor', { x: 7 });
    await new Promise<void>((resolve) => {
      const { awareness } = tabs[2] ?? {};
      const look = (): void => {
        const here = [...(awareness?.getStates().values() ?? [])] as { user?: { id: string } }[];
        if (!here.some((state) => state.user?.id === people[0])) return;
        awareness?.off('change', look);
        resolve();
      };
      awareness?.on('change', look);
      look();
    });
  });

  test('[SY63] with Redis away saving goes on, and the others hear of it by reading', async () => {
    relay.cut(true);
    tabs.forEach((tab, i) => putCard(tab.doc, `away-${i}`, { x: i }));
    await Promise.all(tabs.map((tab) => saved(tab)));
    await everybodyHas(3, 12_000);
    relay.cut(false);
    for (const tab of tabs.slice(0, 1)) putCard(tab.doc, 'healed', { x: 1 });
    await everybodyHas(4, 12_000);
  });

  test('[SY63] a node goes away; its people go on with another, and nothing is lost', async () => {
    const [first] = tabs;
    if (!first) throw new Error('no tab');
    putCard(first.doc, 'before', { x: 1 });
    await saved(first);
    await nodes[0]?.stop();
    putCard(first.doc, 'typed while away', { x: 2 });
    const port = Number(new URL(nodes[0]?.url ?? '').port);
    const [, second] = stores;
    if (!second) throw new Error('no store');
    nodes[0] = await startHost({
      journal: createJournal(second),
      cast,
      port,
      doorbell: redisDoorbell(relayUrl, silentLog, `test-${board}`),
    });
    await saved(first, 15_000);
    await everybodyHas(2);
  });
});
