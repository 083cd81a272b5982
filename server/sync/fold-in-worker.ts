import { Worker } from 'node:worker_threads';

interface Answer {
  readonly id: number;
  readonly bytes?: Uint8Array;
  readonly failed?: string;
}

/**
 * Folds in a worker thread: a long tail on a large board takes over a second, during which nobody could be served
 * (sync.md Y2). The thread starts with the first fold and does not keep the process alive; after a crash the next fold
 * starts another.
 */
export function foldInWorker(): (parts: readonly Uint8Array[]) => Promise<Uint8Array> {
  const waiting = new Map<number, { resolve: (bytes: Uint8Array) => void; reject: (cause: Error) => void }>();
  let worker: Worker | null = null;
  let last = 0;

  const start = (): Worker => {
    const started = new Worker(new URL('./fold-worker.ts', import.meta.url), { name: 'fold' });
    started.unref();
    started.on('message', ({ id, bytes, failed }: Answer) => {
      const asked = waiting.get(id);
      waiting.delete(id);
      if (bytes) asked?.resolve(bytes);
      else asked?.reject(new Error(failed ?? 'the board could not be folded'));
    });
    const ended = (cause: Error): void => {
      if (worker === started) worker = null;
      for (const asked of waiting.values()) asked.reject(cause);
      waiting.clear();
    };
    started.on('error', ended);
    started.on('exit', () => ended(new Error('the folding thread ended')));
    return started;
  };

  return (parts) =>
    new Promise((resolve, reject) => {
      worker ??= start();
      const id = ++last;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, parts });
    });
}
