// `npm test`: everything. The checks, then the tests on a real PostgreSQL, a real Redis and a real Chromium, which it
// finds or brings. The last line says `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provideBrowser } from './browser.mjs';
import { check } from './check.mjs';
import { startServices } from './services.mjs';

const root = resolve(fileURLToPath(import.meta.url), '..', '..');
const results = join(root, 'test-results', 'all');
const total = { passed: 0, failed: 0, skipped: 0 };
/** Lines to repeat at the end, where they are read. */
const remarks = [];

function add({ passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

/** Runs one of our tools under this Node; answers its exit code. */
function run(script, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, script), ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    running = child;
    child.once('close', (code) => done(code ?? 1));
  });
}

let running = null;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    running?.kill(signal);
    process.exit(130); // the services end by themselves when we do
  });
}

/** What a JSON report counted; a run that failed without a failed test (a file that does not load) counts as one. */
function readReport(file, count, code, what) {
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    remarks.push(`${what} wrote no report`);
  }
  if (code !== 0 && counts.failed === 0) {
    counts.failed = 1;
    remarks.push(`${what} ended with code ${code} although no test failed: see its output above`);
  }
  if (counts.skipped > 0) remarks.push(`${counts.skipped} skipped by ${what}`);
  return counts;
}

async function runUnitTests(services) {
  const report = join(results, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run('node_modules/vitest/vitest.mjs', args, services.env);
  const count = (json) => ({
    passed: json.numPassedTests,
    // A file that does not load has no tests to fail.
    failed:
      json.numFailedTests +
      json.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
        .length,
    skipped: json.numPendingTests + json.numTodoTests,
  });
  add(readReport(report, count, code, 'Vitest'));
}

/** Titles of the browser's tests that failed once and passed the second time, from Playwright's tree of suites. */
const needingTwo = (suites = []) =>
  suites.flatMap((suite) => [
    ...suite.specs
      .filter((spec) => spec.tests.some((test) => test.status === 'flaky'))
      .map((spec) => spec.title),
    ...needingTwo(suite.suites),
  ]);

async function runBrowserTests(services) {
  const browser = provideBrowser();
  if ('missing' in browser) {
    remarks.push(`skipped: all tests in a browser, ${browser.missing}`);
    add({ skipped: 1 });
    return;
  }
  const report = join(results, 'playwright.json');
  const env = { ...services.env, CHROMIUM_PATH: browser.path, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const code = await run('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json'], env);
  const count = ({ stats, errors, suites }) => {
    for (const title of needingTwo(suites)) remarks.push(`passed only at its second try: ${title}`);
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
      skipped: stats.skipped,
    };
  };
  add(readReport(report, count, code, 'Playwright'));
}

/** One part of the run. Whatever goes wrong in it is counted and said; the other parts still run. */
async function part(title, work) {
  console.log(`\n== ${title}`);
  try {
    await work();
  } catch (error) {
    remarks.push(`failed: ${title.toLowerCase()}, ${error instanceof Error ? error.message : error}`);
    add({ failed: 1 });
  }
}

const started = performance.now();
let services = { env: {}, stop: async () => {} };
let built = false;
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

await part('Checks', async () => add(await check()));
await part('Services', async () => {
  const found = await startServices();
  services = found;
  for (const line of found.origins) console.log(line);
  for (const missing of found.missing) {
    console.log(missing);
    remarks.push(`skipped: what needs it, ${missing}`);
    add({ skipped: 1 });
  }
});
await part('Build', async () => {
  built = (await run('scripts/build-when-stale.mjs', [])) === 0;
  add(built ? { passed: 1 } : { failed: 1 });
});
await part('Tests', () => runUnitTests(services));
if (built) await part('Tests in Chromium', () => runBrowserTests(services));
else remarks.push('not run: the tests in Chromium, because the build failed');
await services.stop();

console.log(`\n== Done in ${Math.round((performance.now() - started) / 1000)} s`);
if (process.env.CI && total.skipped > 0)
  remarks.push('on continuous integration a skipped test is a failure');
for (const remark of remarks) console.log(remark);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || (process.env.CI && total.skipped > 0) ? 1 : 0;
