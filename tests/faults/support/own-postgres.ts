import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  findFreePort,
  findPlainUser,
  makeServiceDir,
  startOnLeash,
} from '../../../scripts/services/leash.mjs';
import { findBinaries } from '../../../scripts/services/postgres.mjs';

/** The folder of a PostgreSQL to start clusters from, or null: `test.skipIf(!postgresBinaries)`. */
export const postgresBinaries: string | null = findBinaries();

/** A PostgreSQL cluster of this test's own, to be stopped and started at will. */
export interface OwnPostgres {
  readonly url: string;
  /** As `pg_ctl stop -m immediate`: no goodbye to anybody, the next start recovers from the log. */
  stopImmediately(): Promise<void>;
  start(): Promise<void>;
  /** Starts it when it ended by itself, as a supervisor does; it may not find the disk it needs the first time. */
  revive(): Promise<void>;
  /** Ends it and deletes its data. */
  end(): Promise<void>;
}

/** True when somebody listens: the postmaster itself, whatever its backends are doing. */
const isUp = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1');
    probe.once('connect', () => (probe.destroy(), resolve(true)));
    probe.once('error', () => resolve(false));
  });

/** `home`: where its data goes, such as a small disk; by default a folder of its own in the temporary folder. */
export async function ownPostgres(
  home?: string,
  settings: Record<string, string | number> = {},
): Promise<OwnPostgres> {
  const bin = postgresBinaries ?? '';
  const user = findPlainUser(['postgres', 'nobody']);
  const place = home ?? makeServiceDir('own-postgres', user);
  if (home !== undefined && user) chownSync(home, user.uid, user.gid);
  const data = join(place, 'data');
  const identity = user ? { uid: user.uid, gid: user.gid } : {};
  const init = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'throughline', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
    { cwd: place, encoding: 'utf8', env: { ...process.env, HOME: place }, ...identity },
  );
  if (init.status !== 0) throw new Error(`initdb failed: ${init.error?.message ?? init.stderr}`);
  const port = await findFreePort();
  let running: { stop(): Promise<void> } | null = null;
  const start = async (): Promise<void> => {
    // The leash deletes its folder when the service ends: the data lies elsewhere.
    const dir = makeServiceDir('own-postgres-run', user);
    if (!existsSync(dir)) mkdirSync(dir);
    const all = { listen_addresses: '127.0.0.1', port, unix_socket_directories: dir, ...settings };
    running = await startOnLeash({
      command: join(bin, 'postgres'),
      args: ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      dir,
      user,
      ready: /ready to accept connections/,
      stopSignal: 'QUIT',
      // Clients that knock while it recovers are told so, as FATAL.
      broken: /FATAL: {2}(?!the database system is)/,
    });
  };
  const stopImmediately = async (): Promise<void> => {
    await running?.stop();
    running = null;
  };
  await start();
  return {
    url: `postgres://throughline@127.0.0.1:${port}/postgres`,
    start,
    stopImmediately,
    revive: async () => {
      if (await isUp(port)) return;
      await stopImmediately();
      await start();
    },
    end: async () => {
      await stopImmediately();
      rmSync(home === undefined ? place : data, { recursive: true, force: true });
    },
  };
}
