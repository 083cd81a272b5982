import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { openStore } from '#server/store/open.ts';
import { seeded } from '../../convergence/simulator/sim-world.ts';
import { addBoard } from '../../store/rows.ts';
import { newDataDir } from '../../support/embedded.ts';
import { openTab, saved } from '../../sync/support/sync-host.ts';
import { Oracle } from '../support/oracle.ts';
import { ownPostgres, postgresBinaries, type OwnPostgres } from '../support/own-postgres.ts';
import { onDatabase, type Place } from '../support/places.ts';
import { noSmallDisk, smallDisk, type SmallDisk } from '../support/small-disk.ts';
import { end, freePort, start } from '../support/sync-child.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

/** A store that lies whole on a disk, and what keeps its own service running as an operator's machine does. */
interface OnDisk extends Place {
  /** Starts what ended by itself. */
  revive(): Promise<void>;
}

async function embeddedOn(disk: SmallDisk): Promise<OnDisk> {
  const template = await newDataDir();
  const dataDir = join(disk.folder, 'data');
  mkdirSync(dataDir);
  cpSync(template, dataDir, { recursive: true });
  rmSync(template, { recursive: true, force: true });
  return {
    dataDir,
    env: {},
    read: async (look) => {
      const store = await openStore({ databaseUrl: null, dataDir });
      return look(store).finally(() => store.close());
    },
    revive: () => Promise.resolve(),
    end: () => Promise.resolve(),
  };
}

async function postgresqlOn(disk: SmallDisk): Promise<OnDisk> {
  const database: OwnPostgres = await ownPostgres(disk.folder, {
    min_wal_size: '32MB',
    max_wal_size: '64MB',
  });
  return {
    ...onDatabase(database.url, () => database.end()),
    revive: () => database.revive(),
  };
}

const stores = [
  ['the embedded database', embeddedOn, 128, noSmallDisk],
  ['PostgreSQL', postgresqlOn, 192, noSmallDisk ?? (postgresBinaries ? null : 'no PostgreSQL binaries')],
] as const;

describe.each(stores)('a disk that is full under %s', (name, choose, megabytes, missing) => {
  let disk: SmallDisk;
  let place: OnDisk;
  let child: ChildProcess | null = null;
  let tabs: BoardConnection[] = [];
  afterEach(async () => {
    if (missing !== null) return;
    await Promise.all(tabs.splice(0).map((tab) => tab.close()));
    if (child) await end(child, 'SIGKILL');
    await place.end();
    disk.end();
  });

  test.skipIf(missing !== null)(
    `[SY102] nothing shown as saved is lost, people are told, and saving goes on when there is room${missing === null ? '' : ` (skipped: ${missing})`}`,
    async () => {
      disk = smallDisk(megabytes);
      place = await choose(disk);
      const { boardId } = await place.read((store) => addBoard(store.db, 'full disk'));
      const port = await freePort();
      child = await start(port, place);
      const url = `ws://127.0.0.1:${port}/sync`;
      tabs = await Promise.all(
        Array.from({ length: 6 }, () => openTab({ url, board: boardId, name: randomUUID() })),
      );
      await Promise.all(tabs.map((tab) => saved(tab, 20_000)));
      const oracle = new Oracle(tabs, seeded(20_261_125));
      const told = new Set<string>();
      for (const tab of tabs)
        tab.subscribe(({ save }) => {
          if (save.kind === 'not-saved') told.add(save.code);
        });
      await oracle.writeUntil(500);

      const filled = disk.fill();
      const fullAt = performance.now();
      await oracle.writeUntil(() => told.size > 0 || performance.now() - fullAt > 90_000);
      const toldAfter = performance.now() - fullAt;
      // People go on writing onto a full disk; whoever runs the server has it started again when it ends.
      let starts = 0;
      for (let i = 0; i < 5; i++) {
        await oracle.writeUntil(500);
        if (child && (child.exitCode !== null || child.signalCode !== null)) {
          starts += 1;
          child = await start(port, place).catch(() => null);
        }
      }
      const whileFull = tabs.map((tab) => tab.state.save.kind);
      expect(whileFull).not.toContain('saved');
      expect([...told]).toContain('disk-full');

      disk.free();
      const freedAt = performance.now();
      await place.revive();
      if (!child || child.exitCode !== null || child.signalCode !== null) child = await start(port, place);
      await Promise.all(tabs.map((tab) => saved(tab, 60_000)));
      const back = performance.now() - freedAt;
      await oracle.writeUntil(500);
      await Promise.all(tabs.map((tab) => saved(tab, 60_000)));
      await end(child, 'SIGTERM');
      child = null;
      const rows = await place.read((store) => oracle.verify(store, boardId));
      console.info(
        `a full disk under ${name} (${filled >> 20} MB filled): told after ${Math.round(toldAfter)} ms (${[...told].join(', ')}), ${starts} starts meanwhile, all saved ${Math.round(back)} ms after there was room; ${oracle.edits} edits, ${rows} rows, 0 lost`,
      );
    },
  );
});
