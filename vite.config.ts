import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { throughlineServer } from './server/dev-plugin.ts';

export default defineConfig({
  plugins: [throughlineServer(), sveltekit()],
  optimizeDeps: {
    // The assets are imported with ?url; prebundling them crashes the development server.
    exclude: ['@tldraw/assets'],
    // Found only behind lazy imports: bundling them at first use would reload the page under the person.
    include: [
      'tldraw',
      'react',
      'react/jsx-runtime',
      'react/jsx-dev-runtime',
      'react-dom/client',
      'yjs',
      'y-websocket',
    ],
  },
  // How long each plugin took is nothing for the person who just typed npm start.
  build: {
    rolldownOptions: {
      checks: { bundlerTimings: false },
      // tldraw's interface parts say "use client", which means nothing here: hundreds of lines about it hide real ones.
      onLog(level, log, hand) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') hand(level, log);
      },
    },
  },
  test: {
    // Stores and servers under test are heavy: more at once than there are cores only makes them time out.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          setupFiles: ['./tests/support/fixed-seed.ts'],
          include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'tests/**/*.test.ts'],
          // Minutes of real time, and mounts: `npm run test:faults`.
          exclude: ['**/*.svelte.test.ts', ...(process.env.FAULTS ? [] : ['tests/faults/long/**'])],
        },
      },
      {
        extends: true,
        resolve: { conditions: ['browser'] },
        test: {
          name: 'runes',
          environment: './tests/support/browser-transform.ts',
          include: ['src/**/*.svelte.test.ts', 'tests/**/*.svelte.test.ts'],
          server: { deps: { inline: [/svelte/] } },
        },
      },
    ],
  },
});
