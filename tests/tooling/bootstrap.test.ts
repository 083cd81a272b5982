import { describe, expect, test } from 'vitest';
import { acceptsNode, findMismatch } from '../../scripts/bootstrap.mjs';
import { plantTree } from '../support/planted-tree.ts';

const yjs = { version: '13.6.1', integrity: 'sha512-a' };
const foreign = { version: '1.0.0', optional: true, os: ['sunos'], cpu: ['mips'] };
const native = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] };

/** A tree whose lock file has `locked` and whose node_modules has `installed`, by npm's own record and on disk. */
const treeOf = (locked: Record<string, object>, installed: Record<string, object>) =>
  plantTree({
    'package-lock.json': { packages: { '': {}, ...locked } },
    'node_modules/.package-lock.json': { packages: installed },
    ...Object.fromEntries(Object.keys(installed).map((path) => [`${path}/package.json`, {}])),
  });

describe('what is installed against the lock file', () => {
  test('[TL1] nothing is done when every package is there as locked', async () => {
    const tree = await treeOf({ 'node_modules/yjs': yjs }, { 'node_modules/yjs': yjs });
    expect(findMismatch(tree)).toBeNull();
  });

  test('[TL1] a fresh clone has nothing', async () => {
    const tree = await plantTree({ 'package-lock.json': { packages: {} } });
    expect(findMismatch(tree)).toBe('nothing is installed yet');
  });

  test.each([
    ['a missing package', {}, 'node_modules/yjs is missing'],
    ['another version', { 'node_modules/yjs': { ...yjs, version: '13.6.0' } }, 'node_modules/yjs is 13.6.0'],
    ['other bytes', { 'node_modules/yjs': { ...yjs, integrity: 'sha512-b' } }, 'node_modules/yjs is 13.6.1'],
    [
      'a package too many',
      { 'node_modules/yjs': yjs, 'node_modules/left': yjs },
      'node_modules/left is installed',
    ],
  ])('[TL1] %s is found', async (_, installed, said) => {
    const tree = await treeOf({ 'node_modules/yjs': yjs }, installed);
    expect(findMismatch(tree)).toContain(said);
  });

  test('[TL1] a package whose folder was deleted is missing, whatever npm noted down', async () => {
    const tree = await plantTree({
      'package-lock.json': { packages: { 'node_modules/yjs': yjs } },
      'node_modules/.package-lock.json': { packages: { 'node_modules/yjs': yjs } },
    });
    expect(findMismatch(tree)).toBe('node_modules/yjs is missing');
  });

  test('[TL2] an absent package for another machine is no fault, one for this machine is', async () => {
    const others = await treeOf({ 'node_modules/foreign': foreign }, {});
    const ours = await treeOf({ 'node_modules/native': native }, {});
    expect(findMismatch(others)).toBeNull();
    expect(findMismatch(ours)).toBe('node_modules/native is missing');
  });

  test('[TL2] an installed package for another machine is a fault: the folder was copied from there', async () => {
    const tree = await treeOf({ 'node_modules/foreign': foreign }, { 'node_modules/foreign': foreign });
    expect(findMismatch(tree)).toBe('node_modules/foreign is for another machine');
  });

  test('[TL2] a package npm leaves out because of its own age is no fault', async () => {
    const young = { ...native, engines: { node: '^22.20 || ^24.12 || >=25' } };
    const tree = await treeOf({ 'node_modules/young': young }, {});
    expect(findMismatch(tree)).toBeNull();
  });
});

test.each([
  ['>= 10', '20.19.0', true],
  ['>=12.0.0', '10.0.0', false],
  ['^20.19.0 || >=22.12.0', '20.19.0', true],
  ['^20.19.0 || >=22.12.0', '21.0.0', false],
  ['>=18 <20', '20.1.0', false],
  ['*', '20.1.0', true],
  ['lts/*', '20.1.0', false],
])('[TL2] the range %s read for %s', (range, version, accepted) => {
  expect(acceptsNode(range, version)).toBe(accepted);
});
