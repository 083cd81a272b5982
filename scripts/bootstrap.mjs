// Runs before `npm start`, `npm test` and the other commands, under whatever Node (>= 20) the machine has, and
// with no package installed. It brings node_modules into line with package-lock.json; npm then finds the pinned
// Node in node_modules/.bin, because that folder comes first on the PATH of every npm script.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The first Node that runs TypeScript as it stands; needed only where no pinned Node exists for the platform. */
const OLDEST_NODE = [22, 18];

/**
 * The oldest Node npm may be running on. npm leaves out an optional package that its own Node is too old for, so only one
 * that every such npm installs may be missed; otherwise two npms on one machine would reinstall in turns.
 */
const NODE_OF_NPM = '20.19.0';

/**
 * Why what is installed in `root` does not match its lock file, or null when it does.
 * Compares npm's own record of the installed tree (node_modules/.package-lock.json) with package-lock.json: a package
 * may be absent only when the lock calls it optional, and none may differ in version or content hash.
 *
 * @param {string} root the folder of package-lock.json
 * @returns {string | null}
 */
export function findMismatch(root) {
  const locked = readPackages(join(root, 'package-lock.json'));
  if (!locked) throw new Error(`${join(root, 'package-lock.json')} is missing or not readable`);
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'nothing is installed yet';
  for (const [path, wanted] of Object.entries(locked)) {
    if (path === '') continue;
    const found = installed[path];
    if (!found || !existsSync(join(root, path))) {
      if (wanted.optional && !fitsThisMachine(wanted)) continue;
      return `${path} is missing`;
    }
    if (found.version !== wanted.version || found.integrity !== wanted.integrity) {
      return `${path} is ${found.version}, the lock file says ${wanted.version}`;
    }
  }
  for (const [path, { os, cpu }] of Object.entries(installed)) {
    if (!(path in locked)) return `${path} is installed but not in the lock file`;
    if (!runsHere(os, process.platform) || !runsHere(cpu, process.arch))
      return `${path} is for another machine`;
  }
  const ours = `node_modules/node-${process.platform}-${process.arch}`;
  if (ours in locked && !existsSync(join(root, 'node_modules', '.bin', 'node')))
    return 'the pinned Node is missing';
  return null;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

/**
 * An optional package that names this very machine must be there; npm leaves out all others. One that names no machine
 * belongs to such a package (a WebAssembly fallback), so its absence says nothing.
 */
function fitsThisMachine({ os, cpu, libc, engines }) {
  if ((!os && !cpu) || !acceptsNode(engines?.node ?? '*', NODE_OF_NPM)) return false;
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  return (
    runsHere(os, process.platform) && runsHere(cpu, process.arch) && runsHere(libc, musl ? 'musl' : 'glibc')
  );
}

/** Whether a package's list of systems (some write `!win32`) has room for this one. */
function runsHere(list, here) {
  const names = list ? [list].flat() : [];
  if (names.includes(`!${here}`)) return false;
  return names.length === 0 || names.includes(here) || names.every((name) => name.startsWith('!'));
}

/**
 * Whether a package's `engines.node` accepts a version. Knows the forms packages use (`>= 10`, `^20.19.0 || >=22.12.0`,
 * `>=22 <25`, `*`); what it cannot read it calls not accepted, which only means that an absence is not held against npm.
 *
 * @param {string} range
 * @param {string} version
 */
export function acceptsNode(range, version) {
  const number = (text) => text.split('.').reduce((sum, part, i) => sum + Number(part) * 1e4 ** (2 - i), 0);
  const has = number(version.replace(/-.*/, ''));
  return range.split('||').some((choice) =>
    choice
      .trim()
      .replace(/([<>=^~]) +/g, '$1')
      .split(/ +/)
      .every((bound) => {
        const [, sign, wanted] = /^(>=|>|<=|<|\^|)(\d+(?:\.\d+){0,2})$/.exec(bound) ?? [];
        if (wanted === undefined) return bound === '*';
        const limit = number(wanted);
        if (sign === '>=') return has >= limit;
        if (sign === '>') return has > limit;
        if (sign === '<=') return has <= limit;
        if (sign === '<') return has < limit;
        if (sign === '^') return has >= limit && Math.floor(has / 1e8) === Math.floor(limit / 1e8);
        return version.startsWith(wanted);
      }),
  );
}

/** Installs exactly the lock file. Exits with npm's own code, and a word on what to do, when that fails. */
function install(root, reason) {
  console.log(`Installing the packages of package-lock.json (${reason}) ...`);
  const npm = process.env.npm_execpath;
  // npm's own Node: the one running here may be the pinned one, which `npm ci` deletes and puts back.
  const node = process.env.npm_node_execpath ?? process.execPath;
  // Building needs the development packages and the pinned Node is an optional one, whatever NODE_ENV or omit say.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const [command, first] = npm && /npm-cli\.[cm]?js$/.test(npm) ? [node, [npm]] : ['npm', []];
  const result = spawnSync(command, [...first, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (result.status !== 0) {
    console.error(
      `\nnpm ci failed${result.error ? `: ${result.error.message}` : ''}. The lines above say why; ` +
        'it needs the package registry, npm 9 or newer, and about 1 GB of disk. Nothing else was changed.',
    );
    process.exit(result.status || 1);
  }
}

/** Stops with a clear word when the commands that follow would run on a Node that is too old. */
function checkNode(root) {
  if (existsSync(join(root, 'node_modules', '.bin', 'node'))) return;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(
    `No pinned Node exists for ${process.platform}-${process.arch}, and this machine's is ${process.version}. ` +
      `Install Node ${OLDEST_NODE.join('.')} or newer (24 is what we test with) and run the command again.`,
  );
  process.exit(1);
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  const root = resolve(fileURLToPath(import.meta.url), '..', '..');
  const reason = findMismatch(root);
  if (reason) install(root, reason);
  checkNode(root);
}
