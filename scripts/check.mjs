// `npm run check`: everything that can be said of the sources without running them. `npm run check -- lint types` runs
// some; without names all run, two at a time.
import { spawn } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findRuleFaults } from './checks/rules-have-tests.mjs';
import { findMissingMigration } from './checks/schema-has-migration.mjs';
import { findForbiddenWords } from './checks/words.mjs';
import { findNoticeFaults } from './notices.mjs';

const root = resolve(fileURLToPath(import.meta.url), '..', '..');
const bin = join(root, 'node_modules', '.bin');

/** The longest first: the others then fill the second core. A step answers what is wrong; an empty text is all well. */
const STEPS = {
  types: {
    what: 'types of the whole project',
    run: () => tool('svelte-check', '--tsconfig', 'tsconfig.json', '--output', 'human', '--fail-on-warnings'),
  },
  lint: { what: 'lint, with types', run: () => tool('eslint', '--max-warnings', '0', '.') },
  format: { what: 'formatting', run: () => tool('prettier', '--check', '--log-level', 'warn', '.') },
  domain: {
    what: 'the domain knows no browser and no Node',
    run: () => tool('tsc', '-p', 'src/domain/tsconfig.json'),
  },
  imports: {
    what: 'who imports whom',
    run: () => tool('depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'server'),
  },
  rules: { what: 'every rule has a test', run: async () => findRuleFaults(root).join('\n') },
  words: { what: 'nothing that must not be committed', run: async () => findForbiddenWords(root).join('\n') },
  schema: {
    what: 'the schema has its migrations',
    run: async () => (await findMissingMigration(root)).join('\n'),
  },
  notices: { what: 'third-party notices', run: async () => (await findNoticeFaults(root)).join('\n') },
};

/** Runs a tool of node_modules; answers its output when it fails, else an empty text. */
function tool(name, ...args) {
  return new Promise((done) => {
    const env = {
      ...process.env,
      FORCE_COLOR: '0',
      NO_COLOR: '1',
      PATH: [bin, process.env.PATH].join(delimiter),
    };
    const child = spawn(join(bin, name), args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (printed += text));
    child.once('error', (error) => done(`${name} could not be run: ${error.message}`));
    child.once('close', (code) =>
      done(code === 0 ? '' : printed.trim() || `${name} ended with code ${code}`),
    );
  });
}

/**
 * Runs the named steps, printing each as it ends.
 *
 * @param {string[]} names
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function check(names = Object.keys(STEPS)) {
  // Types, lint and import directions all read the types SvelteKit writes for the routes.
  const prepared = await tool('svelte-kit', 'sync');
  if (prepared) console.log(prepared);
  const queue = [...names];
  const tally = { passed: 0, failed: 0 };
  const work = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) {
      const started = performance.now();
      const faults = await STEPS[name].run().catch((error) => error.stack);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      tally[faults ? 'failed' : 'passed'] += 1;
      console.log(`${faults ? 'FAILED' : 'ok    '} ${name.padEnd(8)} ${STEPS[name].what} (${seconds} s)`);
      if (faults) console.log(`${faults.replaceAll(/^/gm, '         ')}\n`);
    }
  };
  await Promise.all([work(), work()]);
  return tally;
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in STEPS));
  if (unknown.length > 0) {
    console.error(
      `There is no check called ${unknown.join(', ')}; there are: ${Object.keys(STEPS).join(', ')}`,
    );
    process.exit(2);
  }
  const { failed } = await check(names.length > 0 ? names : undefined);
  if (failed > 0) process.exitCode = 1;
}
