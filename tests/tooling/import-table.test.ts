import { createRequire } from 'node:module';
import { symlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { beforeAll, expect, test } from 'vitest';
import { plantTree } from '../support/planted-tree.ts';

const table = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

const take = (from: string) => `import * as taken from '${from}'; export default taken;`;

/** A tree that keeps to the table; every file here must pass. */
const honest = {
  'src/domain/day.ts': 'export const day = 1; export type Day = number;',
  'src/domain/plan/plan.ts': take('../day.ts'),
  'src/domain/plan/plan.test.ts': "import { test } from 'vitest'; test('x', () => {});",
  'src/domain/rhythm/zones.ts': take('temporal-polyfill'),
  'src/board/document.ts':
    "import * as Y from 'yjs'; import { day } from '#domain/day.ts'; export default [Y, day];",
  'src/board/plan.ts': 'export const plan = 1;',
  'src/lib/ui/Button.svelte': '<button>Go</button>',
  'src/lib/canvas/Canvas.svelte': "<script>import('./mount.tsx');</script>",
  'src/lib/canvas/mount.tsx': take('react'),
  'src/routes/+page.svelte': "<script>import Canvas from '../lib/canvas/Canvas.svelte';</script><Canvas />",
  'src/routes/+page.server.ts':
    "import type { Application } from '#server/app.ts'; export type A = Application;",
  'server/app.ts': 'export interface Application { day: number } export const key = 1;',
  'server/store/rows.ts': 'export const rows = 1;',
  'server/store/open.ts':
    "import postgres from 'postgres'; import { join } from 'node:path'; export default [postgres, join];",
  'server/main.ts': "import './store/rows.ts'; import './app.ts';",
};

/** What is wrong, the file that does it, its content, and the rule that must name it. */
const breaches: readonly (readonly [what: string, file: string, content: string, rule: string])[] = [
  ['the domain knows no package', 'src/domain/a.ts', take('yjs'), 'imports-of-src/domain'],
  ['nor Node', 'src/domain/b.ts', take('node:fs'), 'imports-of-src/domain'],
  ['nor the board', 'src/domain/c.ts', take('../board/plan.ts'), 'imports-of-src/domain'],
  [
    'nor time zones outside the rhythm',
    'src/domain/plan/d.ts',
    take('temporal-polyfill'),
    'imports-of-src/domain',
  ],
  ['the board does no I/O', 'src/board/a.ts', take('node:fs'), 'imports-of-src/board'],
  ['sync never knows the store', 'server/sync/a.ts', take('../store/rows.ts'), 'imports-of-server/sync'],
  ['only the store opens a database', 'server/tracking/a.ts', take('postgres'), 'imports-of-server/tracking'],
  ['nothing knows main', 'server/tracking/b.ts', take('../main.ts'), 'imports-of-server/tracking'],
  [
    'lib never knows the server, not even its types',
    'src/lib/ui/a.ts',
    "import type { Application } from '#server/app.ts'; export type A = Application;",
    'lib-knows-no-server',
  ],
  [
    'a component is looked into',
    'src/lib/ui/B.svelte',
    "<script>import * as Y from 'yjs'; console.log(Y);</script>",
    'imports-of-src/lib/ui',
  ],
  ['a module with runes is looked into', 'src/lib/ui/c.svelte.ts', take('yjs'), 'imports-of-src/lib/ui'],
  ['an alias is followed', 'src/protocol/a.ts', take('#server/store/rows.ts'), 'imports-of-src/protocol'],
  ['React has one door', 'src/routes/a.ts', "import('../lib/canvas/mount.tsx');", 'canvas-has-one-door'],
  [
    'pages take no value from the server',
    'src/routes/b.ts',
    take('#server/app.ts'),
    'only-types-of-server/app.ts-in-src/routes',
  ],
  [
    'hooks take no value from the server',
    'src/hooks.server.ts',
    take('#server/app.ts'),
    'pages-reach-the-server-through-the-application-object',
  ],
  ['no cycles', 'src/domain/e.ts', take('./f.ts'), 'no-cycles'],
  ['a folder without a row', 'src/lib/misc/a.ts', take('#domain/day.ts'), 'every-folder-is-in-the-table'],
  ['a file that is not there', 'src/board/b.ts', "import './gone.ts';", 'nothing-unresolvable'],
  [
    'a development package on the server',
    'server/store/b.ts',
    take('fast-check'),
    'no-development-packages-on-the-server',
  ],
];

let found: { rule: string; file: string }[];

beforeAll(async () => {
  const root = await plantTree({
    'package.json': {
      type: 'module',
      imports: { '#domain/*': './src/domain/*', '#server/*': './server/*' },
      dependencies: { yjs: '*', react: '*', postgres: '*', 'temporal-polyfill': '*' },
      devDependencies: { 'fast-check': '*', vitest: '*' },
    },
    ...honest,
    'src/domain/f.ts': take('./e.ts'), // the other half of the planted cycle, which is reported once
    ...Object.fromEntries(breaches.map(([, file, content]) => [file, content])),
  });
  await symlink(resolve('node_modules'), `${root}/node_modules`);
  const { output } = await cruise(['src', 'server'], {
    ...table.options,
    tsConfig: undefined,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: table.forbidden },
  });
  if (typeof output === 'string') throw new Error(output);
  found = output.summary.violations.map(({ rule, from }) => ({ rule: rule.name, file: from }));
});

test.each(Object.keys(honest))('[TL3] %s keeps to the table', (file) => {
  expect(found.filter((breach) => breach.file === file)).toEqual([]);
});

test.each(breaches)('[TL3] %s', (_, file, _content, rule) => {
  expect(found.filter((breach) => breach.file === file).map((breach) => breach.rule)).toContain(rule);
});
