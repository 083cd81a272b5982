/**
 * The numbers of the README: real servers as processes, a real Chromium, medians. Run: npm run bench
 * `-- --quick` measures everything once, to see that the bench works; its figures say nothing.
 * Exit code 1 when a goal is missed or something could not be measured.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { provideBrowser } from '../../scripts/browser.mjs';
import { buildWhenStale } from '../../scripts/build-when-stale.mjs';
import { Figures, keepsGoal, writeTable } from './figures.ts';
import { measureFromClone } from './from-clone.ts';
import { busyWarning, describeMachine } from './machine.ts';
import { measureRound } from './plan-rounds.ts';
import { measureRestMemory } from './rest-memory.ts';
import { stores } from './served.ts';
import { measureTwoWindows } from './two-windows.ts';

const quick = process.argv.includes('--quick');
const RUNS = quick
  ? { plan: 1, tenfold: 1, memory: 1, clone: 1, edits: 40 }
  : { plan: 5, tenfold: 3, memory: 3, clone: 3, edits: 120 };
const REST_MS = quick ? 10_000 : 60_000;
/** Longer than this nobody waits: what has not been measured by then is missing, and said to be. */
const LIMIT_MS = 10 * 60_000 - 15_000;
const OUTPUT = 'test-results/bench.md';

const figures = new Figures();
const faults: string[] = [];
const warning = busyWarning();
buildWhenStale();
const root = mkdtempSync(join(tmpdir(), 'throughline-bench-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
// Whoever ends the bench early leaves no server, browser or folder behind: all of them go at exit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
const started = performance.now();
const browser = await launch();
const machine = describeMachine(`Chromium ${browser.version()}`);
const limit = setTimeout(() => {
  faults.push(`not everything was measured within ${LIMIT_MS / 60_000} minutes`);
  report();
  process.exit(1);
}, LIMIT_MS);

if (!stores.includes('PostgreSQL')) faults.push('PostgreSQL was not to be had and is not measured');
for (const store of stores) {
  await repeat(RUNS.plan, `the plan, ${store}`, () =>
    measureRound(figures, { store, times: 1, root, browser }),
  );
}
for (const store of stores) {
  const { edits } = RUNS;
  await repeat(1, `two windows, ${store}`, () => measureTwoWindows(figures, { store, edits, root, browser }));
}
await repeat(RUNS.clone, 'from a clone', () => measureFromClone(figures, { root, browser }));
await repeat(1, 'memory at rest', () =>
  measureRestMemory(figures, { runs: RUNS.memory, restMs: REST_MS, root }),
);
for (const store of stores) {
  await repeat(RUNS.tenfold, `ten times the plan, ${store}`, () =>
    measureRound(figures, { store, times: 10, root, browser }),
  );
}
clearTimeout(limit);
await browser.close();
report();

function launch(): Promise<Browser> {
  const provided = provideBrowser();
  if ('missing' in provided) throw new Error(provided.missing);
  // The sandbox needs rights that root in a container does not have.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return chromium.launch({ executablePath: provided.path, ...signals, args });
}

/** One thing that can not be measured does not keep the others from it. */
async function repeat(runs: number, what: string, measure: () => Promise<void>): Promise<void> {
  for (let run = 1; run <= runs; run += 1) {
    console.log(`${seconds()} s: ${what}${runs > 1 ? `, ${run} of ${runs}` : ''}`);
    try {
      await measure();
    } catch (error) {
      faults.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      console.error(`  not measured: ${faults.at(-1)}`);
      return;
    }
  }
}

function seconds(): number {
  return Math.round((performance.now() - started) / 1_000);
}

function report(): void {
  const notes = [
    ...(quick ? ['A quick run: everything once, to see that it works. Do not quote these figures.'] : []),
    ...(warning === null ? [] : [warning]),
    ...faults.map((fault) => `Not measured: ${fault}.`),
  ];
  const text = [machine, ...notes, writeTable(figures.list())].join('\n\n');
  mkdirSync('test-results', { recursive: true });
  writeFileSync(OUTPUT, `${text}\n`);
  console.log(`\n${text}\n\n${seconds()} s in all; the table is in ${OUTPUT}.`);
  if (faults.length > 0 || figures.list().some((it) => keepsGoal(it) === false)) process.exitCode = 1;
}
