import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../server/store/open.ts';
import { newDataDir } from '../support/embedded.ts';
import { findFreePort, runServerToItsEnd, startServer, type TestServer } from '../support/server.ts';

// Processes and databases start here; on a busy machine each takes many seconds.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let dataDir: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-start-'));
  dataDir = await newDataDir();
});
afterAll(async () => {
  for (const made of [folder, dataDir]) await rm(made, { recursive: true, force: true });
});

/** One line of reason, code 1. */
async function refusal(env: Record<string, string>): Promise<string> {
  const { code, log } = await runServerToItsEnd(env);
  expect(code).toBe(1);
  const lines = log.trim().split('\n');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

describe('a start that cannot be', () => {
  test('[HT8] names the wrong setting', async () => {
    expect(await refusal({ PORT: 'http' })).toBe(
      'Throughline did not start. PORT is "http"; allowed: a whole number from 0 to 65535.',
    );
  });

  test('[HT11] names the database that cannot be had, without its password', async () => {
    const port = await findFreePort();
    const line = await refusal({ DATABASE_URL: `postgres://me:hunter2@127.0.0.1:${port}/plan` });
    expect(line).toMatch(
      /^Throughline did not start\. The database of DATABASE_URL \(127\.0\.0\.1:\d+\/plan\) .*nothing answers there/,
    );
    expect(line).not.toContain('hunter2');
  });

  test('[HT11] names the data folder that is no folder', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await refusal({ DATA_DIR: join(folder, 'file') })).toMatch(
      /data folder .*file can not be made .*Set DATA_DIR/,
    );
  });

  test('[HT11] names the data folder that another one holds, and that one loses nothing', async () => {
    const store = await openStore({ databaseUrl: null, dataDir });
    try {
      const line = await refusal({ DATA_DIR: dataDir, PORT: '0' });
      expect(line).toMatch(/Another Throughline is running on the data folder /);
      expect(await store.notReady()).toBeNull();
    } finally {
      await store.close();
    }
  });

  test('[HT11] names the port in use, and lets the data folder go again', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    expect(await refusal({ PORT: port, DATA_DIR: dataDir })).toMatch(
      new RegExp(`Port ${port} is in use.*set PORT`),
    );
    other.close();
    const store = await openStore({ databaseUrl: null, dataDir });
    await store.close();
  });
});

describe('a running server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ dataDir, env: { LOG_LEVEL: 'debug' } });
  });
  afterAll(() => server.dispose());

  const form = (path: string, fields: Record<string, string>, headers: Record<string, string>) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields),
    });
  const setup = {
    organisation: 'Acme',
    name: 'Ana',
    email: 'ana@example.org',
    password: 'four words make sense',
  };

  test('[HT2][HT5] takes its own form, signs in with a bound cookie, and refuses the same form from elsewhere', async () => {
    const elsewhere: Record<string, string>[] = [
      { origin: 'http://evil.org' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of elsewhere) {
      expect((await form('/setup', setup, headers)).status).toBe(403);
    }
    const answer = await form('/setup', setup, { origin: server.url, accept: 'text/html' });
    expect(answer.status).toBe(303);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^__Host-session=[\w-]{22}\.[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const again = await fetch(`${server.url}/`, {
      redirect: 'manual',
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });
    expect([again.status, again.headers.get('location')]).toEqual([303, '/home']);
  });

  test('[HT3] sends a policy that lets no foreign or inline script run', async () => {
    const page = await fetch(`${server.url}/sign-in`);
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+'/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain("object-src 'none'");
  });

  test('[HT4] keeps links that let somebody in out of its log', async () => {
    await fetch(`${server.url}/invite/a-secret-of-somebody?x=another-secret`);
    await expect.poll(() => server.log()).toContain('/invite/...');
    expect(server.log()).not.toContain('a-secret-of-somebody');
    expect(server.log()).not.toContain('another-secret');
  });

  test('[HT12] ends with code 0 when asked to, and has everything when it starts again', async () => {
    expect(await server.stop()).toBe(0);
    server = await startServer({ dataDir });
    expect(server.log()).not.toContain('token');
    const answer = await form(
      '/sign-in?/enter',
      { email: setup.email, password: setup.password },
      { origin: server.url, accept: 'text/html' },
    );
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/home']);
  });

  test('[HT12] asked while still starting, ends too', async () => {
    const child = spawn(process.execPath, ['server/main.ts'], {
      env: { ...process.env, DATA_DIR: join(folder, 'early'), PORT: '0', NODE_ENV: 'production' },
      stdio: 'ignore',
    });
    await once(child, 'spawn');
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(child.signalCode === 'SIGTERM' || child.exitCode === 0).toBe(true);
  });
});
