import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { openStore } from '../../server/store/open.ts';
import { createDatabase, serverUrl, type TestDatabase } from '../support/postgres.ts';

const open = (databaseUrl: string) => openStore({ databaseUrl, dataDir: 'unused' });

describe.skipIf(!serverUrl)('opening a PostgreSQL server', () => {
  const databases: TestDatabase[] = [];
  const empty = async (): Promise<TestDatabase> => {
    const database = await createDatabase({ migrated: false });
    databases.push(database);
    return database;
  };
  afterAll(async () => {
    for (const database of databases) await database.drop();
  });

  test('[ST12] four servers that start together make the tables once', async () => {
    const { url } = await empty();
    const stores = await Promise.all([1, 2, 3, 4].map(() => open(url)));
    const sql = postgres(url, { max: 1 });
    const rows = await sql`select hash from drizzle.__drizzle_migrations`;
    await sql.end();
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ hash }) => String(hash))).size).toBe(rows.length);
    for (const store of stores) await store.close();
  });

  test('[ST13] tables of a newer version are refused unchanged', async () => {
    const { url } = await empty();
    await (await open(url)).close();
    const sql = postgres(url, { max: 1 });
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a later version', 99999999999999)`;
    await expect(open(url)).rejects.toThrow(/newer version of Throughline.*nothing was changed/);
    expect(
      (
        await sql`select count(*)::int as n from drizzle.__drizzle_migrations where hash = 'of a later version'`
      )[0]?.n,
    ).toBe(1);
    await sql.end();
  });

  test('[ST11] a server that may lose what it said is stored is warned about', async () => {
    const { url } = await empty();
    const name = new URL(url).pathname.slice(1);
    const sql = postgres(url, { max: 1 });
    await sql.unsafe(`alter database ${name} set synchronous_commit to off`);
    await sql.end();
    const store = await open(url);
    expect(store.info.warnings).toHaveLength(1);
    expect(store.info.warnings[0]).toMatch(/^synchronous_commit is off .*can lose what was shown as saved/);
    await store.close();
  });

  test('[ST9] a database that does not exist, a wrong user and a closed port are named, the password is not', async () => {
    const { url } = await empty();
    const with_ = (change: (url: URL) => void): string => {
      const changed = new URL(url);
      changed.password = 'hunter2hunter2';
      change(changed);
      return changed.href;
    };
    const fault = async (address: string): Promise<string> =>
      open(address).then(
        () => 'it opened',
        (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : 'not an error'),
      );
    const missing = await fault(with_((it) => (it.pathname = '/nowhere')));
    expect(missing).toMatch(
      /^StartFailure: The database of DATABASE_URL \(.*\/nowhere\) .*does not exist; create it first/,
    );
    const user = await fault(with_((it) => (it.username = 'nobody_at_all')));
    expect(user).toMatch(/^StartFailure: .*(user or password are wrong|this user may not sign in)/);
    const closed = await fault(with_((it) => (it.port = '1')));
    expect(closed).toMatch(/^StartFailure: .*nothing answers there/);
    expect([missing, user, closed].join()).not.toContain('hunter2');
    expect([missing, user, closed].join()).not.toContain('\n');
  });
});
