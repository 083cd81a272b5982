import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A shell that runs the service and, beside it, waits for its own standard input to close. It closes when we do, however
 * we end (kill -9 included); then the service is told to stop. When it has ended, so or by itself, its folder goes. The
 * shell falls silent after the start: a word to a reader who is gone would kill it before it has cleaned up.
 */
const LEASH = `
  dir=$1; signal=$2; shift 2; exec 3<&0
  "$@" 3<&- & service=$!
  exec >/dev/null 2>&1
  (cat <&3; kill -$signal $service) & watch=$!
  wait $service; code=$?
  kill $watch; rm -rf "$dir"; exit $code`;

/**
 * Starts a service that cannot outlive this process, and waits until its output says that it is ready.
 *
 * @param {{ command: string, args: string[], dir: string, ready: RegExp, stopSignal?: string, user?: User | null, timeoutMs?: number, broken?: RegExp }} service
 *   `dir` is its own temporary folder, deleted at the end; `ready` and `broken` are matched against all it has printed
 * @returns {Promise<{ stop(): Promise<void> }>} rejects with what the service printed when it ends or stays silent instead
 * @typedef {{ name: string, uid: number, gid: number }} User
 */
export function startOnLeash({
  command,
  args,
  dir,
  ready,
  stopSignal = 'TERM',
  user = null,
  timeoutMs = 30_000,
  broken = /FATAL|could not bind|Address already in use/i,
}) {
  const child = spawn('/bin/sh', ['-c', LEASH, 'leash', dir, stopSignal, command, ...args], {
    cwd: dir,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // a Ctrl-C in the terminal must reach us first, not the service
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (what) => {
      clearTimeout(timer);
      child.stdin.end();
      reject(new Error(`${command} ${what}. It said:\n${printed.trim().split('\n').slice(-15).join('\n')}`));
    };
    const timer = setTimeout(() => fail(`was not ready after ${timeoutMs / 1000} s`), timeoutMs);
    let isUp = false;
    const listen = (chunk) => {
      // Read on for ever, or its pipe fills. What it says once it is up ends it no more: a FATAL is a client's then.
      if (isUp) return;
      printed = (printed + chunk).slice(-20_000);
      if (ready.test(printed)) {
        clearTimeout(timer);
        child.off('close', gone);
        isUp = true;
        resolve({ stop });
      } else if (broken.test(printed)) fail('could not start');
    };
    const gone = (code) => fail(`ended with code ${code}`);
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    child.stdin.on('error', () => {}); // the shell may be gone before we let go of it
    child.once('error', (error) => fail(`could not be run (${error.message})`));
    child.once('close', gone);
  });
}

/**
 * An account without rights to run a service as, for services that refuse to run as root; null when we are not root.
 *
 * @param {string[]} names in order of preference
 * @returns {User | null}
 */
export function findPlainUser(names) {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of names) {
    const account = accounts.find(([name]) => name === wanted);
    if (account) return { name: wanted, uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new Error(
    `running as root, and none of the accounts ${names.join(', ')} exists to run the service as`,
  );
}

/** A fresh folder only `user` may read. In /tmp where there is one: a root's own TMPDIR may be closed to others. */
export function makeServiceDir(name, user) {
  const dir = mkdtempSync(join(existsSync('/tmp') ? '/tmp' : tmpdir(), `throughline-${name}-`));
  if (user) chownSync(dir, user.uid, user.gid);
  return dir;
}

/** Deletes a folder of `makeServiceDir` that never came to hold a running service. */
export const removeServiceDir = (dir) => rmSync(dir, { recursive: true, force: true });

/** A TCP port of 127.0.0.1 that nobody listens on at this moment. */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}
