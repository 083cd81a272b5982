import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Place } from './places.ts';

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** Starts the sync server as a process of its own and waits until it listens. */
export const start = (
  port: number,
  place: Pick<Place, 'dataDir' | 'env'>,
  env: Record<string, string> = {},
): Promise<ChildProcess> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['tests/faults/sync-process.ts', String(port), place.dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...place.env, ...env },
    });
    // A run that is cut short must leave no server behind.
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    child.stdout?.once('data', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });

export const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

export const end = (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
  const gone = ended(child);
  child.kill(signal);
  return gone;
};
