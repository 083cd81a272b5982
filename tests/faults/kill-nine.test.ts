import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { addBoard } from '../store/rows.ts';
import { openTab, saved } from '../sync/support/sync-host.ts';
import { seeded } from '../convergence/simulator/sim-world.ts';
import { Oracle } from './support/oracle.ts';
import { places, type Place } from './support/places.ts';
import { end, ended, freePort, start } from './support/sync-child.ts';

/** 20 in `npm test`, 200 in `npm run test:faults`. */
const kills = Number(process.env.KILLS ?? 20);
const writers = 8;
const seed = Number(process.env.KILL_SEED ?? 20_261_123);

describe.each(places)('kill -9 of the sync server on %s', (name, choose, available) => {
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

  async function gather(port: number): Promise<{ board: string; oracle: Oracle }> {
    await Promise.all(tabs.splice(0).map((tab) => tab.close()));
    const { boardId } = await place.read((store) => addBoard(store.db, 'kill -9'));
    child = await start(port, place);
    const url = `ws://127.0.0.1:${port}/sync`;
    const people = Array.from({ length: writers }, () => randomUUID());
    tabs = await Promise.all(people.map((name) => openTab({ url, board: boardId, name })));
    await Promise.all(tabs.map((tab) => saved(tab, 20_000)));
    return { board: boardId, oracle: new Oracle(tabs, seeded(seed)) };
  }

  /** Everything arrives; then, with no process left, the journal is read. */
  async function conclude(oracle: Oracle, board: string, what: string): Promise<void> {
    await Promise.all(tabs.map((tab) => saved(tab, 60_000)));
    if (child) await end(child, 'SIGTERM');
    child = null;
    const rows = await place.read((store) => oracle.verify(store, board));
    console.info(
      `${what} on ${name}, seed ${seed}: ${oracle.edits} edits, ${oracle.acknowledged.size} acknowledged, ${rows} rows, 0 lost`,
    );
  }

  test.skipIf(!available)(
    `[SY62] ${kills} kills while ${writers} people write: every ack is in the journal, once`,
    async () => {
      const random = seeded(seed);
      const port = await freePort();
      const { board, oracle } = await gather(port);
      for (let kill = 0; kill < kills; kill++) {
        const before = oracle.acknowledged.size;
        await oracle.writeUntil(random() * 500);
        if (child) await end(child, 'SIGKILL');
        oracle.write();
        child = await start(port, place);
        // At least one person gets through before the next blow, so that every round tests something.
        await Promise.race(tabs.map((tab) => saved(tab, 40_000)));
        expect(oracle.acknowledged.size).toBeGreaterThanOrEqual(before);
      }
      await conclude(oracle, board, `${kills} kills`);
    },
    60_000 + kills * 15_000,
  );

  test.skipIf(!available)(
    '[SY90] killed before INSERT, before COMMIT is known, before the broadcast and before the ack: nothing lost, nothing twice',
    async () => {
      const port = await freePort();
      const rounds = Math.max(1, Math.round(kills / 20));
      for (let round = 0; round < rounds; round++) {
        // A board of its own each round: people who write on through forty kills would fill one.
        const { board, oracle } = await gather(port);
        for (const step of ['insert', 'commit', 'broadcast', 'ack']) {
          if (child) await end(child, 'SIGKILL');
          child = await start(port, place, { KILL_AT: step, KILL_AFTER: String(round * 3) });
          let gone = false;
          void ended(child).then(() => (gone = true));
          await oracle.writeUntil(() => gone);
          expect(child.signalCode, step).toBe('SIGKILL');
        }
        child = await start(port, place);
        await Promise.race(tabs.map((tab) => saved(tab, 40_000)));
        await conclude(oracle, board, `4 kills at a step, round ${round + 1} of ${rounds}`);
      }
    },
    60_000 + kills * 10_000,
  );
});
