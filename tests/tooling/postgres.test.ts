import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { createDatabase, serverUrl } from '../support/postgres.ts';

async function ask(url: string, query: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1 });
  try {
    return await sql.unsafe(query);
  } finally {
    await sql.end();
  }
}

describe.skipIf(!serverUrl)('databases for tests', () => {
  test('[TL10] two have the same tables, and do not see each other', async () => {
    const [one, two] = await Promise.all([createDatabase(), createDatabase()]);
    try {
      await ask(one.url, 'CREATE TABLE only_here ()');
      const count = "SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'";
      const [[inOne], [inTwo]] = await Promise.all([ask(one.url, count), ask(two.url, count)]);
      expect(inTwo?.n).toBeGreaterThan(5);
      expect(inOne?.n).toBe(Number(inTwo?.n) + 1);
    } finally {
      await Promise.all([one.drop(), two.drop()]);
    }
  });

  test('[TL10] a dropped one is gone, open connections or not', async () => {
    const database = await createDatabase({ migrated: false });
    const open = postgres(database.url, { max: 1, onclose: () => {} });
    await open`SELECT 1`;
    await database.drop();
    await expect(ask(database.url, 'SELECT 1')).rejects.toThrow('does not exist');
    await open.end({ timeout: 1 });
  });

  test('[TL10] the server writes to disk as a real one does', async () => {
    const [fsync] = await ask(serverUrl ?? '', 'SHOW fsync');
    expect(fsync).toEqual({ fsync: 'on' });
  });
});
