import { expect, test } from 'vitest';
import { findNoticeFaults, listNotices } from '../../scripts/notices.mjs';
import { plantTree } from '../support/planted-tree.ts';

const builtIn = Object.fromEntries(
  ['svelte', '@sveltejs/kit', '@sveltejs/adapter-node'].map((name) => [
    `node_modules/${name}`,
    { version: '1.0.0', license: 'MIT', dev: true },
  ]),
);
const treeOf = (packages: Record<string, object>, dependencies: Record<string, string>) =>
  plantTree({
    'package-lock.json': { packages: { '': { dependencies }, ...builtIn, ...packages } },
    'static/licenses/tldraw-3.md': 'tldraw license',
  });

test('[TL11] lists what runs: dependencies, theirs in turn, the right copy of each, and what the build takes in', async () => {
  const tree = await treeOf(
    {
      'node_modules/a': { version: '1.0.0', license: 'MIT', dependencies: { b: '^2' } },
      'node_modules/a/node_modules/b': { version: '2.0.0', license: 'ISC' },
      'node_modules/b': { version: '1.0.0', license: 'MIT', dev: true },
      'node_modules/tool': { version: '1.0.0', license: 'GPL-3.0', dev: true },
    },
    { a: '1.0.0' },
  );
  expect(listNotices(tree).map(({ name, version }) => `${name} ${version}`)).toEqual([
    '@sveltejs/adapter-node 1.0.0',
    '@sveltejs/kit 1.0.0',
    'a 1.0.0',
    'b 2.0.0',
    'svelte 1.0.0',
  ]);
});

test('[TL11] builds for one platform are left out, so that the list is the same everywhere', async () => {
  const tree = await treeOf(
    {
      'node_modules/a': { version: '1.0.0', license: 'MIT', optionalDependencies: { 'a-linux': '1.0.0' } },
      'node_modules/a-linux': { version: '1.0.0', license: 'MIT', os: ['linux'], optional: true },
    },
    { a: '1.0.0' },
  );
  expect(listNotices(tree).map(({ name }) => name)).not.toContain('a-linux');
});

test.each([
  ['GPL-3.0', true],
  ['MIT AND GPL-3.0', true],
  [undefined, true],
  ['(MIT OR GPL-3.0)', false],
  ['Apache-2.0', false],
])('[TL11] a package under %s is refused: %s', async (license, refused) => {
  const tree = await treeOf({ 'node_modules/a': { version: '1.0.0', license } }, { a: '1.0.0' });
  expect(findNoticeFaults(tree).some((fault) => fault.startsWith('a 1.0.0 is under'))).toBe(refused);
});

test('[TL11] notices that do not match the lock file are out of date', async () => {
  const tree = await treeOf({}, {});
  expect(findNoticeFaults(tree)).toEqual(['THIRD_PARTY_NOTICES.md is out of date: run npm run notices']);
});
