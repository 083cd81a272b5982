import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, serverUrl } from '../support/postgres.ts';
import { findFreePort, startServer, type TestServer } from '../support/server.ts';

export type StoreName = 'embedded' | 'PostgreSQL';

/** A data folder, and with PostgreSQL a database, that outlive the servers started on them. */
export interface Place {
  readonly store: StoreName;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  /** Deletes the database. The folder goes with the bench's own. */
  drop(): Promise<void>;
}

/** The stores there are on this machine. */
export const stores: readonly StoreName[] = serverUrl === null ? ['embedded'] : ['embedded', 'PostgreSQL'];

let places = 0;

/** An empty place inside `root`; its database has not even tables, as after a first `npm start`. */
export async function makePlace(store: StoreName, root: string): Promise<Place> {
  const dataDir = join(root, `data-${(places += 1)}`);
  if (store === 'embedded') return { store, dataDir, env: {}, drop: async () => {} };
  const database = await createDatabase({ migrated: false });
  return { store, dataDir, env: { DATABASE_URL: database.url }, drop: () => database.drop() };
}

export interface Timed<T> {
  readonly value: T;
  readonly ms: number;
}

/** Runs the work and says how long it took, in milliseconds. */
export async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}

/** Starts the built app; the time runs from the start of its process to the end of the first page. */
export async function startTimed(place: Place): Promise<Timed<TestServer>> {
  const port = await findFreePort();
  return timed(async () => {
    const server = await startServer({
      dataDir: place.dataDir,
      port,
      env: { LOG_LEVEL: 'warn', ...place.env },
      readyWithinMs: 120_000,
    });
    await readPage(server.url);
    return server;
  });
}

/** Asks for the first page as a browser does, redirects included; rejects when it is not answered with 200. */
export async function readPage(url: string): Promise<void> {
  const answer = await fetch(url, { headers: { accept: 'text/html' } });
  await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
}

/** Resident memory of a process with all its threads, in MB (2^20 bytes); null where there is no /proc. */
export function residentMb(pid: number): number | null {
  try {
    const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? null : Number(kb) / 1_024;
  } catch {
    return null;
  }
}
