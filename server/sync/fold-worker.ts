import { parentPort } from 'node:worker_threads';
import { foldParts } from './fold.ts';

/** Folds on request: `{ id, parts }` in, `{ id, bytes }` or `{ id, failed }` out. */
parentPort?.on('message', ({ id, parts }: { id: number; parts: Uint8Array[] }) => {
  try {
    parentPort?.postMessage({ id, bytes: foldParts(parts) });
  } catch (cause) {
    parentPort?.postMessage({ id, failed: cause instanceof Error ? cause.message : String(cause) });
  }
});
