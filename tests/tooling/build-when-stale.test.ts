import { rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { hashIngredients } from '../../scripts/build-when-stale.mjs';
import { plantTree } from '../support/planted-tree.ts';

const sources = {
  'package.json': {},
  'package-lock.json': {},
  'vite.config.ts': 'export default {};',
  'src/routes/+page.svelte': '<h1>Boards</h1>',
  'src/domain/plan.test.ts': '1',
  'server/main.ts': '1',
  'static/favicon.svg': '<svg />',
};

test.each(['src/routes/+page.svelte', 'static/favicon.svg', 'package-lock.json', 'vite.config.ts'])(
  '[TL7] a change of %s makes the build stale',
  async (file) => {
    const root = await plantTree(sources);
    const before = hashIngredients(root);
    await writeFile(`${root}/${file}`, 'changed');
    expect(hashIngredients(root)).not.toBe(before);
  },
);

test.each(['src/domain/plan.test.ts', 'server/main.ts', 'README.md'])(
  '[TL7] a change of %s does not',
  async (file) => {
    const root = await plantTree(sources);
    const before = hashIngredients(root);
    await writeFile(`${root}/${file}`, 'changed');
    expect(hashIngredients(root)).toBe(before);
  },
);

test('[TL7] a file that goes, comes or moves makes the build stale', async () => {
  const root = await plantTree(sources);
  const before = hashIngredients(root);
  await writeFile(`${root}/src/new.ts`, '1');
  const more = hashIngredients(root);
  await rm(`${root}/src/new.ts`);
  expect([more === before, hashIngredients(root) === before]).toEqual([false, true]);
});
