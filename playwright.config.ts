import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/browser.mjs';

const executablePath = findBrowser() ?? undefined;

// Every test file starts its own server on its own data folder (tests/support/server.ts); there is no shared one.
export default defineConfig({
  testDir: 'tests',
  testMatch: '**/*.e2e.ts',
  globalSetup: './tests/support/build.ts',
  outputDir: 'test-results',
  workers: 1,
  // A second try tells a page that is wrong from a machine that was slow; `npm test` names what needed one.
  retries: 1,
  timeout: 60_000,
  // A slow machine is not a fault: what must be fast is measured by the benchmarks.
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        // The sandbox needs rights that root in a container does not have.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        // The browser itself must stay silent: a test asserts that no request leaves for another host.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
});
