import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { newDataDir } from './embedded.ts';

/** One real server process, as `npm start` runs it, on a data folder of its own. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Process id, for measurements. */
  readonly pid: number;
  /** All it has printed so far, both streams. */
  log(): string;
  /** The token that claims a fresh server from another machine; throws with the log when none was printed. */
  setupToken(): string;
  /** Asks it to stop (SIGTERM) and waits until it has; answers its exit code. The data folder stays. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut of the process would (SIGKILL). The data folder stays. */
  kill9(): Promise<void>;
  /** Stops it if it runs, and deletes the data folder unless the caller gave it. For `afterAll`. */
  dispose(): Promise<void>;
}

export interface ServerOptions {
  /** Another start on the same data; by default a fresh temporary folder with an empty, migrated database. */
  readonly dataDir?: string;
  /** A fresh temporary folder that begins as a copy of this one, which no server has open. */
  readonly copyOf?: string;
  /** The port to take; by default a free one. */
  readonly port?: number;
  /** Further settings of the environment (architecture.md A6). */
  readonly env?: Readonly<Record<string, string>>;
  readonly readyWithinMs?: number;
}

/**
 * Starts the built app and waits until /readyz says yes. Rejects with the server's own words when it ends first or does
 * not become ready in time. `npm run build` must have run; `npm test` and Playwright's set-up see to that.
 */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  if (!existsSync('build/handler.js')) throw new Error('Nothing is built: run `npm run build` first.');
  const dataDir = options.dataDir ?? (await newDataDir(options.copyOf));
  const port = options.port ?? (await findFreePort());
  const url = `http://localhost:${port}`;
  const { child, ended, log } = spawnServer({
    DATA_DIR: dataDir,
    PORT: String(port),
    HOST: '127.0.0.1',
    ...options.env,
  });
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal);
    return ended;
  };
  try {
    await waitUntilReady(url, ended, log, options.readyWithinMs ?? 45_000);
  } catch (error) {
    await end('SIGKILL');
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
  return {
    url,
    port,
    dataDir,
    pid: child.pid ?? 0,
    log,
    setupToken: () => {
      const token = /token\b\W*\s([\w-]{16,})/i.exec(log())?.[1];
      if (!token) throw new Error(`The server printed no set-up token:\n${log()}`);
      return token;
    },
    stop: () => end('SIGTERM'),
    kill9: async () => {
      await end('SIGKILL');
    },
    dispose: async () => {
      await end('SIGTERM');
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * Runs the server on settings that must stop it, and waits for that.
 *
 * @returns its exit code and all it printed; rejects when it is still running after `withinMs`
 */
export async function runServerToItsEnd(
  env: Readonly<Record<string, string>>,
  withinMs = 30_000,
): Promise<{ code: number | null; log: string }> {
  const { child, ended, log } = spawnServer(env);
  const code = await Promise.race([ended, after(withinMs, 'running' as const, { ref: false })]);
  if (code !== 'running') return { code, log: log() };
  child.kill('SIGKILL');
  throw new Error(`The server was still running after ${withinMs} ms:\n${log()}`);
}

/** The settings of the person who runs the tests must not reach a server under test. */
const SETTINGS =
  /^(ORIGIN|DATABASE_URL|REDIS_URL|SMTP_URL|MAIL_FROM|OIDC_\w+|SAML_\w+|TLDRAW_LICENSE_KEY|TRUSTED_PROXIES|LOG_LEVEL|METRICS_TOKEN)(_FILE)?$/;

function spawnServer(env: Readonly<Record<string, string>>) {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.test(name)));
  const child = spawn(process.execPath, ['server/main.ts'], {
    env: { ...inherited, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  // A test run that is cut short must leave no server behind.
  const killChild = () => child.kill('SIGKILL');
  process.once('exit', killChild);
  const ended: Promise<number | null> = once(child, 'close').then(([code]: (number | null)[]) => {
    process.off('exit', killChild);
    return code ?? null;
  });
  return { child, ended, log: () => printed };
}

async function waitUntilReady(
  url: string,
  ended: Promise<number | null>,
  log: () => string,
  withinMs: number,
) {
  let gone = false;
  void ended.then(() => (gone = true));
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (gone) throw new Error(`The server ended with code ${await ended} before it was ready:\n${log()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await after(50);
  }
  throw new Error(`The server was not ready after ${withinMs} ms:\n${log()}`);
}

/** A TCP port of 127.0.0.1 that nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('The operating system gave no port.');
  return address.port;
}
