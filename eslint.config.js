import { fileURLToPath } from 'node:url';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const typed = ['src/**/*.{ts,tsx,svelte}', 'server/**/*.ts', 'tests/**/*.ts', '*.ts'];

/** The same for every file: another list for another file would load the whole program anew. */
const program = {
  projectService: true,
  tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url)),
  extraFileExtensions: ['.svelte'],
};

const clockAndChance = [
  { object: 'Date', property: 'now', message: 'The domain has no clock: take the instant as an argument.' },
  {
    object: 'Math',
    property: 'random',
    message: 'The domain has no chance: take the number as an argument.',
  },
  {
    object: 'performance',
    property: 'now',
    message: 'The domain has no clock: take the instant as an argument.',
  },
  {
    object: 'Temporal',
    property: 'Now',
    message: 'The domain has no clock: take the instant as an argument.',
  },
];

export default ts.config(
  {
    ignores: [
      'node_modules/',
      '.svelte-kit/',
      'build/',
      'data/',
      'static/',
      'test-results/',
      'playwright-report/',
      '**/migrations/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.{js,mjs,cjs,ts,tsx,svelte}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-debugger': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-self-compare': 'error',
      'no-unreachable': 'error',
      'no-unsafe-finally': 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-dupe-keys': 'error',
      'no-duplicate-case': 'error',
      'no-fallthrough': 'error',
      'no-sparse-arrays': 'error',
      'no-unused-labels': 'error',
      'no-proto': 'error',
      'use-isnan': 'error',
      'max-lines': ['error', 300],
    },
  },
  {
    files: ['scripts/**/*.mjs', '*.js', '*.cjs'],
    languageOptions: { globals: globals.node },
    rules: { 'no-undef': 'error', 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  // TypeScript and Svelte, without type information: fast, and true of every file.
  {
    files: ['**/*.{ts,tsx,svelte}'],
    plugins: { '@typescript-eslint': ts.plugin },
    languageOptions: { parser: ts.parser },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, minimumDescriptionLength: 10 },
      ],
      '@typescript-eslint/no-non-null-asserted-optional-chain': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-require-imports': 'error',
      '@typescript-eslint/no-unused-expressions': 'error',
    },
  },
  // With type information: what only the types can tell.
  {
    files: typed,
    languageOptions: { parserOptions: program },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
    },
  },
  ...svelte.configs.recommended.map((config) => ({
    ...config,
    files: config.files ?? ['**/*.svelte', '**/*.svelte.ts'],
  })),
  {
    files: ['**/*.svelte'],
    languageOptions: { parserOptions: { ...program, parser: ts.parser, svelteConfig } },
    rules: {
      // $props() is destructured with let, so that a bindable one can be assigned.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      // The app is always served from the root of its origin.
      'svelte/no-navigation-without-resolve': 'off',
      // There are no stores (docs/decisions/0004), and this rule asks the types at every use.
      'svelte/require-store-reactive-access': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-target-blank': 'error',
    },
  },
  { files: ['**/*.svelte.ts'], languageOptions: { parser: ts.parser, parserOptions: program } },
  {
    files: ['src/domain/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': ['error', ...clockAndChance],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.name='Date']",
          message: 'The domain has no clock: take the instant as an argument.',
        },
      ],
    },
  },
);
