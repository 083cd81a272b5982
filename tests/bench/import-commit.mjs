/**
 * Import and commit of a real plan on the embedded database, also at ten times its size (issue 2, "Numbers to measure").
 * Medians of several runs, each on a fresh board, through the composed application; prints one line a figure and, with
 * `--json`, the same as JSON. Exit code 1 when a goal is missed. Run: npm run bench
 */
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { openTestStore } from '../support/embedded.ts';
import { manyTimes, realPlan } from '../planning/plan-files.ts';

const runs = 5;
/** Milliseconds; null = no goal of its own, the growth is stated. */
const sizes = [
  { times: 1, goals: { import: 2_000, commit: 1_000 } },
  { times: 10, goals: { import: null, commit: null } },
];

const prepared = await openTestStore();
await prepared.store.close();
const composition = await compose(readConfig({ DATA_DIR: prepared.dataDir, PORT: '3000' }), {
  log: pino({ level: 'error' }),
});
const { auth, planning } = composition.application;
const client = { address: '127.0.0.1', userAgent: 'bench' };
const owner = {
  organisation: 'Bench',
  name: 'Ana',
  email: 'ana@example.org',
  password: 'a long enough pass phrase',
};
const { viewer } = value(await auth.setup(owner, client));
const figures = [];
try {
  for (const { times, goals } of sizes) {
    const file = times === 1 ? realPlan() : manyTimes(times);
    const measured = { import: [], again: [], commit: [] };
    for (let run = 0; run < runs; run += 1) {
      const board = value(await planning.createBoard(viewer, { title: `Run ${run}`, template: 'blank' }));
      measured.import.push(await timed(() => planning.importFile(viewer, board.id, file)));
      measured.again.push(await timed(() => planning.importFile(viewer, board.id, file)));
      measured.commit.push(
        await timed(() => planning.commit(viewer, board.id, { overrides: { reason: 'bench' } })),
      );
    }
    for (const [name, list] of Object.entries(measured)) {
      figures.push({
        name,
        times,
        median: median(list),
        worst: Math.max(...list),
        goal: goals[name] ?? null,
      });
    }
  }
} finally {
  await composition.close();
  await prepared.dispose();
}
report(figures);
// The thread that folds boards may outlive its work.
process.exit();

function value(outcome) {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal).slice(0, 2_000));
  return outcome.value;
}

async function timed(work) {
  const start = performance.now();
  value(await work());
  return Math.round(performance.now() - start);
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}

function report(list) {
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ machine: cpus()[0]?.model, cores: cpus().length, figures: list }));
  const words = { import: 'import', again: 'import again, unchanged', commit: 'commit' };
  for (const { name, times, median: ms, worst, goal } of list) {
    const one = list.find((it) => it.name === name && it.times === 1);
    const growth = times === 1 ? '' : `, ${(ms / one.median).toFixed(1)} times for ${times} times the plan`;
    const against = goal === null ? '' : `, goal ${goal} ms: ${ms <= goal ? 'kept' : 'MISSED'}`;
    console.log(
      `${words[name]} at ${times}x: median ${ms} ms, worst ${worst} ms of ${runs}${against}${growth}`,
    );
    if (goal !== null && ms > goal) process.exitCode = 1;
  }
}
