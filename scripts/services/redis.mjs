import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installDebian } from './apt.mjs';
import { findFreePort, findPlainUser, makeServiceDir, startOnLeash } from './leash.mjs';

/**
 * A Redis (or Valkey) to test against: the one TEST_REDIS_URL names, else a throw-away one from local binaries, else the
 * Debian package and then such a one. It is gone with this process.
 *
 * @returns {Promise<{ url: string, origin: string, stop(): Promise<void> } | { missing: string }>}
 */
export async function provideRedis() {
  const given = process.env.TEST_REDIS_URL;
  if (given) return { url: given, origin: 'TEST_REDIS_URL', stop: async () => {} };
  let server = findServer();
  if (!server) {
    const refusal = installDebian('redis-server');
    server = findServer();
    if (!server)
      return {
        missing: `no Redis: set TEST_REDIS_URL or install it (${refusal ?? 'the package brought no server'})`,
      };
  }
  try {
    const user = findPlainUser(['redis', 'nobody']);
    const dir = makeServiceDir('redis', user);
    const port = await findFreePort();
    const running = await startOnLeash({
      command: server,
      args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no'],
      dir,
      user,
      ready: /Ready to accept connections/i,
    });
    return {
      url: `redis://127.0.0.1:${port}`,
      origin: `a throw-away server (${server})`,
      stop: running.stop,
    };
  } catch (error) {
    return { missing: `${server} did not start: ${error instanceof Error ? error.message : error}` };
  }
}

function findServer() {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ];
  const files = folders
    .filter(Boolean)
    .flatMap((dir) => ['redis-server', 'valkey-server'].map((name) => join(dir, name)));
  return files.find((file) => existsSync(file)) ?? null;
}
