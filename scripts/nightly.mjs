// `npm run test:nightly`: the simulated sessions and every property with seeds nobody has run before. SEEDS says how many (20,000), FIRST_SEED
// where to begin (the time); a failure prints its seed, and FIRST_SEED=<seed> SEEDS=1 replays it to the letter.
import { execFileSync, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '..', '..');
const SEEDS = process.env.SEEDS ?? '20000';
const FIRST_SEED = process.env.FIRST_SEED ?? String(Math.floor(Date.now() / 1000) % 2_000_000_000);

const properties = execFileSync('git', ['grep', '-l', "from 'fast-check'", '--', '*.test.ts'], { cwd: root });
const files = ['tests/convergence', ...properties.toString().trim().split('\n')];

console.log(`${SEEDS} seeds from ${FIRST_SEED}`);
const child = spawn(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'node', ...files],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      SEEDS,
      FIRST_SEED,
      PROPERTY_SEED: FIRST_SEED,
      BOARD_FUZZ_SEED: FIRST_SEED,
      BOARD_FUZZ_RUNS: '400',
    },
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('close', (code) => process.exit(code ?? 1));
