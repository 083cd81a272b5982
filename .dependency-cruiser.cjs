// Who may import whom: the table of ARCHITECTURE.md, enforced. Everything not listed is refused.
// A row stands for its folder and all below it, up to a deeper row. 'npm:' names a package, 'node:' any Node built-in,
// '[$]app' the modules SvelteKit provides. 'type:' allows types only, which are gone at run time.

/** The planning screens: views of what the live session and the server say. */
const view = [
  'src/domain',
  'src/protocol',
  'src/board',
  'src/lib/live',
  'src/lib/ui',
  'npm:svelte',
  'npm:@lucide/svelte',
  '[$]app',
];

/** What every part of the server may know: its surroundings by type, the log, and how a start fails. */
const around = [
  'type:server/app.ts',
  'type:server/app-tracking.ts',
  'type:server/app-rhythm.ts',
  'type:server/app-registers.ts',
  'type:server/app-facilitation.ts',
  'type:server/app-guests.ts',
  'type:server/app-notify.ts',
  'type:server/app-insight.ts',
  'type:server/app-provisioning.ts',
  'type:server/config.ts',
  'server/log.ts',
  'server/start-failure.ts',
  'node:',
];

/** A part that keeps rows: it states its queries against the store's schema; only the store opens a database. */
const rows = ['src/domain', 'src/protocol', 'server/store', 'npm:drizzle-orm', ...around];

const may = {
  'src/domain': [],
  'src/domain/rhythm': ['src/domain', 'npm:temporal-polyfill', 'npm:rrule-temporal'],
  'src/protocol': ['src/domain', 'npm:lib0', 'npm:zod'],
  'src/board': [
    'src/domain',
    'npm:yjs',
    'npm:@tldraw/tlschema',
    'npm:@tldraw/store',
    'npm:@tldraw/validate',
    'npm:fractional-indexing-jittered',
  ],
  'src/lib/ui': ['npm:svelte', 'npm:bits-ui', 'npm:@lucide/svelte', 'npm:svelte-sonner', '[$]app'],
  'src/lib/live': [
    'src/domain',
    'src/protocol',
    'src/board',
    'npm:svelte',
    'npm:yjs',
    'npm:lib0',
    'npm:idb',
    'npm:y-websocket',
    'npm:y-protocols',
  ],
  'src/lib/canvas': [
    'src/domain',
    'src/protocol',
    'src/board',
    // A person has the same letters on a card and on a page.
    'src/lib/ui/initials.ts',
    'npm:svelte',
    'npm:react',
    'npm:react-dom',
    'npm:tldraw',
    'npm:@tldraw',
    'npm:yjs',
    'npm:y-protocols',
  ],
  'src/lib/outline': [...view, 'src/lib/tracking', 'npm:yjs'],
  'src/lib/board': [
    ...view,
    'src/lib/canvas',
    'src/lib/outline',
    'src/lib/facilitation',
    'src/lib/tracking',
    'npm:svelte-sonner',
    'npm:yjs',
    'npm:y-protocols',
  ],
  'src/lib/facilitation': [...view, 'src/lib/tracking', 'npm:svelte-sonner'],
  'src/lib/tracking': view,
  'src/lib/insight': [...view, 'src/lib/tracking', 'npm:layerchart'],
  'src/lib/rhythm': [...view, 'src/lib/tracking'],
  'src/lib/passkey': ['npm:@simplewebauthn/browser'],
  'src/params': ['npm:@sveltejs/kit'],
  'src/routes': [
    'src/domain',
    'src/protocol',
    'src/board',
    'src/lib',
    'type:server/app.ts',
    'type:server/app-tracking.ts',
    'type:server/app-rhythm.ts',
    'type:server/app-registers.ts',
    'type:server/app-facilitation.ts',
    'type:server/app-guests.ts',
    'type:server/app-notify.ts',
    'type:server/app-insight.ts',
    'type:server/app-provisioning.ts',
    'npm:svelte',
    'npm:@sveltejs/kit',
    'npm:zod',
    'npm:@lucide/svelte',
    'npm:svelte-sonner',
    'npm:@fontsource-variable/inter',
    '[$]app',
    '[.]{1,2}/[$]types',
  ],
  'server/sync': [
    'src/domain',
    'src/protocol',
    'src/board',
    'npm:yjs',
    'npm:y-protocols',
    'npm:lib0',
    'npm:ws',
    ...around,
  ],
  'server/sync/doorbell': ['src/protocol', 'server/sync', 'npm:ioredis', ...around],
  'server/store': [
    'src/domain',
    'src/protocol',
    'src/board',
    'npm:drizzle-orm',
    'npm:postgres',
    'npm:@electric-sql/pglite',
    'npm:@electric-sql/pglite-socket',
    'type:server/sync/hooks.ts',
    ...around,
  ],
  'server/organisations': [...rows, 'npm:zod'],
  'server/planning': [...rows, 'src/board', 'server/import', 'server/export', 'npm:yjs', 'npm:zod'],
  'server/facilitation': [
    ...rows,
    'server/tracking',
    'server/export',
    // Codes and tokens of guests are made, and tries with them counted, as those of members are.
    'server/auth/secrets.ts',
    'server/auth/throttle.ts',
    'npm:rate-limiter-flexible',
    'npm:zod',
  ],
  'server/rhythm': [
    ...rows,
    'server/organisations',
    'server/tracking',
    'npm:ical-generator',
    'npm:temporal-polyfill',
    'npm:timezones-ical-library',
    'npm:zod',
  ],
  'server/registers': [...rows, 'server/tracking', 'npm:zod'],
  'server/insight': [...rows, 'server/tracking', 'npm:zod'],
  'server/tracking': [...rows, 'server/planning', 'npm:zod'],
  'server/auth': [
    ...rows,
    'server/organisations',
    'server/config.ts',
    'npm:@node-rs/argon2',
    'npm:openid-client',
    'npm:@node-saml/node-saml',
    'npm:@simplewebauthn/server',
    'npm:rate-limiter-flexible',
    'npm:zod',
  ],
  // A directory's door: people, teams and invites as administrators have them, behind the same limits as the API.
  'server/scim': [...rows, 'server/organisations', 'server/auth', 'server/api', 'npm:zod'],
  'server/jobs': rows,
  'server/notify': [
    ...rows,
    'server/tracking',
    'server/auth/secrets.ts',
    'npm:nodemailer',
    'npm:smtp-server',
    'npm:postal-mime',
    'npm:request-filtering-agent',
    'npm:rate-limiter-flexible',
    'npm:zod',
  ],
  'server/import': ['src/domain', 'src/protocol', 'src/board', 'npm:yjs', 'npm:zod', ...around],
  'server/export': ['src/domain', 'src/protocol', 'src/board', 'npm:yjs', ...around],
  'server/http': ['src/domain', 'src/protocol', 'server/config.ts', ...around],
  // What an operator asks of the server: figures, backup, restore, moving to another store.
  'server/operations': [
    'server/store',
    'server/config.ts',
    'type:server/sync/hooks.ts',
    'npm:drizzle-orm',
    'npm:postgres',
    'npm:prom-client',
    ...around,
  ],
  'server/api': [...rows, 'server/http', 'npm:zod', 'npm:rate-limiter-flexible'],
};

const isTypeOnly = (target) => target.startsWith('type:');
const pattern = (target) =>
  target.startsWith('npm:')
    ? `(^|node_modules/)(@types/)?${target.slice(4)}(/|$)`
    : target === 'node:'
      ? '^(node:)?[a-z0-9_/]+$'
      : isTypeOnly(target)
        ? `^${target.slice(5).replace('.', '[.]')}$`
        : `^${target}(/|$)`;

/** The deeper rows, which speak for themselves. */
const deeper = (folder) =>
  Object.keys(may)
    .filter((other) => other.startsWith(`${folder}/`))
    .map((other) => `^${other}/`);
const own = (folder) => ({ path: `^${folder}/`, pathNot: ['[.](test|e2e)[.]ts$', ...deeper(folder)] });

module.exports = {
  forbidden: [
    ...Object.entries(may).flatMap(([folder, targets]) => [
      {
        name: `imports-of-${folder}`,
        comment: `${folder} may import ${targets.join(', ') || 'nothing but itself'}`,
        severity: 'error',
        from: own(folder),
        to: { pathNot: [folder, ...targets].map(pattern) },
      },
      ...targets
        .filter((target) => isTypeOnly(target) && !targets.includes(target.slice(5)))
        .map((target) => ({
          name: `only-types-of-${target.slice(5)}-in-${folder}`,
          comment: `${folder} may import types of ${target.slice(5)}, and no value`,
          severity: 'error',
          from: own(folder),
          to: { path: pattern(target), dependencyTypesNot: ['type-only'] },
        })),
    ]),
    {
      name: 'pages-reach-the-server-through-the-application-object',
      comment:
        'hooks and pages get the server parts as event.locals.app; a value imported here would be a second copy of it',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(domain|protocol|board|lib|routes)/', '[.]test[.]ts$'] },
      to: { path: '^server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'lib-knows-no-server',
      comment: 'not even its types: what both sides know lives in domain, protocol or board',
      severity: 'error',
      from: { path: '^src/lib/' },
      to: { path: '^server/' },
    },
    {
      name: 'canvas-has-one-door',
      comment: 'the only React and tldraw; everybody else uses Canvas.svelte',
      severity: 'error',
      from: { path: '^(src|server)/', pathNot: '^src/lib/canvas/' },
      to: { path: '^src/lib/canvas/(?!Canvas[.]svelte$)' },
    },
    {
      name: 'every-folder-is-in-the-table',
      comment: 'a new folder needs a row that says whom it may import',
      severity: 'error',
      from: { path: '^(src|server)/.+/', pathNot: Object.keys(may).map((folder) => `^${folder}/`) },
      to: {},
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(src|server|tests)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      from: { path: '^(src|server)/' },
      to: {
        couldNotResolve: true,
        pathNot: ['^[$](app|env|service-worker)', '[.]svelte-kit', '^[.]{1,2}/[$]types'],
      },
    },
    {
      name: 'no-development-packages-on-the-server',
      comment: 'server/ runs unbuilt, so what it imports must be installed where only dependencies are',
      severity: 'error',
      from: { path: '^server/', pathNot: '[.]test[.]ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['svelte', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
