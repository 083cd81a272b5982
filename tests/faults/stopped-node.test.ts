import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { seeded } from '../convergence/simulator/sim-world.ts';
import { addBoard } from '../store/rows.ts';
import { createDatabase, serverUrl } from '../support/postgres.ts';
import { redisUrl } from '../support/redis.ts';
import { openTab, saved } from '../sync/support/sync-host.ts';
import { Oracle } from './support/oracle.ts';
import { onDatabase, type Place } from './support/places.ts';
import { end, freePort, start } from './support/sync-child.ts';

const stopMs = Number(process.env.STOP_MS ?? 3_000);
vi.setConfig({ testTimeout: 180_000 + stopMs * 2, hookTimeout: 60_000 });

describe.skipIf(!serverUrl || !redisUrl)('nodes that share a board', () => {
  let place: Place;
  let nodes: ChildProcess[] = [];
  let tabs: BoardConnection[] = [];
  let oracle: Oracle;
  let boardId: string;
  let ports: number[];
  const env = () => ({ REDIS_URL: redisUrl ?? '', REDIS_PREFIX: `test-${boardId}` });

  async function begin(count: number): Promise<void> {
    const database = await createDatabase();
    place = onDatabase(database.url, () => database.drop());
    ({ boardId } = await place.read((store) => addBoard(store.db, 'nodes')));
    ports = [];
    for (let i = 0; i < count; i++) ports.push(await freePort());
    nodes = await Promise.all(ports.map((port) => start(port, place, env())));
    tabs = await Promise.all(
      Array.from({ length: 6 }, (_none, i) =>
        openTab({
          url: `ws://127.0.0.1:${ports[i % count]}/sync`,
          board: boardId,
          name: randomUUID(),
        }),
      ),
    );
    await Promise.all(tabs.map((tab) => saved(tab, 30_000)));
    oracle = new Oracle(tabs, seeded(20_261_125));
  }
  afterEach(async () => {
    await Promise.all(tabs.splice(0).map((tab) => tab.close()));
    await Promise.all(nodes.map((node) => end(node, 'SIGKILL')));
    await place.end();
  });

  test('[SY94] one stands still in the middle of its work: the other goes on, and both end with the same', async () => {
    await begin(2);
    await oracle.writeUntil(500);
    nodes[0]?.kill('SIGSTOP');
    const stoppedAt = performance.now();
    await oracle.writeUntil(stopMs / 2);
    const others = tabs.filter((_tab, i) => i % 2 === 1);
    const before = performance.now();
    oracle.write();
    await Promise.all(others.map((tab) => saved(tab, 10_000)));
    const waited = performance.now() - before;
    await oracle.writeUntil(() => performance.now() - stoppedAt > stopMs);
    nodes[0]?.kill('SIGCONT');
    await oracle.writeUntil(500);
    await Promise.all(tabs.map((tab) => saved(tab, 60_000)));
    const rows = await place.read((store) => settled(store, oracle, boardId));
    console.info(
      `a node stood still for ${stopMs} ms: ${oracle.edits} edits, ${rows} rows, 0 lost; people of the other waited ${Math.round(waited)} ms at most`,
    );
    expect(waited).toBeLessThan(6_000);
  });

  test('[SY95] of three, one is killed and started anew under load: nothing lost, all end with the same', async () => {
    await begin(3);
    for (let i = 0; i < 3; i++) {
      await oracle.writeUntil(300);
      const node = nodes[i];
      if (node) await end(node, 'SIGKILL');
      await oracle.writeUntil(300);
      nodes[i] = await start(ports[i] ?? 0, place, env());
    }
    await Promise.all(tabs.map((tab) => saved(tab, 60_000)));
    const rows = await place.read((store) => settled(store, oracle, boardId));
    console.info(`each of three nodes killed: ${oracle.edits} edits, ${rows} rows, 0 lost`);
  });

  /** What another node stored arrives by its ring, or within 5 s by reading. */
  const settled = (store: Parameters<Oracle['verify']>[0], from: Oracle, board: string): Promise<number> =>
    vi.waitFor(() => from.verify(store, board), { timeout: 15_000, interval: 250 });
});
