import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { parentPort, workerData } from 'node:worker_threads';

/** What the worker is told when it is made. */
export interface WorkerStart {
  /** The database's folder; its parent exists. */
  readonly directory: string;
  /** Unix socket on which the driver will ask. */
  readonly socket: string;
}

/** Its first and only message. */
export type FromWorker = { readonly ready: true } | { readonly failed: string };

/** Runs the database beside the event loop that serves people, until it is told to close. */
async function run({ directory, socket }: WorkerStart): Promise<void> {
  const database = await PGlite.create({ dataDir: directory });
  const server = new PGLiteSocketServer({ db: database, path: socket, maxConnections: 1 });
  await server.start();
  parentPort?.once('message', () => {
    void server
      .stop()
      .then(() => database.close())
      .then(() => parentPort?.close());
  });
  parentPort?.postMessage({ ready: true } satisfies FromWorker);
}

run(workerData as WorkerStart).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  parentPort?.postMessage({ failed: reason } satisfies FromWorker);
});
