import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { fileURLToPath } from 'node:url';
import type postgres from 'postgres';
import { StartFailure } from '../start-failure.ts';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Key of the advisory lock under which nodes that start together take turns; any constant of our own. */
const LOCK = 7_240_615;

/**
 * Brings the tables up to date, all steps in one transaction. `sql` must be one connection. Throws StartFailure when the
 * database was written by a newer version: going back could lose what that version stored.
 */
export async function migrateTables(sql: postgres.Sql, kind: 'embedded' | 'postgresql'): Promise<void> {
  // A lock would outlive its holder on the embedded store, where all share one session, and nobody competes there.
  if (kind === 'postgresql') await sql`select pg_advisory_lock(${LOCK})`;
  try {
    await refuseNewer(sql);
    await migrate(drizzle(sql), { migrationsFolder });
  } finally {
    if (kind === 'postgresql') await sql`select pg_advisory_unlock(${LOCK})`;
  }
}

/** One step of the tables' history, as this version knows it. */
export interface Migration {
  readonly statements: readonly string[];
  /** When it was generated, milliseconds: its name for all versions. */
  readonly at: number;
  readonly hash: string;
}

/** All steps, oldest first. */
export const readMigrations = (): Migration[] =>
  readMigrationFiles({ migrationsFolder }).map(({ sql, folderMillis, hash }) => ({
    statements: sql.filter((statement) => statement.trim() !== ''),
    at: folderMillis,
    hash,
  }));

async function refuseNewer(sql: postgres.Sql): Promise<void> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (!table?.there) return;
  const [last] = await sql`select max(created_at) as at from drizzle.__drizzle_migrations`;
  const newest = readMigrations().at(-1)?.at ?? 0;
  if (last?.at && Number(last.at) > newest) {
    throw new StartFailure(
      'The database was written by a newer version of Throughline. Start that version again, or restore a backup made before the upgrade; nothing was changed.',
    );
  }
}
