import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { backUpTo, restoreFrom } from '../../server/operations/acts.ts';
import { readLines, verifyBackupFile } from '../../server/operations/backup/backup-file.ts';
import { restore } from '../../server/operations/backup/restore.ts';
import { TableDigest, tableNames } from '../../server/operations/backup/table-rows.ts';
import { runCommand } from '../../server/operations/command.ts';
import { readMigrations } from '../../server/store/migrations.ts';
import { openStore } from '../../server/store/open.ts';
import type { Store } from '../../server/store/store.ts';
import { given } from '../auth/world.ts';
import { seeded } from '../convergence/simulator/sim-world.ts';
import { newDataDir } from '../support/embedded.ts';
import { createDatabase, serverUrl } from '../support/postgres.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { serve } from './served.ts';
import { sumsOf } from './sums.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const client = { address: '127.0.0.1', userAgent: 'test' };
const into = { replace: false, raiseEpochs: true };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-backup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A store of either kind with Acme, its board and the whole example in it, and backed up while boards were made. */
describe.each(stores)('a backup of the store: $name', ({ name, missing }) => {
  let source: { store: Store; end(): Promise<void> };
  let file: string;
  let whileWriting: string;
  let made = 0;

  beforeAll(async () => {
    if (missing) return;
    const database = name === 'embedded' ? null : await createDatabase();
    const dataDir = await newDataDir();
    const settings = { DATA_DIR: dataDir, ...(database && { DATABASE_URL: database.url }) };
    const served = await serve(settings, () => expect.fail('a backup replaces nothing'));
    const { example, planning } = served.composition.application;
    given(await example.enter(client));
    whileWriting = join(folder, `${name}-busy`);
    let going = true;
    const writing = (async () => {
      while (going) {
        given(await planning.createBoard(served.ana, { title: `Board ${made}`, template: 'blank' }));
        made += 1;
      }
    })();
    await vi.waitFor(() => expect(made).toBeGreaterThan(2), 60_000);
    const place = database ? { DATABASE_URL: database.url } : { DATA_DIR: dataDir };
    expect(await runCommand(['backup', whileWriting], place)).toMatch(
      /^The backup is in .*: \d+ boards, \d+ rows in/,
    );
    const then = made;
    await vi.waitFor(() => expect(made).toBeGreaterThan(then), 60_000);
    going = false;
    await writing;
    await served.end();
    const store = await openStore({ databaseUrl: database?.url ?? null, dataDir });
    source = {
      store,
      end: async () => {
        await store.close();
        await database?.drop();
        await rm(dataDir, { recursive: true, force: true });
      },
    };
    file = join(folder, `${name}-quiet`);
    await backUpTo(store, file);
  });
  afterAll(() => source?.end());

  test.skipIf(missing)(
    '[OP10] holds every table, for this user only, and what it says of itself is true',
    async () => {
      const { header, manifest } = await verifyBackupFile(file);
      expect(header).toMatchObject({ from: source.store.kind, app: '0.1.0' });
      expect(Object.keys(manifest).sort()).toEqual([...tableNames]);
      expect(manifest).toEqual(await sumsOf(source.store));
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const tables = await source.store.sql`
      select tablename::text as name from pg_tables where schemaname = 'public' order by tablename`;
      expect(tables.map((row) => String(row.name)).sort()).toEqual([...tableNames]);
    },
  );

  test.skipIf(missing)('[OP10] made while people write is of one moment', async () => {
    const target = await openEmpty('embedded');
    await restoreFrom(target.store, whileWriting, false);
    // A board and its edits are written in one statement; a board of the later half would lack them.
    const odd = await target.store.sql`
      select b.id from board b where b.head <> (select count(*) from board_update u where u.board_id = b.id)
        and not exists (select 1 from board_segment s where s.board_id = b.id)`;
    expect(odd).toEqual([]);
    const [row] = await target.store
      .sql`select count(*)::int as boards from board where title like 'Board %'`;
    expect(Number(row?.boards)).toBeGreaterThan(1);
    expect(Number(row?.boards)).toBeLessThan(made);
    await target.dispose();
  });

  test.skipIf(missing).each(stores.map((store) => store.name))(
    '[OP11][OP16] restores into an empty store: %s',
    async (kind) => {
      if (kind !== 'embedded' && serverUrl === null) return;
      const target = await openEmpty(kind);
      await restoreFrom(target.store, file, false);
      const [low] = await target.store.sql`select min(epoch)::int as epoch from board`;
      expect(low?.epoch).toBe(2);
      await target.store.sql`update board set epoch = epoch - 1`;
      expect(await sumsOf(target.store)).toEqual(await sumsOf(source.store));
      const [board] = await target.store.sql`select id::text from board limit 1`;
      await target.store.sql`
        insert into quarantine (board_id, reason, size, bytes, at) values (${String(board?.id)}, 'x', 0, '', now())`;
      await target.dispose();
    },
  );

  test.skipIf(missing)(
    '[OP15][OP16] replaces what is there only when asked, and outdoes its epochs',
    async () => {
      const target = await openEmpty(name);
      await restoreFrom(target.store, file, false);
      await target.store.sql`update board set epoch = 41, title = 'another past'`;
      const before = await sumsOf(target.store);
      await expect(restoreFrom(target.store, file, false)).rejects.toThrow(
        /something in this store already.*--replace/,
      );
      expect(await sumsOf(target.store)).toEqual(before);
      await restoreFrom(target.store, file, true);
      const [row] = await target.store.sql`
      select min(epoch)::int as low, count(*) filter (where title = 'another past')::int as other from board`;
      expect(row).toEqual({ low: 42, other: 0 });
      await target.dispose();
    },
  );

  test.skipIf(missing)('[OP13] that breaks half way leaves nothing behind', async () => {
    const target = await openEmpty(name);
    await restoreFrom(target.store, file, false);
    const before = await sumsOf(target.store);
    const lines: string[] = [];
    for await (const line of readLines(file)) lines.push(line);
    const cut = lines.slice(0, Math.floor(lines.length / 2));
    const swapped = lines.map((line) => line.replace('"Acme"', '"Umbrella"'));
    const orphaned = withoutRowsOf(lines, 'organisation');
    const again = { replace: true, raiseEpochs: true };
    await expect(restore(target.store, each(cut), again)).rejects.toThrow(/damaged \(its end is missing\)/);
    await expect(restore(target.store, each(swapped), again)).rejects.toThrow(
      /damaged \(table organisation has/,
    );
    await expect(restore(target.store, each(orphaned), again)).rejects.toThrow(/foreign key/);
    const failing = async function* (): AsyncGenerator<string> {
      yield* each(lines.slice(0, -5));
      throw new Error('the disk went away');
    };
    await expect(restore(target.store, failing(), again)).rejects.toThrow('the disk went away');
    expect(await sumsOf(target.store)).toEqual(before);
    expect(await target.store.notReady()).toBeNull();
    await target.dispose();
  });
});

describe('a backup file', () => {
  test('[OP12] with one bit changed anywhere is refused before anything is touched', async () => {
    const target = await openEmpty('embedded');
    const file = join(folder, 'small');
    await target.store.sql`insert into organisation (id, name, kind, timezone, created_at)
      values (gen_random_uuid(), 'Acme', 'own', 'UTC', now())`;
    await backUpTo(target.store, file);
    const before = await sumsOf(target.store);
    const whole = await readFile(file);
    const random = seeded(20_261_125);
    const places = new Set<number>();
    for (let at = 0; at < 64; at += 1) places.add(at).add(whole.length - 1 - at);
    while (places.size < 400) places.add(Math.floor(random() * whole.length));
    const broken = join(folder, 'broken');
    for (const at of places) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      await writeFile(broken, bytes);
      await expect(restoreFrom(target.store, broken, true), `byte ${at}`).rejects.toThrow(
        /damaged|is no backup/,
      );
    }
    for (const size of [0, 10, 60, whole.length - 1]) {
      await writeFile(broken, whole.subarray(0, size));
      await expect(restoreFrom(target.store, broken, true), `${size} bytes`).rejects.toThrow(/damaged/);
    }
    expect(await sumsOf(target.store)).toEqual(before);
    await target.dispose();
  });

  test('[OP14] of a newer version is refused, and one of an older version is brought up to date', async () => {
    const target = await openEmpty('embedded');
    const migrations = readMigrations();
    const [first, newest] = [migrations[0]?.at ?? 0, migrations.at(-1)?.at ?? 0];
    const newer = madeBy(newest + 1, []);
    await expect(restore(target.store, newer, into)).rejects.toThrow(
      /newer version of Throughline \(7\.0\.0\)/,
    );
    expect(newest).toBeGreaterThan(first);
    const id = '11111111-1111-4111-8111-111111111111';
    const accounts = [['2026-01-02 03:04:05.678+00', 'ana@example.org', id, 'Ana', null]];
    await restore(target.store, madeBy(first, accounts), into);
    const kept = await target.store.sql`select id::text, email, created_at::text as at from account`;
    expect(kept).toEqual([
      { id, email: 'ana@example.org', at: expect.stringContaining('03:04:05.678') as string },
    ]);
    const [column] = await target.store.sql`
      select count(*)::int as there from information_schema.columns where table_name = 'check_in' and column_name = 'version'`;
    expect(column?.there).toBe(1);
    const [applied] = await target.store.sql`select count(*)::int as n from drizzle.__drizzle_migrations`;
    expect(applied?.n).toBe(migrations.length);
    await target.dispose();
  });
});

/** A store without a row, of either kind. */
async function openEmpty(kind: string): Promise<OpenedStore> {
  const found = stores.find(({ name }) => name === kind);
  if (!found) throw new Error(`no store ${kind}`);
  return found.open();
}

/** As the first version had them. */
const accountColumns = ['created_at', 'email', 'id', 'name', 'password_hash'];

/** The lines of a backup whose only rows are these accounts. */
function madeBy(migration: number, accounts: readonly (readonly (string | null)[])[]): AsyncIterable<string> {
  const digest = new TableDigest();
  const rows = accounts.map((row) => JSON.stringify(row));
  rows.forEach((row) => digest.add(row));
  return each([
    JSON.stringify({ format: 'throughline-backup/1', app: '7.0.0', migration, madeAt: '', from: 'embedded' }),
    JSON.stringify({ table: 'account', columns: accountColumns }),
    ...rows,
    JSON.stringify({ end: { account: digest.end() } }),
  ]);
}

const each = (lines: readonly string[]): AsyncIterable<string> =>
  Readable.from(lines) as AsyncIterable<string>;

/** The same backup, true to its own hashes, but with a table emptied that others refer to. */
function withoutRowsOf(lines: readonly string[], table: string): string[] {
  const start = lines.findIndex((line) => line.startsWith(`{"table":"${table}"`));
  const next = lines.findIndex((line, i) => i > start && line.startsWith('{'));
  const end = JSON.parse(lines.at(-1) ?? '') as { end: Record<string, unknown> };
  end.end[table] = new TableDigest().end();
  return [...lines.slice(0, start + 1), ...lines.slice(next, -1), JSON.stringify(end)];
}
