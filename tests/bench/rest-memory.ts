import { setTimeout as after } from 'node:timers/promises';
import type { TestServer } from '../support/server.ts';
import type { Figures } from './figures.ts';
import { makePlace, residentMb, startTimed, stores, type Place } from './served.ts';

const goals = { embedded: 750, PostgreSQL: 350 };

/**
 * Memory of a fresh server that has answered its first page and then rests, so long after its start. All wait at the same
 * time: they do nothing meanwhile. PostgreSQL's own processes are not counted.
 */
export async function measureRestMemory(
  figures: Figures,
  { runs, restMs, root }: { runs: number; restMs: number; root: string },
): Promise<void> {
  const resting: { server: TestServer; place: Place; startedAt: number }[] = [];
  try {
    for (const store of stores) {
      for (let run = 0; run < runs; run += 1) {
        const place = await makePlace(store, root);
        const startedAt = performance.now();
        const { value: server } = await startTimed(place);
        resting.push({ server, place, startedAt });
      }
    }
    for (const { server, place, startedAt } of resting) {
      await after(Math.max(0, startedAt + restMs - performance.now()));
      const mb = residentMb(server.pid);
      if (mb === null) throw new Error('Memory is read from /proc, which is not there.');
      const what = `Memory at rest, ${restMs / 1_000} s after the start`;
      const goal = { of: 'median' as const, limit: goals[place.store] };
      figures.add({ what, store: place.store, times: 0, unit: 'MB', goal }, mb);
    }
  } finally {
    for (const { server, place } of resting) {
      await server.dispose();
      await place.drop();
    }
  }
}
