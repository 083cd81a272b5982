/**
 * The sync server beside its peers: Hocuspocus and @y/websocket-server, in one run. Run: npm run bench:sync
 * `-- --quick` does everything once and short, to see that it works; its figures say nothing.
 * `-- --readme` also puts the tables into the README.
 * `-- --only=quiet` measures the steps whose name holds that word, once each.
 * Exit code 1 when a target is missed or something could not be measured.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { busyWarning, describeMachine } from '../machine.ts';
import { findContenders, type Contender } from './contenders.ts';
import { joiners, makePlan, quietBoards, returning, type Step } from './plan.ts';
import {
  joinName,
  joinNumbers,
  killNumbers,
  liveName,
  liveNumbers,
  Results,
  returnNumbers,
} from './results.ts';
import { Stage } from './scenes.ts';
import { otherTable, roomTable, targetTable } from './tables.ts';
import { judge } from './targets.ts';
import { writeReadme } from '../write-readme.ts';

const quick = process.argv.includes('--quick');
const times = quick ? { warmMs: 500, ms: 1_500 } : { warmMs: 1_500, ms: 4_000 };
/** Long enough for a room to notice that it is quiet. */
const restMs = quick ? 1_000 : 10_000;
/** No step begins after this. What was measured by then is reported; every step has its own limits. */
const LAST_START_MS = 11 * 60_000;
const OUTPUT = 'test-results/bench-sync.md';

const warning = busyWarning();
const load = loadavg()[0]?.toFixed(1);
const root = mkdtempSync(join(tmpdir(), 'throughline-bench-sync-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
const started = performance.now();
const seconds = (): number => Math.round((performance.now() - started) / 1_000);

const contenders = await findContenders(root);
const stage = new Stage(root, times);
const results = new Results();
const faults: string[] = [];
const boards = quick ? 10 : quietBoards;

if (!contenders.some(({ id }) => id === 'ours')) faults.push('PostgreSQL was not to be had');
const only = process.argv.find((it) => it.startsWith('--only='))?.slice('--only='.length) ?? '';
const plan = makePlan({ quick })
  .filter((step) => contenders.some(({ id }) => id === step.id))
  .filter((step) => describe(step).includes(only))
  .slice(0, only === '' ? Infinity : contenders.length);
for (const [i, step] of plan.entries()) {
  if (performance.now() - started > LAST_START_MS) {
    console.log(`${seconds()} s: enough; ${plan.length - i} repetitions are left out`);
    break;
  }
  const contender = contenders.find(({ id }) => id === step.id);
  if (!contender) continue;
  console.log(`${seconds()} s: ${describe(step)}, ${contender.name}`);
  await measure(step, contender).catch((cause: unknown) => {
    const [why] = String(cause instanceof Error ? cause.message : cause).split('\n');
    faults.push(`${describe(step)}, ${contender.name}: ${why}`);
    console.error(`  not measured: ${why}`);
  });
}
for (const { place } of contenders) await place.drop().catch(() => {});
await report();
process.exit();

function describe(step: Step): string {
  if (step.what === 'live') return `${step.scene.people} people in one room`;
  if (step.what === 'join') return `joining a board of ${step.records} records`;
  return { return: 'coming back', idle: 'quiet boards', kill: 'kill -9' }[step.what];
}

async function measure(step: Step, contender: Contender): Promise<void> {
  const { id } = contender;
  switch (step.what) {
    case 'live': {
      const result = await stage.live(contender, step.scene);
      results.add(liveName(step.scene), id, liveNumbers(result, step.scene.people));
      // A peer that falls behind is a result; ours must not.
      for (const fault of id.startsWith('ours') ? result.faults : [])
        faults.push(`${describe(step)}: ${fault}`);
      if (result.lagMs > 20)
        console.log(`  the load generator was late by ${Math.round(result.lagMs)} ms (p95)`);
      return;
    }
    case 'join':
      return results.add(
        joinName(step.records),
        id,
        joinNumbers(await stage.join(contender, step.records, joiners)),
      );
    case 'return':
      return results.add('return', id, returnNumbers(await stage.comeBack(contender, returning)));
    case 'idle':
      return results.add('idle', id, await stage.idle(contender, boards, restMs));
    case 'kill':
      return results.add('kill', id, killNumbers(await stage.kill(contender)));
  }
}

async function report(): Promise<void> {
  const targets = judge(results);
  const notes = [
    ...(quick ? ['A quick run, to see that it works. Do not quote these figures.'] : []),
    ...(warning === null ? [] : [warning]),
    ...faults.map((fault) => `Not measured, or wrong: ${fault}.`),
  ];
  const machine = `Measured on: ${describeMachine('no browser')}; load ${load} before, ${loadavg()[0]?.toFixed(1)} after.`;
  const write = (short: boolean): string =>
    [
      ...[machine, ...notes, targetTable(targets)],
      ...[roomTable(results, contenders, { short }), otherTable(results, contenders)],
    ].join('\n\n');
  mkdirSync('test-results', { recursive: true });
  writeFileSync(OUTPUT, `${write(false)}\n`);
  console.log(`\n${write(false)}\n\n${seconds()} s in all; the tables are in ${OUTPUT}.`);
  if (process.argv.includes('--readme')) await writeReadme('bench:sync', write(true));
  const missed = !quick && targets.some(({ kept }) => kept !== true);
  process.exitCode = faults.length > 0 || missed ? 1 : 0;
}
