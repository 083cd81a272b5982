// `npm start` and `npm test` build only when something that goes into the build has changed.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '..', '..');
/** What a build is made of. `server/` is not: it runs unbuilt, and routes reach it only at run time. */
const INGREDIENTS = [
  'src',
  'static',
  'svelte.config.js',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const STAMP = 'build/.made-of';

/** One hash over names and contents of everything a build is made of. Tests are left out: they are not built. */
export function hashIngredients(base = root) {
  const hash = createHash('sha256');
  for (const file of INGREDIENTS.flatMap((path) => listFiles(base, path)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(base, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function listFiles(base, path) {
  const full = join(base, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .flatMap((name) => listFiles(base, `${path}/${name}`))
    .filter((file) => !/\.(test|e2e)\.ts$/.test(file));
}

/** Builds when the last finished build was made of something else. Exits with Vite's code when the build fails. */
export function buildWhenStale() {
  // Two commands started together (a start and a test) must not build into one folder. The kernel frees this lock
  // when its holder dies, so no stale lock can ever keep the app from starting.
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  const lock = new DatabaseSync(join(root, 'node_modules', '.cache', 'build-lock.sqlite'));
  lock.exec('PRAGMA busy_timeout = 600000; BEGIN EXCLUSIVE');
  try {
    const wanted = hashIngredients();
    const stamp = join(root, STAMP);
    const complete = existsSync(stamp) && existsSync(join(root, 'build', 'handler.js'));
    if (complete && readFileSync(stamp, 'utf8') === wanted) return;
    console.log('Building the pages (only after a change) ...');
    rmSync(stamp, { force: true });
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (result.status !== 0) {
      console.error('The build failed; the lines above say where. Nothing was started.');
      process.exit(result.status || 1);
    }
    writeFileSync(stamp, wanted);
  } finally {
    lock.close();
  }
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) buildWhenStale();
