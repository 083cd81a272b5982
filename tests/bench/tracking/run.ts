/**
 * The numbers of tracking at size: five years of weekly check-ins, generated into a real store, a real server in front of it,
 * asked over HTTP. Run: npm run bench:tracking
 * `-- --quick` uses a fiftieth, to see that it works; its figures say nothing.
 * Exit code 1 when a goal is missed or something could not be measured.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadavg } from 'node:os';
import { buildWhenStale } from '../../../scripts/build-when-stale.mjs';
import { openStore } from '../../../server/store/open.ts';
import { Figures, keepsGoal, median, percentile, type Figure } from '../figures.ts';
import { busyWarning, describeMachine } from '../machine.ts';
import { makePlace, startTimed, stores, type StoreName } from '../served.ts';
import { makeOrganisation } from './make-organisation.ts';
import { measureTracking } from './measure.ts';
import { shareOf, whole } from './size.ts';

const quick = process.argv.includes('--quick');
const RUNS = quick ? { pages: 5, checkIns: 5, past: 4 } : { pages: 60, checkIns: 60, past: 12 };
const OUTPUT = 'test-results/bench-tracking.md';
/** Shares of the whole, smallest first: growth is seen from one to the next. The embedded store gets a tenth. */
const SHARES: readonly (readonly [StoreName, number])[] = quick
  ? [
      ['embedded', 0.02],
      ['PostgreSQL', 0.02],
    ]
  : [
      ['embedded', 0.1],
      ['PostgreSQL', 0.1],
      ['PostgreSQL', 1 / 3],
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
report();

async function measureShare(store: StoreName, share: number): Promise<void> {
  const size = shareOf(whole, share);
  const place = await makePlace(store, root);
  try {
    const start = performance.now();
    const opened = await openStore({
      databaseUrl: place.env['DATABASE_URL'] ?? null,
      dataDir: place.dataDir,
    });
    await makeOrganisation(opened, size, Date.now());
    await opened.close();
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

function report(): void {
  const load = loadavg()
    .map((it) => it.toFixed(1))
    .join(', ');
  const notes = [
    `${describeMachine('asked over HTTP on the loopback interface')}. Load over 1, 5 and 15 minutes at the end: ${load}.`,
    ...(quick ? ['A quick run: a fiftieth of the size. Do not quote these figures.'] : []),
    ...(warning === null ? [] : [warning]),
    ...faults.map((fault) => `Not measured: ${fault}.`),
  ];
  const text = [...notes, table(figures.list())].join('\n\n');
  mkdirSync('test-results', { recursive: true });
  writeFileSync(OUTPUT, `${text}\n`);
  console.log(`\n${text}\n\nThe table is in ${OUTPUT}.`);
  if (faults.length > 0 || figures.list().some((it) => keepsGoal(it) === false)) process.exitCode = 1;
}

/** One line a thing, one column a store and size: median and 95th percentile. */
function table(all: readonly Figure[]): string {
  const columns = [...new Set(all.map((it) => `${it.store}|${it.times}`))];
  const heads = columns.map((it) => {
    const [store = '', commitments = ''] = it.split('|');
    return `${store}, ${Number(commitments).toLocaleString('en')} commitments`;
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = [...new Set(all.map(({ what }) => what))].map((what) => {
    const its = all.filter((it) => it.what === what);
    const goal = its[0]?.goal;
    const missed = its.filter((it) => keepsGoal(it) === false);
    const cells = columns.map((column) => {
      const found = its.find((it) => `${it.store}|${it.times}` === column);
      return found === undefined
        ? ''
        : `${Math.round(median(found.samples))} / ${Math.round(percentile(found.samples, 0.95))} ms`;
    });
    const said =
      goal === undefined ? '' : `p95 < ${goal.limit} ms: ${missed.length === 0 ? 'kept' : '**missed**'}`;
    return line([what, ...cells, said]);
  });
  return [
    line(['What, median / p95', ...heads, 'Goal']),
    line(['---', ...columns.map(() => '---:'), '---']),
    ...rows,
  ].join('\n');
}
