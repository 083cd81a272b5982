import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job } from './load/main.ts';

/** Runs one job in a load generator of its own; `settled` is run in between where the job waits for a restart. */
export function generateLoad<T>(job: Job, settled?: () => Promise<{ readonly pid: number }>): Promise<T> {
  const child = fork(fileURLToPath(new URL('load/main.ts', import.meta.url)), { stdio: 'inherit' });
  const stop = (): void => void child.kill('SIGKILL');
  process.once('exit', stop);
  return new Promise<T>((resolve, reject) => {
    child.on('message', (message: { phase?: string; result?: T; failed?: string }) => {
      if (message.result !== undefined) resolve(message.result);
      else if (message.failed !== undefined) reject(new Error(message.failed));
      else if (message.phase === 'settled' && settled) {
        settled().then(({ pid }) => child.send({ phase: 'restarted', pid }), reject);
      }
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the load generator ended with ${code}`)));
    child.send(job);
  }).finally(() => {
    process.off('exit', stop);
    stop();
  });
}
