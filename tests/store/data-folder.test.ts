import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { lockDirectory } from '../../server/store/directory-lock.ts';
import { openEmbedded } from '../../server/store/embedded.ts';
import { openStore } from '../../server/store/open.ts';
import * as schema from '../../server/store/schema.ts';
import type { Store } from '../../server/store/store.ts';
import { newDataDir } from '../support/embedded.ts';
import { accountRow } from './rows.ts';

// Processes and databases start here; on a busy machine each takes many seconds.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folders: string[] = [];
const children: ChildProcess[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-folder-'));
  folders.push(folder);
  return folder;
}

async function migratedFolder(): Promise<string> {
  const folder = await newDataDir();
  folders.push(folder);
  return folder;
}

const open = (dataDir: string): Promise<Store> => openStore({ databaseUrl: null, dataDir });

/** Starts the writer on a folder; resolves with the ids it was told are stored once there are `enough`, still running. */
async function startWriter(
  dataDir: string,
): Promise<{ child: ChildProcess; acked: string[]; reached(enough: number): Promise<void> }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./writer.ts', import.meta.url)), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const acked: string[] = [];
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  lines.on('line', (line) => acked.push(line));
  return {
    child,
    acked,
    async reached(enough) {
      while (acked.length < enough) await once(lines, 'line');
    },
  };
}

async function kill9(child: ChildProcess): Promise<void> {
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
}

afterEach(async () => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) await kill9(child);
});
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('a data folder', () => {
  test('[ST6][ST7] a second process is refused while one writes, and kill -9 loses nothing it was told is stored', async () => {
    const dataDir = await migratedFolder();
    const acked: string[] = [];
    for (const enough of [40, 3, 150]) {
      const writer = await startWriter(dataDir);
      await expect(open(dataDir)).rejects.toThrow(
        /Another Throughline is running on the data folder .*DATA_DIR/,
      );
      await writer.reached(enough);
      await kill9(writer.child);
      acked.push(...writer.acked);
    }
    const store = await open(dataDir);
    const kept = new Set(
      (await store.db.select({ id: schema.account.id }).from(schema.account)).map(({ id }) => id),
    );
    expect(acked.filter((id) => !kept.has(id))).toEqual([]);
    expect(acked.length).toBeGreaterThanOrEqual(193);
    await store.close();
  });

  test('[ST6] the lock is free again after closing, and a path too long for a socket is no hindrance', async () => {
    const dataDir = join(await newFolder(), 'a-rather-long-name-of-a-folder'.repeat(4));
    const first = await open(dataDir);
    const row = accountRow('stays');
    await first.db.insert(schema.account).values(row);
    await first.close();
    const second = await open(dataDir);
    expect(await second.db.select({ id: schema.account.id }).from(schema.account)).toEqual([{ id: row.id }]);
    await second.close();
  });

  test('[ST8] a first start that was killed half way begins anew', async () => {
    const dataDir = await newFolder();
    await mkdir(join(dataDir, 'database', 'base'), { recursive: true });
    await writeFile(join(dataDir, 'database', 'PG_VERSION'), '18\n');
    await writeFile(join(dataDir, 'database.unfinished'), '');
    const store = await open(dataDir);
    expect(await store.db.select().from(schema.account)).toEqual([]);
    expect(existsSync(join(dataDir, 'database.unfinished'))).toBe(false);
    await store.close();
  });

  test('[ST7] a database that is damaged is refused, not replaced by an empty one', async () => {
    const dataDir = await migratedFolder();
    await rm(join(dataDir, 'database', 'global', 'pg_control'));
    await expect(open(dataDir)).rejects.toThrow(/^The database in .* can not be opened \(.*Restore a backup/);
    expect(existsSync(join(dataDir, 'database', 'base'))).toBe(true);
    lockDirectory(join(dataDir, 'database.lock'), dataDir)();
  });

  test('[ST10] a file in its place, and a disk without room, are told with what to do', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), '');
    await expect(open(join(folder, 'file'))).rejects.toThrow(
      /data folder .* can not be made \(.*Set DATA_DIR/,
    );
    await expect(open(join(folder, 'file', 'below'))).rejects.toThrow(/can not be made \(.*Set DATA_DIR/);
    const full = openEmbedded(join(folder, 'full'), undefined, () => 3 * 1024 * 1024);
    await expect(full).rejects.toThrow(/has 3 MB left; a new database needs 96 MB/);
    expect(existsSync(join(folder, 'full', 'database'))).toBe(false);
    await mkdir(join(folder, 'odd', 'database.lock'), { recursive: true });
    await expect(open(join(folder, 'odd'))).rejects.toThrow(/can not be written \(.*Check its rights/);
  });
});
