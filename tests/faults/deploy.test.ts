import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { seeded } from '../convergence/simulator/sim-world.ts';
import { addBoard } from '../store/rows.ts';
import { openTab, saved } from '../sync/support/sync-host.ts';
import { Oracle } from './support/oracle.ts';
import { places, type Place } from './support/places.ts';
import { end, freePort, start } from './support/sync-child.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const people = 24;
// Each tab's provider listens for the end of the process.
process.setMaxListeners(people * 4);
const deploys = 2;

describe.each(places)('a deploy in the middle of a session on %s', (name, choose, available) => {
  let place: Place;
  let child: ChildProcess | null = null;
  let tabs: BoardConnection[] = [];
  afterEach(async () => {
    await Promise.all(tabs.map((tab) => tab.close()));
    if (child) await end(child, 'SIGKILL');
    if (available) await place.end();
  });

  test.skipIf(!available)(
    `[SY93][LV12] while ${people} people write: nothing lost, everybody on again within 8 s`,
    async () => {
      place = await choose();
      const { boardId } = await place.read((store) => addBoard(store.db, 'deploy'));
      const port = await freePort();
      child = await start(port, place);
      const url = `ws://127.0.0.1:${port}/sync`;
      tabs = await Promise.all(
        Array.from({ length: people }, () => openTab({ url, board: boardId, name: randomUUID() })),
      );
      await Promise.all(tabs.map((tab) => saved(tab, 30_000)));
      const oracle = new Oracle(tabs, seeded(20_261_125));
      const gaps: number[] = [];
      const starts: number[] = [];
      for (let i = 0; i < deploys; i++) {
        await oracle.writeUntil(500);
        const askedAt = performance.now();
        // Whoever writes at the moment of the signal is acknowledged before the goodbye; who writes after it waits.
        await Promise.all([end(child, 'SIGTERM'), oracle.writeUntil(200)]);
        expect(child.exitCode).toBe(0);
        child = await start(port, place);
        const backAt = performance.now();
        starts.push(backAt - askedAt);
        await Promise.all(
          tabs.map(async (tab) => {
            await saved(tab, 60_000);
            gaps.push(performance.now() - backAt);
          }),
        );
      }
      await end(child, 'SIGTERM');
      child = null;
      const rows = await place.read((store) => oracle.verify(store, boardId));
      const p95 = gaps.sort((a, b) => a - b)[Math.ceil(gaps.length * 0.95) - 1] ?? NaN;
      const down = Math.max(...starts);
      console.info(
        `${deploys} deploys with ${people} people on ${name}: ${oracle.edits} edits, ${rows} rows, 0 lost; down ${Math.round(down)} ms at most, saved again ${Math.round(p95)} ms after the start (p95)`,
      );
      expect(p95).toBeLessThan(8_000);
    },
  );
});
