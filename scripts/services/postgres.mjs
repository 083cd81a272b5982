import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installDebian } from './apt.mjs';
import { findFreePort, findPlainUser, makeServiceDir, removeServiceDir, startOnLeash } from './leash.mjs';

/**
 * A PostgreSQL to test against: the one TEST_DATABASE_URL names, else a throw-away cluster from local binaries, else the
 * Debian package and then such a cluster. It writes to disk as a real one does (fsync on), and is gone with this process.
 *
 * @returns {Promise<{ url: string, origin: string, stop(): Promise<void> } | { missing: string }>}
 */
export async function providePostgres() {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, origin: 'TEST_DATABASE_URL', stop: async () => {} };
  let bin = findBinaries();
  if (!bin) {
    const refusal = installDebian('postgresql');
    bin = findBinaries();
    if (!bin)
      return {
        missing: `no PostgreSQL: set TEST_DATABASE_URL or install it (${refusal ?? 'the package brought no server'})`,
      };
  }
  try {
    return await startCluster(bin);
  } catch (error) {
    return {
      missing: `PostgreSQL of ${bin} did not start: ${error instanceof Error ? error.message : error}`,
    };
  }
}

/** The folder of the newest local server binaries, or null. Debian keeps them off the PATH, by version. */
export function findBinaries() {
  const versioned = [
    '/usr/lib/postgresql',
    '/usr/local/lib/postgresql',
    '/opt/homebrew/opt',
    '/usr/local/opt',
    '/Library/PostgreSQL',
  ];
  const candidates = versioned.flatMap((parent) =>
    !existsSync(parent)
      ? []
      : readdirSync(parent)
          .filter((name) => /^(postgresql@?)?\d*$/.test(name))
          .sort((a, b) => Number(b.replace(/\D/g, '')) - Number(a.replace(/\D/g, '')))
          .map((name) => join(parent, name, 'bin')),
  );
  candidates.push(...(process.env.PATH ?? '').split(delimiter).filter(Boolean));
  return (
    candidates.find((dir) => existsSync(join(dir, 'initdb')) && existsSync(join(dir, 'postgres'))) ?? null
  );
}

async function startCluster(bin) {
  const user = findPlainUser(['postgres', 'nobody']);
  const dir = makeServiceDir('postgres', user);
  const data = join(dir, 'data');
  const init = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'throughline', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
    {
      cwd: dir,
      encoding: 'utf8',
      env: { ...process.env, HOME: dir },
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    },
  );
  if (init.status !== 0) {
    removeServiceDir(dir);
    throw new Error(`initdb failed: ${init.error?.message ?? init.stderr}`);
  }
  const port = await findFreePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: dir,
    max_connections: 200,
  };
  const running = await startOnLeash({
    command: join(bin, 'postgres'),
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    dir,
    user,
    ready: /ready to accept connections/,
    stopSignal: 'INT', // PostgreSQL's fast stop: does not wait for clients
  });
  return {
    url: `postgres://throughline@127.0.0.1:${port}/postgres`,
    origin: `a throw-away cluster (${bin})`,
    stop: running.stop,
  };
}
