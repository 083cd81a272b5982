import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { createJournal } from '#server/store/journal/journal.ts';
import { openStore } from '#server/store/open.ts';
import type { Store } from '#server/store/store.ts';
import { seeded } from '../convergence/simulator/sim-world.ts';
import { addBoard } from '../store/rows.ts';
import { openTab, person, saved, startHost, type SyncHost } from '../sync/support/sync-host.ts';
import { Oracle } from './support/oracle.ts';
import { ownPostgres, postgresBinaries, type OwnPostgres } from './support/own-postgres.ts';

const people = Array.from({ length: 8 }, () => randomUUID());
const restarts = Number(process.env.RESTARTS ?? 2);
vi.setConfig({ testTimeout: 150_000 + restarts * 30_000, hookTimeout: 60_000 });

let database: OwnPostgres;
let store: Store;
let host: SyncHost;
let board: string;
let tabs: BoardConnection[] = [];
let oracle: Oracle;

async function begin(): Promise<void> {
  database = await ownPostgres();
  store = await openStore({ databaseUrl: database.url, dataDir: '' });
  const cast = Object.fromEntries(people.map((id) => [id, person(id)]));
  host = await startHost({ journal: createJournal(store), cast });
  await gather();
}

/** Everybody at a new board: who writes through twenty restarts would fill one (25,000 objects). */
async function gather(): Promise<void> {
  await Promise.all(tabs.splice(0).map((tab) => tab.close()));
  board = (await addBoard(store.db, 'restarts')).boardId;
  tabs = await Promise.all(people.map((name) => openTab({ url: host.url, board, name })));
  await Promise.all(tabs.map((tab) => saved(tab, 20_000)));
  oracle = new Oracle(tabs, seeded(20_261_125));
}

afterEach(async () => {
  await Promise.all(tabs.splice(0).map((tab) => tab.close()));
  await host.stop();
  await store.close();
  await database.end();
});

describe.skipIf(!postgresBinaries)('PostgreSQL fails while people write', () => {
  test('[SY91] restarted at once: no ack meanwhile, acks again within 5 s, nothing lost or stored twice', async () => {
    await begin();
    const waits: number[] = [];
    const total = { edits: 0, rows: 0 };
    const settle = async (): Promise<void> => {
      await Promise.all(tabs.map((tab) => saved(tab, 60_000)));
      total.rows += await oracle.verify(store, board);
      total.edits += oracle.edits;
    };
    for (let i = 0; i < restarts; i++) {
      if (i > 0 && i % 5 === 0) {
        await settle();
        await gather();
      }
      await oracle.writeUntil(400);
      await database.stopImmediately();
      // The acks of what was committed before may still be on their way.
      await oracle.writeUntil(250);
      const stoppedAt = performance.now();
      await oracle.writeUntil(i % 2 === 0 ? 300 : 6_000);
      expect(oracle.lastAckAt).toBeLessThan(stoppedAt);
      expect(tabs.some((tab) => tab.state.save.kind === 'not-saved')).toBe(true);
      await database.start();
      const backAt = performance.now();
      await oracle.writeUntil(() => oracle.lastAckAt > backAt);
      waits.push(oracle.lastAckAt - backAt);
    }
    await settle();
    console.info(
      `${restarts} restarts of PostgreSQL: ${total.edits} edits, ${total.rows} rows, 0 lost; acks back after ${waits.map((ms) => `${Math.round(ms)} ms`).join(', ')}`,
    );
    expect(Math.max(...waits)).toBeLessThan(5_000);
  });

  test('[SY92] connections that are cut again and again lose nothing and store nothing twice', async () => {
    await begin();
    const knife = postgres(database.url, { max: 1, connection: { application_name: 'knife' } });
    let cuts = 0;
    for (let i = 0; i < 10; i++) {
      await oracle.writeUntil(150);
      const cut = await knife`
        select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'throughline'`;
      cuts += cut.length;
    }
    await knife.end();
    await Promise.all(tabs.map((tab) => saved(tab, 60_000)));
    const rows = await oracle.verify(store, board);
    console.info(`${cuts} connections cut: ${oracle.edits} edits, ${rows} rows, 0 lost`);
    expect(cuts).toBeGreaterThan(10);
  });
});
