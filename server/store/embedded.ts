import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import postgres from 'postgres';
import { StartFailure } from '../start-failure.ts';
import { lockDirectory } from './directory-lock.ts';
import type { FromWorker, WorkerStart } from './embedded-worker.ts';
import { migrateTables } from './migrations.ts';
import type { Opened } from './store.ts';

/** Longest socket path that every platform takes (Linux 107, macOS 103). */
const SOCKET_PATH_BYTES = 100;
/** A fresh database takes 44 MB; below this much room it could not even start. */
const NEEDED_BYTES = 96 * 1024 * 1024;
/** The worker's JavaScript only passes bytes on; Node would let its young generation grow tenfold. */
const YOUNG_GENERATION_MB = 8;
/** NFS, SMB and SMB2 by their statfs type: their locks can not be trusted. */
const NETWORK_FILE_SYSTEMS = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42]);

/**
 * Opens the embedded database: PGlite in a worker thread, reached by the ordinary driver over a unix socket, behind an
 * exclusive lock. It promises to survive a crash of the process, not a power cut (PGlite makes no fsync).
 * Throws StartFailure when the folder is locked, not writable, full or on a network drive.
 */
export async function openEmbedded(
  dataDir: string,
  onLost: (reason: Error) => void = () => {},
  free: (directory: string) => number = freeBytes,
): Promise<Opened> {
  makeDirectory(dataDir);
  refuseNetworkDrive(dataDir);
  const unlock = lockDirectory(join(dataDir, 'database.lock'), dataDir);
  let worker: Worker | null = null;
  try {
    const directory = join(dataDir, 'database');
    const unfinished = join(dataDir, 'database.unfinished');
    // A first start that was killed half way left nothing anybody was told is saved: begin anew.
    if (existsSync(unfinished)) rmSync(directory, { recursive: true, force: true });
    const fresh = !existsSync(directory);
    if (fresh) {
      refuseFullDisk(dataDir, free(dataDir));
      writeFileSync(unfinished, '');
    }
    const socket = placeSocket(dataDir);
    worker = await startWorker({ directory, socket: socket.path });
    const sql = connect(socket.path);
    await migrateTables(sql, 'embedded');
    if (fresh) rmSync(unfinished);
    return whileRunning(worker, sql, () => (socket.remove(), unlock()), onLost);
  } catch (error) {
    await worker?.terminate();
    unlock();
    if (error instanceof StartFailure) throw error;
    throw new StartFailure(
      `The database in ${dataDir} can not be opened (${oneLine(error)}). Restore a backup, or set DATA_DIR to another folder.`,
    );
  }
}

function whileRunning(
  worker: Worker,
  sql: postgres.Sql,
  release: () => void,
  onLost: (reason: Error) => void,
): Opened {
  let closing = false;
  worker.once('error', (error) => onLost(error));
  worker.once('exit', () => {
    if (!closing) onLost(new Error('the embedded database stopped by itself'));
  });
  return {
    info: {
      kind: 'embedded',
      promise:
        'Embedded database in the data folder: what is saved survives a crash of the app, not a power cut of the machine.',
      warnings: [],
    },
    sql,
    async close() {
      if (closing) return;
      closing = true;
      await sql.end({ timeout: 5 });
      const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.postMessage('close');
      await gone;
      release();
    },
  };
}

/** Exactly one connection: several would share one backend and get each other's rows (measured). */
function connect(path: string): postgres.Sql {
  return postgres({
    path,
    user: 'postgres',
    database: 'postgres',
    max: 1,
    // A dropped connection is made anew at once: the worker is in the same process.
    backoff: () => 0.05,
    onnotice: () => {},
  });
}

async function startWorker(start: WorkerStart): Promise<Worker> {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
    workerData: start,
    name: 'database',
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const answer = await new Promise<FromWorker>((resolve) => {
    worker.once('message', resolve);
    worker.once('error', (error) => resolve({ failed: oneLine(error) }));
    worker.once('exit', () => resolve({ failed: 'it stopped while starting' }));
  });
  worker.removeAllListeners();
  if ('failed' in answer) {
    await worker.terminate();
    throw new Error(answer.failed);
  }
  return worker;
}

/** A socket path short enough, readable by this user only. The lock is held, so a file left there is a dead one. */
function placeSocket(dataDir: string): { path: string; remove: () => void } {
  const near = join(dataDir, 'socket');
  const name = '.s.PGSQL.5432';
  const fits = Buffer.byteLength(join(near, name)) <= SOCKET_PATH_BYTES;
  const directory = fits ? near : mkdtempSync(join(tmpdir(), 'throughline-'));
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, name);
  rmSync(path, { force: true });
  return { path, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

function makeDirectory(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartFailure(
      `The data folder ${dataDir} can not be made (${oneLine(error)}). Set DATA_DIR to a folder that can be written.`,
    );
  }
}

function refuseNetworkDrive(dataDir: string): void {
  if (!NETWORK_FILE_SYSTEMS.has(statfsSync(dataDir).type)) return;
  throw new StartFailure(
    `The data folder ${dataDir} is on a network drive, where the embedded database can not be kept safe. Set DATA_DIR to a local folder, or DATABASE_URL to a PostgreSQL server.`,
  );
}

function refuseFullDisk(dataDir: string, bytes: number): void {
  if (bytes >= NEEDED_BYTES) return;
  const mb = (count: number) => Math.floor(count / 1024 / 1024);
  throw new StartFailure(
    `The disk of the data folder ${dataDir} has ${mb(bytes)} MB left; a new database needs ${mb(NEEDED_BYTES)} MB. Free some room, or set DATA_DIR.`,
  );
}

function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
