import { createRequire } from 'node:module';
import { symlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { expect, test } from 'vitest';
import { plantTree } from '../support/planted-tree.ts';

const table = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

/** The names of the rules a tree with these files breaks. */
async function breaches(files: Record<string, string>): Promise<string[]> {
  const root = await plantTree({
    'package.json': { type: 'module', imports: { '#domain/*': './src/domain/*', '#server/*': './server/*' } },
    'tsconfig.json': { compilerOptions: { module: 'esnext', moduleResolution: 'bundler' } },
    'src/domain/day.ts': 'export const day = 1; export type Day = number;',
    'src/lib/ui/Button.svelte': '<button>Go</button>',
    'src/lib/canvas/Canvas.svelte': '<div></div>',
    'src/lib/canvas/mount.tsx': 'export const mount = 1;',
    'server/app.ts': 'export interface Application { day: number } export const key = 1;',
    'server/store/rows.ts': 'export const rows = 1;',
    ...files,
  });
  await symlink(resolve('node_modules'), `${root}/node_modules`);
  const { output } = await cruise(['src', 'server'], {
    ...table.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: table.forbidden },
    tsConfig: undefined,
  });
  if (typeof output === 'string') throw new Error(output);
  return [...new Set(output.summary.violations.map(({ rule }) => rule.name))].sort();
}

test('[TL3] a tree that keeps to the table passes', async () => {
  const found = await breaches({
    'src/domain/plan/plan.ts': "import { day } from '../day.ts'; export const plan = day;",
    'src/domain/plan/plan.test.ts': "import { test } from 'vitest'; test('x', () => {});",
    'src/board/document.ts':
      "import * as Y from 'yjs'; import { day } from '#domain/day.ts'; export default [Y, day];",
    'src/routes/+page.svelte':
      "<script lang='ts'>import Canvas from '../lib/canvas/Canvas.svelte';</script><Canvas />",
    'src/routes/+page.server.ts':
      "import type { Application } from '#server/app.ts'; export type A = Application;",
    'server/store/open.ts':
      "import postgres from 'postgres'; import { join } from 'node:path'; export default [postgres, join];",
    'server/main.ts': "import './store/rows.ts'; import './app.ts';",
  });
  expect(found).toEqual([]);
});

test.each<[string, Record<string, string>, string]>([
  [
    'the domain knows no package',
    { 'src/domain/a.ts': "import * as Y from 'yjs'; export default Y;" },
    'imports-of-src/domain',
  ],
  [
    'nor Node',
    { 'src/domain/a.ts': "import fs from 'node:fs'; export default fs;" },
    'imports-of-src/domain',
  ],
  [
    'nor the board',
    { 'src/board/b.ts': 'export const b = 1;', 'src/domain/a.ts': "export { b } from '../board/b.ts';" },
    'imports-of-src/domain',
  ],
  [
    'the board does no I/O',
    { 'src/board/a.ts': "import fs from 'node:fs'; export default fs;" },
    'imports-of-src/board',
  ],
  [
    'sync never knows the store',
    { 'server/sync/a.ts': "import { rows } from '../store/rows.ts'; export default rows;" },
    'imports-of-server/sync',
  ],
  [
    'only the store opens a database',
    { 'server/tracking/a.ts': "import postgres from 'postgres'; export default postgres;" },
    'imports-of-server/tracking',
  ],
  [
    'lib never knows the server, not even its types',
    {
      'src/lib/ui/a.ts':
        "import type { Application } from '../../../server/app.ts'; export type A = Application;",
    },
    'lib-knows-no-server',
  ],
  [
    'a component is looked into',
    { 'src/lib/ui/A.svelte': "<script>import * as Y from 'yjs'; console.log(Y);</script>" },
    'imports-of-src/lib/ui',
  ],
  [
    'a module with runes is looked into',
    { 'src/lib/ui/a.svelte.ts': "import * as Y from 'yjs'; export default Y;" },
    'imports-of-src/lib/ui',
  ],
  [
    'an alias is followed',
    { 'src/protocol/a.ts': "import { rows } from '#server/store/rows.ts'; export default rows;" },
    'imports-of-src/protocol',
  ],
  ['React has one door', { 'src/routes/a.ts': "import('../lib/canvas/mount.tsx');" }, 'canvas-has-one-door'],
  [
    'pages take no value from the server',
    { 'src/routes/a.ts': "import { key } from '#server/app.ts'; export default key;" },
    'only-types-of-server/app.ts-in-src/routes',
  ],
  [
    'hooks take no value from the server',
    { 'src/hooks.server.ts': "import { key } from '#server/app.ts'; export default key;" },
    'pages-reach-the-server-through-the-application-object',
  ],
  [
    'no cycles',
    {
      'src/domain/a.ts': "import { b } from './b.ts'; export const a = b;",
      'src/domain/b.ts': "import { a } from './a.ts'; export const b = () => a;",
    },
    'no-cycles',
  ],
  [
    'a folder without a row',
    { 'src/lib/misc/a.ts': "import { day } from '../../domain/day.ts'; export default day;" },
    'every-folder-is-in-the-table',
  ],
  ['a file that is not there', { 'src/board/a.ts': "import './gone.ts';" }, 'nothing-unresolvable'],
])('[TL3] %s', async (_, files, rule) => {
  expect(await breaches(files)).toContain(rule);
});
