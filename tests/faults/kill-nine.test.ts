import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { matches } from '#server/sync/checksum.ts';
import { createJournal } from '#server/store/journal/journal.ts';
import { openStore } from '#server/store/open.ts';
import type { Store } from '#server/store/store.ts';
import { addBoard } from '../store/rows.ts';
import { openTestStore } from '../support/embedded.ts';
import { createDatabase, serverUrl } from '../support/postgres.ts';
import { cardsOf, putCard } from '../sync/support/card-rules.ts';
import { openTab, saved } from '../sync/support/sync-host.ts';
import { seeded } from '../convergence/simulator/sim-world.ts';

/** `KILLS=200 npx vitest run tests/faults` for the long run. */
const kills = Number(process.env.KILLS ?? 20);
const writers = 8;
const seed = Number(process.env.KILL_SEED ?? 20_261_123);

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** Where a server process finds its store; `read` looks at it when no process has it open. */
interface Place {
  readonly dataDir: string;
  readonly env: Record<string, string>;
  read<T>(look: (store: Store) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

const onEmbedded = async (): Promise<Place> => {
  const made = await openTestStore();
  await made.store.close();
  const read = async <T>(look: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore({ databaseUrl: null, dataDir: made.dataDir });
    return look(store).finally(() => store.close());
  };
  return { dataDir: made.dataDir, env: {}, read, end: () => made.dispose().catch(() => {}) };
};

const onPostgresql = async (): Promise<Place> => {
  const database = await createDatabase();
  const read = async <T>(look: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore({ databaseUrl: database.url, dataDir: '' });
    return look(store).finally(() => store.close());
  };
  return { dataDir: '', env: { DATABASE_URL: database.url }, read, end: () => database.drop() };
};

const start = (port: number, place: Place): Promise<ChildProcess> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['tests/faults/sync-process.ts', String(port), place.dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...place.env },
    });
    child.stdout?.once('data', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });

const end = (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });

describe.each([
  ['the embedded database', onEmbedded, true],
  ['PostgreSQL', onPostgresql, serverUrl !== null],
] as const)('kill -9 of the sync server on %s', (_name, choose, available) => {
  let place: Place;
  let child: ChildProcess | null = null;
  let tabs: BoardConnection[] = [];
  beforeAll(async () => {
    if (available) place = await choose();
  });
  afterAll(async () => {
    await Promise.all(tabs.map((tab) => tab.close()));
    if (child) await end(child, 'SIGKILL');
    if (available) await place.end();
  });

  test.skipIf(!available)(
    `[SY62] ${kills} kills while ${writers} people write: every ack is in the journal, once`,
    async () => {
      const random = seeded(seed);
      const { boardId } = await place.read((store) => addBoard(store.db, 'kill -9'));
      const port = await freePort();
      child = await start(port, place);
      const url = `ws://127.0.0.1:${port}/sync`;
      const people = Array.from({ length: writers }, () => randomUUID());
      tabs = await Promise.all(people.map((name) => openTab({ url, board: boardId, name })));
      await Promise.all(tabs.map((tab) => saved(tab, 20_000)));

      // The oracle: what each tab made, and how much of it was covered by a "Saved" at any moment.
      const made = tabs.map((): string[] => []);
      const acknowledged = new Set<string>();
      tabs.forEach((tab, i) =>
        tab.subscribe(({ save }) => {
          if (save.kind === 'saved') for (const key of made[i] ?? []) acknowledged.add(key);
        }),
      );
      let next = 0;
      const write = (): void => {
        tabs.forEach((tab, i) => {
          if (random() < 0.3) return;
          const key = `k${next++}`;
          made[i]?.push(key);
          putCard(tab.doc, key, { x: next, title: `by ${i}` });
        });
      };
      let ackedBefore = 0;
      for (let kill = 0; kill < kills; kill++) {
        const until = Date.now() + random() * 500;
        while (Date.now() < until) {
          write();
          await new Promise((resolve) => setTimeout(resolve, 5 + random() * 20));
        }
        await end(child, 'SIGKILL');
        write();
        child = await start(port, place);
        // At least one person gets through before the next blow, so that every round tests something.
        await Promise.race(tabs.map((tab) => saved(tab, 40_000)));
        expect(acknowledged.size).toBeGreaterThanOrEqual(ackedBefore);
        ackedBefore = acknowledged.size;
      }
      await Promise.all(tabs.map((tab) => saved(tab, 60_000)));
      await end(child, 'SIGTERM');
      child = null;

      const loaded = await place.read((store) =>
        createJournal(store).load(boardId, { ignoreCheckpoint: true }),
      );
      const rows = loaded?.rows ?? [];
      expect(rows.every((row) => matches(row.bytes, row.sha256))).toBe(true);
      expect(rows.map((row) => row.seq)).toEqual(rows.map((_row, i) => i + 1));
      const last = new Map<string, number>();
      for (const row of rows) {
        expect(row.n).toBe((last.get(row.outbox) ?? 0) + 1);
        last.set(row.outbox, row.n);
      }
      const doc = new Y.Doc();
      for (const row of rows) Y.applyUpdate(doc, row.bytes);
      const stored = doc.getMap('cards');
      expect([...acknowledged].filter((key) => !stored.has(key))).toEqual([]);
      expect(stored.size).toBe(next);
      for (const tab of tabs) expect(cardsOf(tab.doc)).toEqual(cardsOf(doc));
      console.info(
        `${kills} kills, seed ${seed}: ${next} edits, ${acknowledged.size} acknowledged, ${rows.length} rows, 0 lost`,
      );
    },
    600_000,
  );
});
