import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { residentMb } from '../served.ts';

const readyWithinMs = 60_000;
const stopWithinMs = 15_000;

/** A server under measurement, as a process of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly pid: number;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.pid = child.pid ?? 0;
  }

  static async start(
    file: string,
    port: number,
    env: Readonly<Record<string, string>>,
  ): Promise<ServerProcess> {
    const profiled = process.env.BENCH_PROFILE
      ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
      : [];
    const child = spawn(process.execPath, ['--expose-gc', ...profiled, file], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...env },
    });
    const server = new ServerProcess(child);
    const stop = (): void => void child.kill('SIGKILL');
    process.once('exit', stop);
    child.once('exit', () => process.off('exit', stop));
    await server.#hear('ready', readyWithinMs);
    return server;
  }

  #hear(what: string, withinMs: number): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const settle = (run: () => void): void => {
        clearTimeout(timer);
        this.#child.off('message', heard).off('exit', ended);
        run();
      };
      const heard = (message: Record<string, unknown>): void => {
        if (what in message) settle(() => resolve(message));
      };
      const ended = (code: number | null): void =>
        settle(() => reject(new Error(`the server ended with ${code}`)));
      const timer = setTimeout(
        () => settle(() => reject(new Error(`the server never said ${what}`))),
        withinMs,
      );
      this.#child.on('message', heard).on('exit', ended);
    });
  }

  /** Resident memory after collecting garbage, in MB. */
  async heldMb(): Promise<number> {
    // Twice: what the first frees of buffers is given back by the second.
    for (let i = 0; i < 2; i++) {
      const done = this.#hear('collected', 20_000);
      this.#child.send('collect');
      await done;
    }
    return residentMb(this.pid) ?? 0;
  }

  /** Only ours: microseconds each check took since the last time asked. */
  async checks(): Promise<readonly number[]> {
    const done = this.#hear('checks', 10_000);
    this.#child.send('checks');
    return (await done).checks as number[];
  }

  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), stopWithinMs);
    await gone;
    clearTimeout(timer);
  }
}
