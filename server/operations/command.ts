import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig, type Config } from '../config.ts';
import { StartFailure } from '../start-failure.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { backUpTo, moveTo, restoreFrom, type Done } from './acts.ts';
import { findRunningServer } from './ask-server.ts';
import { refuseWhileServed } from './no-other-server.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const usage: Record<string, string> = {
  backup: 'npm run backup -- <file>',
  restore: 'npm run restore -- <file> [--replace]',
  'to-postgres': 'npm run to-postgres -- postgres://user:password@host/database',
};

/**
 * `backup`, `restore` and `to-postgres`. On PostgreSQL they ask the database; on the embedded store they ask the running
 * server, and open the folder themselves only when there is none. Answers the sentence for the person who asked.
 */
export async function runCommand(args: readonly string[], environment: Environment): Promise<string> {
  const [name = '', ...rest] = args;
  const [target] = rest.filter((arg) => !arg.startsWith('--'));
  const flags = rest.filter((arg) => arg.startsWith('--'));
  const wrong = flags.some((flag) => name !== 'restore' || flag !== '--replace');
  if (usage[name] === undefined) throw new StartFailure(`Say what to do: ${Object.values(usage).join(', ')}`);
  if (target === undefined || wrong) throw new StartFailure(`Use it so: ${usage[name]}`);
  const config = readConfig(environment);
  // npm runs scripts in the package's folder; people mean the one they are in.
  const path = resolve(environment.INIT_CWD ?? '.', target);
  if (name === 'backup') return backup(config, path);
  if (name === 'restore') return restore(config, path, flags.length > 0);
  return toPostgres(config, target);
}

async function backup(config: Config, path: string): Promise<string> {
  if (existsSync(path)) throw new StartFailure(`${path} is there already. Name a file that is not.`);
  const server = await serverOf(config);
  const done = server ? await server.backup(path) : await using(config, (store) => backUpTo(store, path));
  return `The backup is in ${path}: ${say(done)}. Every hash in it was compared.`;
}

async function restore(config: Config, path: string, replace: boolean): Promise<string> {
  if (config.databaseUrl !== null) await refuseWhileServed(config.databaseUrl, 'restore again');
  const server = await serverOf(config);
  const done = server
    ? await server.restore(path, replace)
    : await using(config, (store) => restoreFrom(store, path, replace));
  const next = server ? 'The server has ended; start it again.' : 'Start the server.';
  return `Restored from ${path}: ${say(done)}, each table as its hash says. ${next}`;
}

async function toPostgres(config: Config, url: string): Promise<string> {
  if (config.databaseUrl !== null) {
    throw new StartFailure('DATABASE_URL is set: this server is on PostgreSQL already.');
  }
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new StartFailure(`Use it so: ${usage['to-postgres']}`);
  }
  await refuseWhileServed(url, 'move again');
  const server = await serverOf(config);
  let done: Done | null = server ? await server.toPostgres(url) : null;
  done ??= await using(config, async (store) => {
    let moved: Done | null = null;
    await moveTo(store, url, async (what) => void (moved = what));
    return moved as unknown as Done;
  });
  const ended = server ? 'The server has ended; start' : 'Start';
  return `Moved to PostgreSQL: ${say(done)}, each table compared by hash. The data folder is as it was. ${ended} it again with DATABASE_URL.`;
}

const serverOf = (config: Config) =>
  config.databaseUrl === null ? findRunningServer(config.dataDir) : Promise.resolve(null);

async function using<T>(config: Config, act: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
  return act(store).finally(() => store.close());
}

const say = ({ boards, rows, tables }: Done): string =>
  `${boards} ${boards === 1 ? 'board' : 'boards'}, ${rows} rows in ${tables} tables`;
