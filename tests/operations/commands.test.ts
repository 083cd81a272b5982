import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { makeLog } from '../../server/log.ts';
import { addressFile, type AdminAddress } from '../../server/operations/admin-door.ts';
import { runCommand } from '../../server/operations/command.ts';
import { openStore } from '../../server/store/open.ts';
import { given } from '../auth/world.ts';
import { newDataDir } from '../support/embedded.ts';
import { createDatabase, serverUrl } from '../support/postgres.ts';
import { serve, type Served } from './served.ts';
import { sumsOf } from './sums.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const client = { address: '127.0.0.1', userAgent: 'test' };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-commands-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const openFolder = (dataDir: string) => openStore({ databaseUrl: null, dataDir });

describe('with a server on the embedded store', () => {
  let served: Served;
  const ends: string[] = [];
  let atTheEnd: () => void = () => {};
  beforeAll(async () => {
    served = await serve({}, (why) => {
      ends.push(why);
      atTheEnd();
    });
    given(await served.composition.application.example.enter(client));
  });
  afterAll(() => served.end());
  const run = (...args: string[]) => runCommand(args, { DATA_DIR: served.dataDir, INIT_CWD: folder });
  const address = () => JSON.parse(readFileSync(addressFile(served.dataDir), 'utf8')) as AdminAddress;

  test('[OP17] the door is in a file for this user only, and answers nobody without its token', async () => {
    expect((await stat(addressFile(served.dataDir))).mode & 0o777).toBe(0o600);
    const { port, token } = address();
    for (const authorization of ['', 'Bearer ', `Bearer ${token}x`, `Bearer ${token.slice(1)}`]) {
      const answer = await fetch(`http://127.0.0.1:${port}/backup`, {
        method: 'POST',
        headers: { authorization },
      });
      expect(answer.status).toBe(401);
    }
    const get = await fetch(`http://127.0.0.1:${port}/backup`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(get.status).toBe(401);
    expect(served.lines.join('')).not.toContain(token);
  });

  test('[OP17][OP21] it makes the backup, to where the person is, and never over a file', async () => {
    expect(await run('backup', 'first')).toMatch(
      /^The backup is in .*first: \d+ boards, \d+ rows in \d+ tables\. Every hash/,
    );
    await expect(run('backup', 'first')).rejects.toThrow(/is there already/);
    await expect(run('backup', 'no/such/folder')).rejects.toThrow(/no such file or folder/);
    await expect(openFolder(served.dataDir)).rejects.toThrow(
      /Another Throughline is running on the data folder/,
    );
  });

  test('[OP15][OP17] it refuses what would lose something, and restores what it is told to replace', async () => {
    const { planning } = served.composition.application;
    given(await planning.createBoard(served.ana, { title: 'Made after the backup', template: 'blank' }));
    const titles = async () => (await planning.boards(served.ana)).map((board) => board.title);
    await expect(run('restore', 'first')).rejects.toThrow(/something in this store already/);
    await expect(run('restore', 'nothing')).rejects.toThrow(/no such file/);
    expect(await titles()).toContain('Made after the backup');
    expect(ends).toEqual([]);
    expect(await run('restore', 'first', '--replace')).toMatch(
      /Restored from .*The server has ended; start it again/,
    );
    await vi.waitFor(() => expect(ends).toHaveLength(1));
    expect(ends.pop()).toMatch(/restored. Start the server again/);
    expect(await titles()).not.toContain('Made after the backup');
  });

  test.skipIf(!serverUrl)(
    '[OP20] it moves everything to PostgreSQL, and writes nothing more afterwards',
    async () => {
      const full = await createDatabase();
      const filled = await openStore({ databaseUrl: full.url, dataDir: '' });
      await filled.sql`insert into account (id, email, name, created_at)
      values (gen_random_uuid(), 'zoe@example.org', 'Zoe', now())`;
      await expect(run('to-postgres', full.url)).rejects.toThrow(/A server is running on that database/);
      await filled.close();
      await expect(run('to-postgres', full.url)).rejects.toThrow(/something in this store already/);
      await expect(run('to-postgres', 'postgres://nobody:hunter2@127.0.0.1:1/x')).rejects.toThrow(
        /nothing answers there/,
      );
      expect(ends).toEqual([]);

      const { planning } = served.composition.application;
      const board = given(await planning.plan(served.ana, served.boardId));
      const later: Promise<unknown>[] = [];
      let wrote = false;
      atTheEnd = () => {
        const writing = planning.createBoard(served.ana, { title: 'Too late', template: 'blank' });
        later.push(writing.then(() => (wrote = true)));
        expect(wrote).toBe(false);
      };
      const database = await createDatabase({ migrated: false });
      expect(await run('to-postgres', database.url)).toMatch(
        /^Moved to PostgreSQL: \d+ boards, .* The server has ended; start it again with DATABASE_URL/,
      );
      await vi.waitFor(() => expect(ends).toHaveLength(1));
      await Promise.all(later);

      const moved = await compose(readConfig({ DATABASE_URL: database.url }), {
        log: makeLog('silent', false),
      });
      const there = moved.application;
      const ana = await there.auth.viewerOfCookie(served.cookie);
      expect(ana?.name).toBe('Ana');
      if (ana) {
        expect(given(await there.planning.plan(ana, served.boardId))).toEqual(board);
        expect((await there.planning.boards(ana)).map(({ title }) => title)).not.toContain('Too late');
      }
      await moved.close();
      await full.drop();
      await database.drop();
    },
  );
});

describe('without a server', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await newDataDir();
    const served = await serve({ DATA_DIR: dataDir });
    await served.end();
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));
  const run = (...args: string[]) => runCommand(args, { DATA_DIR: dataDir, INIT_CWD: folder });

  test('[OP18] the folder is opened behind its lock, whatever a killed server left', async () => {
    writeFileSync(addressFile(dataDir), JSON.stringify({ port: 1, token: 'of a dead server' }));
    const holder = await openFolder(dataDir);
    await expect(run('backup', 'alone')).rejects.toThrow(/Another Throughline is running on the data folder/);
    await holder.close();
    expect(await run('backup', 'alone')).toMatch(/: 1 board, \d+ rows/);
    const fresh = join(folder, 'fresh');
    expect(await runCommand(['restore', join(folder, 'alone')], { DATA_DIR: fresh })).toMatch(
      /Start the server\.$/,
    );
    const [from, to] = [await openFolder(dataDir), await openFolder(fresh)];
    await to.sql`update board set epoch = epoch - 1`;
    expect(await sumsOf(to)).toEqual(await sumsOf(from));
    await Promise.all([from.close(), to.close()]);
  });

  test.skipIf(!serverUrl)(
    '[OP19][OP20] it moves to PostgreSQL and back, and the source stays as it was',
    async () => {
      const database = await createDatabase({ migrated: false });
      const before = await openFolder(dataDir);
      const sums = await sumsOf(before);
      await before.close();
      expect(await run('to-postgres', database.url)).toMatch(/Start it again with DATABASE_URL/);
      const after = await openFolder(dataDir);
      expect(await sumsOf(after)).toEqual(sums);
      await after.close();
      const place = { DATABASE_URL: database.url };
      const target = await openStore({ databaseUrl: database.url, dataDir: '' });
      expect(await sumsOf(target)).toEqual(sums);
      await expect(runCommand(['restore', join(folder, 'alone'), '--replace'], place)).rejects.toThrow(
        /A server is running on that database\. Stop all of them/,
      );
      await expect(runCommand(['to-postgres', database.url], place)).rejects.toThrow(/on PostgreSQL already/);
      await target.close();
      expect(await runCommand(['backup', join(folder, 'from-postgres')], place)).toMatch(/1 board/);
      expect(await runCommand(['restore', join(folder, 'alone'), '--replace'], place)).toMatch(
        /Start the server/,
      );
      await database.drop();
    },
  );

  test('[OP21] a wrong command says how to use it', async () => {
    await expect(run()).rejects.toThrow(/npm run backup -- <file>.*npm run restore.*npm run to-postgres/);
    await expect(run('backup')).rejects.toThrow('Use it so: npm run backup -- <file>');
    await expect(run('backup', 'x', '--replace')).rejects.toThrow('Use it so: npm run backup -- <file>');
    await expect(run('restore', 'alone', '--force')).rejects.toThrow('Use it so: npm run restore');
    await expect(run('to-postgres', 'mysql://x')).rejects.toThrow('Use it so: npm run to-postgres');
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});
