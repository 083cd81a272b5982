// THIRD_PARTY_NOTICES.md: every package that runs in the product, with its licence. `npm run notices` writes it;
// `npm run check` fails when it is out of date or when a package's licence is not one we may ship under MIT.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const FILE = 'THIRD_PARTY_NOTICES.md';
const TLDRAW_LICENCE = 'static/licenses/tldraw-3.md';

/** Development packages whose code the build puts into what people run. */
const BUILT_IN = ['svelte', '@sveltejs/kit', '@sveltejs/adapter-node'];

const PERMISSIVE = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'BlueOak-1.0.0',
  'OFL-1.1',
  'Zlib',
];

/** @typedef {{ name: string, version: string, licence: string, text: string }} Notice */

/**
 * What runs in the product: our dependencies and theirs, as the lock file has them. Builds for one platform are left out,
 * so that the list is the same wherever it is made; they carry the licence of the package they belong to.
 *
 * @param {string} root
 * @returns {Notice[]} sorted by name, then version
 */
export function listNotices(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const seen = new Set();
  const visit = (from, name) => {
    const path = locate(packages, from, name);
    if (!path || seen.has(path) || packages[path].os || packages[path].cpu) return;
    seen.add(path);
    for (const next of Object.keys({
      ...packages[path].dependencies,
      ...packages[path].optionalDependencies,
    }))
      visit(path, next);
  };
  for (const name of [...Object.keys(packages[''].dependencies), ...BUILT_IN]) visit('', name);
  return [...seen]
    .map((path) => describe(root, path, packages[path]))
    .sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1));
}

/** Where Node would find `name` from within `from`: the nearest node_modules upwards. */
function locate(packages, from, name) {
  for (let base = from; ; base = base.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const path = `${base ? `${base}/` : ''}node_modules/${name}`;
    if (path in packages) return path;
    if (base === '') return null;
  }
}

function describe(root, path, { version, license }) {
  const name = path.replace(/^.*node_modules\//, '');
  const dir = join(root, path);
  const files = existsSync(dir)
    ? readdirSync(dir)
        .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
        .sort()
    : [];
  const text = files.map((file) => readFileSync(join(dir, file), 'utf8').trim()).join('\n\n');
  const known = license ?? (/Permission is hereby granted, free of charge/.test(text) ? 'MIT' : 'unknown');
  const ours =
    /^(@tldraw\/.+|tldraw)$/.test(name) && known === 'SEE LICENSE IN LICENSE.md' ? 'tldraw licence' : known;
  return { name, version, licence: ours, text };
}

/** Licences like "(MIT OR GPL-3.0)": one permissive choice is enough; with AND all must be. */
function isPermissive(licence) {
  const words = licence.replace(/[()]/g, '');
  return words
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => PERMISSIVE.includes(one.trim())));
}

/** @param {Notice[]} notices */
function write(notices) {
  const texts = new Map();
  for (const notice of notices.filter(({ text, licence }) => text && licence !== 'tldraw licence')) {
    const users = texts.get(notice.text) ?? [];
    texts.set(notice.text, [...users, `${notice.name} ${notice.version}`]);
  }
  const rows = notices.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  const quoted = (text) =>
    text
      .split('\n')
      .map((line) => `    ${line}`.trimEnd())
      .join('\n');
  return [
    '# Third-party notices',
    '',
    'Throughline itself is under the MIT licence (LICENSE). It runs on the packages below, each under its own licence.',
    'Made by `npm run notices`; do not edit.',
    '',
    '## The canvas: tldraw',
    '',
    'The canvas is [tldraw](https://tldraw.dev) 3.15.6, under the tldraw licence, whose full text is in',
    `[${TLDRAW_LICENCE}](${TLDRAW_LICENCE}) and served by every installation at \`/licenses/tldraw-3.md\`. It allows use in`,
    'commercial and non-commercial projects as long as the "made with tldraw" mark stays visible and unaltered.',
    '',
    '## Packages',
    '',
    '| Package | Version | Licence |',
    '| --- | --- | --- |',
    ...rows,
    '',
    '## Licence texts',
    '',
    ...[...texts].flatMap(([text, users]) => [`### ${users.join(', ')}`, '', quoted(text), '']),
  ].join('\n');
}

/**
 * What is wrong with the notices, one line each; empty when they are complete and every licence is permissive.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function findNoticeFaults(root) {
  const notices = listNotices(root);
  const faults = notices
    .filter(({ licence }) => licence !== 'tldraw licence' && !isPermissive(licence))
    .map(
      ({ name, version, licence }) =>
        `${name} ${version} is under "${licence}", which is not on the list of scripts/notices.mjs`,
    );
  const current = existsSync(join(root, FILE)) ? readFileSync(join(root, FILE), 'utf8') : '';
  if (current !== write(notices)) faults.push(`${FILE} is out of date: run npm run notices`);
  if (!existsSync(join(root, TLDRAW_LICENCE)))
    faults.push(`${TLDRAW_LICENCE} is missing: the licence asks for a copy of its text`);
  return faults;
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  const root = resolve(fileURLToPath(import.meta.url), '..', '..');
  if (process.argv.includes('--write')) writeFileSync(join(root, FILE), write(listNotices(root)));
  const faults = findNoticeFaults(root);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
