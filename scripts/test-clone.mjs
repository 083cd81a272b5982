// `npm run test:clone`: what a newcomer gets. Clones the last commit into a temporary folder, installs exactly its lock
// file there, and looks whether the pinned Node is in place. Say `npm run test:clone -- test` to run its tests as well,
// or `-- start` to see it serve its first page. Changes that are not committed are not in a clone: it says so.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findMismatch } from './bootstrap.mjs';
import { findFreePort } from './services/leash.mjs';

const root = resolve(fileURLToPath(import.meta.url), '..', '..');
const goal = process.argv[2];
const clone = join(mkdtempSync(join(tmpdir(), 'throughline-clone-')), 'throughline');

/** npm and our pinned Node put themselves into the environment; a newcomer's shell has neither. */
const env = Object.fromEntries(
  Object.entries(process.env)
    .filter(
      ([name]) => !/^npm_(package|lifecycle|config_(local|prefix|user)|command|execpath|node)/i.test(name),
    )
    .map(([name, value]) => [
      name,
      name === 'PATH'
        ? value
            .split(':')
            .filter((dir) => !dir.includes('node_modules'))
            .join(':')
        : value,
    ]),
);

function step(what, command, args, cwd) {
  console.log(`\n== ${what}: ${command} ${args.join(' ')}`);
  const result = spawnSync(command, args, { cwd, env, stdio: 'inherit' });
  if (result.status !== 0)
    throw new Error(`${what} failed (${result.error?.message ?? `code ${result.status}`})`);
}

/** Starts the clone on a free port with a data folder of its own and waits for its first page. */
async function startAndAsk() {
  const port = await findFreePort();
  const started = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: clone,
    stdio: 'inherit',
    detached: true,
    env: { ...env, PORT: String(port), DATA_DIR: join(clone, '..', 'data') },
  });
  let gone = false;
  child.once('close', () => (gone = true));
  try {
    for (;;) {
      if (gone) throw new Error('npm start ended before it served a page');
      const answer = await fetch(`http://localhost:${port}/`).catch(() => null);
      if (answer?.ok) break;
      if (performance.now() - started > 300_000) throw new Error('npm start served no page within 5 minutes');
      await new Promise((next) => setTimeout(next, 100));
    }
    console.log(
      `The first page came ${((performance.now() - started) / 1000).toFixed(1)} s after npm start.`,
    );
  } finally {
    process.kill(-child.pid, 'SIGTERM');
    if (!gone) await new Promise((done) => child.once('close', done));
  }
}

try {
  const dirty = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }).stdout.trim();
  if (dirty) console.log(`Not committed, so not in the clone:\n${dirty}`);
  step('Clone', 'git', ['clone', '--quiet', '--no-hardlinks', root, clone], root);
  if (goal === 'start') await startAndAsk();
  else if (goal === 'test') step('Test', 'npm', ['test'], clone);
  else step('Install', 'npm', ['ci', '--ignore-scripts'], clone);
  const mismatch = findMismatch(clone);
  if (mismatch) throw new Error(`after installing, ${mismatch}`);
  step('Pinned Node', 'npm', ['exec', '--', 'node', '--version'], clone);
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(join(clone, '..'), { recursive: true, force: true });
}
