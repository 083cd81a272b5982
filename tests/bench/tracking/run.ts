/**
 * The numbers of tracking at size: five years of weekly check-ins, generated into a real store, a real server in front of it,
 * asked over HTTP. Run: npm run bench:tracking
 * `-- --quick` uses a fiftieth, to see that it works; its figures say nothing. `-- --readme` puts the table into the README.
 * Exit code 1 when a goal is missed or something could not be measured.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadavg } from 'node:os';
import { buildWhenStale } from '../../../scripts/build-when-stale.mjs';
import { openStore } from '../../../server/store/open.ts';
import { Figures, keepsGoal } from '../figures.ts';
import { busyWarning, describeMachine } from '../machine.ts';
import { makePlace, startTimed, stores, type StoreName } from '../served.ts';
import { writeReadme } from '../write-readme.ts';
import { makeOrganisation } from './make-organisation.ts';
import { measureTracking } from './measure.ts';
import { shareOf, whole } from './size.ts';
import { trackingTable } from './table.ts';

const quick = process.argv.includes('--quick');
const RUNS = quick
  ? { pages: 5, checkIns: 5, past: 4, warm: 2 }
  : { pages: 80, checkIns: 80, past: 16, warm: 24 };
const OUTPUT = 'test-results/bench-tracking.md';
/** Shares of the whole, smallest first: growth is seen from one to the other. The embedded store gets a tenth. */
const SHARES: readonly (readonly [StoreName, number])[] = quick
  ? [
      ['embedded', 0.02],
      ['PostgreSQL', 0.02],
    ]
  : [
      ['embedded', 0.1],
      ['PostgreSQL', 0.1],
      ['PostgreSQL', 1],
    ];

const figures = new Figures();
const faults: string[] = [];
const warning = busyWarning();
buildWhenStale();
const root = mkdtempSync(join(tmpdir(), 'throughline-bench-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

for (const [store, share] of SHARES) {
  if (!stores.includes(store)) {
    faults.push(`${store} was not to be had`);
    continue;
  }
  try {
    await measureShare(store, share);
  } catch (error) {
    faults.push(`${store} at ${share}: ${error instanceof Error ? error.message : String(error)}`);
    console.error(faults.at(-1));
  }
}
await report();

async function measureShare(store: StoreName, share: number): Promise<void> {
  const size = shareOf(whole, share);
  const place = await makePlace(store, root);
  try {
    const start = performance.now();
    const opened = await openStore({
      databaseUrl: place.env['DATABASE_URL'] ?? null,
      dataDir: place.dataDir,
    });
    // Left open after a failure it would keep this process alive.
    await makeOrganisation(opened, size, Date.now()).finally(() => opened.close());
    const made = Math.round((performance.now() - start) / 1_000);
    console.log(`${store}, ${size.commitments} commitments: made in ${made} s`);
    const { value: server } = await startTimed(place);
    try {
      const of = { store, times: size.commitments };
      await measureTracking(figures, of, { url: server.url, size, runs: RUNS });
    } finally {
      await server.stop();
    }
  } finally {
    await place.drop();
  }
}

async function report(): Promise<void> {
  const load = loadavg()
    .map((it) => it.toFixed(1))
    .join(', ');
  const notes = [
    `${describeMachine('asked over HTTP on the loopback interface')}. Load over 1, 5 and 15 minutes at the end: ${load}.`,
    ...(quick ? ['A quick run: a fiftieth of the size. Do not quote these figures.'] : []),
    ...(warning === null ? [] : [warning]),
    ...faults.map((fault) => `Not measured: ${fault}.`),
  ];
  const text = [...notes, trackingTable(figures.list())].join('\n\n');
  mkdirSync('test-results', { recursive: true });
  writeFileSync(OUTPUT, `${text}\n`);
  console.log(`\n${text}\n\nThe table is in ${OUTPUT}.`);
  if (process.argv.includes('--readme')) await writeReadme('bench:tracking', text);
  if (faults.length > 0 || figures.list().some((it) => keepsGoal(it) === false)) process.exitCode = 1;
}
