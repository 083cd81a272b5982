import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { migrateTables } from '../../server/store/migrations.ts';

const migrationsFolder = 'server/store/migrations';

/**
 * The PostgreSQL server to test against, or null when there is none; then a suite is skipped, which `npm test` counts and
 * continuous integration refuses: `describe.skipIf(!serverUrl)(...)`. `node scripts/services.mjs -- npx vitest run <file>`
 * starts one.
 */
export const serverUrl: string | null = process.env.TEST_DATABASE_URL ?? null;

/** A database of its own for one test file. */
export interface TestDatabase {
  readonly url: string;
  /** Closes every connection to it and deletes it. */
  drop(): Promise<void>;
}

/**
 * A fresh, migrated database, copied from a template that is migrated once for each state of the migrations folder.
 * Call it in `beforeAll` and drop it in `afterAll`. Without `migrated` it is empty: for tests of the migrations.
 */
export async function createDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const server = connect(url());
  const name = `throughline_test_${randomBytes(8).toString('hex')}`;
  try {
    if (migrated) await server.unsafe(`CREATE DATABASE ${name} TEMPLATE ${await makeTemplate(server)}`);
    else await server.unsafe(`CREATE DATABASE ${name} TEMPLATE template0`);
  } finally {
    await server.end();
  }
  return {
    url: url(name),
    drop: async () => {
      const again = connect(url());
      await again.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await again.end();
    },
  };
}

/** Made under another name and renamed when complete, so that a killed run leaves no half-migrated template. */
async function makeTemplate(server: postgres.Sql): Promise<string> {
  const name = `throughline_template_${hashMigrations()}`;
  const lock = await server.reserve();
  try {
    // Test files start together: the first makes the template, the others wait here for it.
    await lock`SELECT pg_advisory_lock(hashtext(${name}))`;
    const [existing] = await lock`SELECT 1 FROM pg_database WHERE datname = ${name}`;
    if (!existing) {
      await lock.unsafe(`DROP DATABASE IF EXISTS ${name}_new WITH (FORCE)`);
      await lock.unsafe(`CREATE DATABASE ${name}_new TEMPLATE template0`);
      const sql = connect(url(`${name}_new`));
      await migrateTables(sql, 'postgresql').finally(() => sql.end());
      await lock.unsafe(`ALTER DATABASE ${name}_new RENAME TO ${name}`);
    }
    await lock`SELECT pg_advisory_unlock(hashtext(${name}))`;
  } finally {
    lock.release();
  }
  return name;
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

function url(database?: string): string {
  if (!serverUrl)
    throw new Error('TEST_DATABASE_URL is not set: guard the suite with describe.skipIf(!serverUrl)');
  const parsed = new URL(serverUrl);
  if (database) parsed.pathname = `/${database}`;
  return parsed.href;
}

const connect = (address: string) => postgres(address, { max: 1, onnotice: () => {} });
