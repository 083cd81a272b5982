// `npm run test:nightly`: the simulated sessions with seeds nobody has run before. SEEDS says how many (20,000), FIRST_SEED
// where to begin (the time); a failure prints its seed, and FIRST_SEED=<seed> SEEDS=1 replays it to the letter.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '..', '..');
const SEEDS = process.env.SEEDS ?? '20000';
const FIRST_SEED = process.env.FIRST_SEED ?? String(Math.floor(Date.now() / 1000) % 2_000_000_000);

console.log(`${SEEDS} seeds from ${FIRST_SEED}`);
const child = spawn(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'node', 'tests/convergence'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SEEDS, FIRST_SEED, BOARD_FUZZ_SEED: FIRST_SEED, BOARD_FUZZ_RUNS: '400' },
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('close', (code) => process.exit(code ?? 1));
