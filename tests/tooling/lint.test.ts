import { copyFile, symlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, expect, test } from 'vitest';
import { plantTree } from '../support/planted-tree.ts';

const wait = 'export const wait = async (): Promise<number> => 1;\n';

/** The file, its content, and the rule that must refuse it; null where nothing may be refused. */
const cases: readonly (readonly [what: string, file: string, content: string, rule: string | null])[] = [
  ['a promise nobody waits for', 'server/a.ts', `${wait}wait();`, '@typescript-eslint/no-floating-promises'],
  [
    'a promise nobody waits for, in a component',
    'src/lib/ui/A.svelte',
    '<script lang="ts">import { wait } from \'./wait.ts\'; function go(): void { wait(); }</script><button onclick={go}>Go</button>',
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'a promise nobody waits for, in a module with runes',
    'src/lib/ui/a.svelte.ts',
    "import { wait } from './wait.ts'; export const go = (): void => { wait(); };",
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'a promise as a condition',
    'server/b.ts',
    `${wait}if (wait()) console.log(1);`,
    '@typescript-eslint/no-misused-promises',
  ],
  ['waiting for no promise', 'server/c.ts', 'await 1; export {};', '@typescript-eslint/await-thenable'],
  ['any', 'server/d.ts', 'export const a: any = 1;', '@typescript-eslint/no-explicit-any'],
  [
    'a switch that forgets a case',
    'src/domain/d.ts',
    "export const f = (a: 'x' | 'y'): number => { switch (a) { case 'x': return 1; } return 2; };",
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  [
    'the clock in the domain',
    'src/domain/a.ts',
    'export const now = Date.now();',
    'no-restricted-properties',
  ],
  ['a fresh Date in the domain', 'src/domain/b.ts', 'export const now = new Date();', 'no-restricted-syntax'],
  [
    'chance in the domain',
    'src/domain/c.ts',
    'export const luck = Math.random();',
    'no-restricted-properties',
  ],
  ['a given date in the domain is fine', 'src/domain/e.ts', 'export const day = new Date(0);', null],
  ['the clock elsewhere is fine', 'server/e.ts', 'export const now = Date.now();', null],
  [
    'a comment that switches a rule off',
    'server/f.ts',
    '// eslint-disable-next-line\nexport const a: any = 1;',
    '@typescript-eslint/no-explicit-any',
  ],
  ['a file that is too long', 'server/g.ts', 'export {};\n'.repeat(301), 'max-lines'],
];

let refused: Map<string, string[]>;

beforeAll(async () => {
  const root = await plantTree({
    'package.json': { type: 'module' },
    'tsconfig.json': {
      compilerOptions: {
        strict: true,
        module: 'esnext',
        moduleResolution: 'bundler',
        target: 'esnext',
        allowImportingTsExtensions: true,
        noEmit: true,
      },
      include: ['src', 'server'],
    },
    'src/lib/ui/wait.ts': wait,
    ...Object.fromEntries(cases.map(([, file, content]) => [file, content])),
  });
  for (const file of ['eslint.config.js', 'svelte.config.js']) await copyFile(file, `${root}/${file}`);
  await symlink(resolve('node_modules'), `${root}/node_modules`);
  const results = await new ESLint({ cwd: root }).lintFiles(['src', 'server']);
  refused = new Map(
    results.map(({ filePath, messages }) => [
      filePath.slice(root.length + 1),
      messages.map(({ ruleId, message }) => ruleId ?? message),
    ]),
  );
});

test.each(cases)('[TL6] %s', (_, file, _content, rule) => {
  expect(refused.get(file)).toEqual(rule === null ? [] : expect.arrayContaining([rule]));
});
