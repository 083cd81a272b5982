import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/store/open.ts';
import type { Store } from '../../server/store/store.ts';

const migrationsFolder = 'server/store/migrations';
const cache = 'node_modules/.cache/throughline-embedded';

/** An embedded store of its own for one test file. */
export interface TestStore {
  readonly store: Store;
  readonly dataDir: string;
  /** Closes it and deletes its folder. */
  dispose(): Promise<void>;
}

/**
 * A fresh, migrated embedded database in a temporary folder, copied from a template that is made once for each state of
 * the migrations: making one takes seconds, copying it a fraction of one. Call it in `beforeAll`, dispose in `afterAll`.
 */
export async function openTestStore(): Promise<TestStore> {
  const dataDir = await newDataDir();
  const store = await openStore({ databaseUrl: null, dataDir });
  return {
    store,
    dataDir,
    dispose: async () => {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * A temporary data folder for servers under test: a copy of the given one, or with a migrated, empty database nobody has
 * open. The caller deletes it.
 */
export async function newDataDir(copyOf?: string): Promise<string> {
  const template = copyOf ?? (await makeTemplate());
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-store-'));
  cpSync(template, dataDir, { recursive: true });
  return dataDir;
}

/** Made under another name and renamed when complete: of two test files that make it at once, one wins, both have it. */
async function makeTemplate(): Promise<string> {
  const template = join(cache, hashMigrations());
  if (existsSync(template)) return template;
  const making = `${template}.${randomBytes(6).toString('hex')}`;
  mkdirSync(cache, { recursive: true });
  const store = await openStore({ databaseUrl: null, dataDir: join(process.cwd(), making) });
  await store.close();
  try {
    renameSync(making, template);
  } catch {
    rmSync(making, { recursive: true, force: true });
  }
  return template;
}

function hashMigrations(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(migrationsFolder)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    hash.update(file).update(readFileSync(join(migrationsFolder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
