import { expect, test } from 'vitest';
import { findForbiddenWords } from '../../scripts/checks/words.mjs';
import { plantTree } from '../support/planted-tree.ts';

const lock = { 'package-lock.json': { packages: { '': {}, 'node_modules/yjs': { version: '13.6.1' } } } };

test.each([
  ['a path of one machine', 'see /home/ana/throughline/notes'],
  ['a path of one machine', "open('/work/thing.json')"],
  ['a registry host', 'https://registry.npmjs.org/yjs'],
  ['a registry host', 'registry=https://packages.example.test/'],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
  ["another framework's word", 'our quarterly Rocks'],
  ["another framework's word", 'the weekly L10'],
  ["another framework's word", 'the release train leaves'],
  ["another framework's word", 'PI planning'],
  ['a note to oneself', '// TODO later'],
  ['a check switched off', '// eslint-disable-next-line'],
  ['a check switched off', '// @ts-ignore'],
  ['a test left out or alone', "test.only('x', () => {})"],
  ['a test left out or alone', "describe.skip('x', () => {})"],
  ['a wait by the clock in a test', 'await page.waitForTimeout(100)'],
])('[TL5] %s is found in: %s', async (what, line) => {
  const tree = await plantTree({ ...lock, 'src/a.ts': `const fine = 1;\n${line}\n` });
  const faults = findForbiddenWords(tree);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/^src\/a\.ts:2: /);
  expect(faults[0]).toContain(what);
});

test.each([
  'const circle = 2 * Math.PI * radius;',
  "href='/boards/home/people'",
  "describe.skipIf(!serverUrl)('on PostgreSQL', () => {});",
  'the training, the API, the IDs, an act, a camp site',
])('[TL5] ordinary words pass: %s', async (line) => {
  const tree = await plantTree({ ...lock, 'src/a.ts': line });
  expect(findForbiddenWords(tree)).toEqual([]);
});

test('[TL5] the path of this very folder is a path of one machine', async () => {
  const tree = await plantTree({ ...lock });
  const second = await plantTree({ ...lock, 'docs/a.md': 'nothing' });
  expect(findForbiddenWords(second)).toEqual([]);
  const { writeFile } = await import('node:fs/promises');
  await writeFile(`${tree}/a.md`, `It lies in ${tree}/src`);
  expect(findForbiddenWords(tree)).toEqual([expect.stringContaining('is a path of this machine')]);
});

test('[TL5] a lock file that names a host is refused', async () => {
  const packages = { 'node_modules/yjs': { resolved: 'https://packages.example.test/yjs.tgz' } };
  const tree = await plantTree({ 'package-lock.json': { packages } });
  expect(findForbiddenWords(tree)).toEqual([
    'package-lock.json: node_modules/yjs names the host packages.example.test',
  ]);
});

test('[TL5] other people’s words are left as they are', async () => {
  const tree = await plantTree({ ...lock, 'examples/a.plan.json': '"the release train"' });
  expect(findForbiddenWords(tree)).toEqual([]);
});
