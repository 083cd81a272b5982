import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [sveltekit()],
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
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'tests/**/*.test.ts'],
    // Stores and servers under test are heavy; more at once than there are cores only makes them time out.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
