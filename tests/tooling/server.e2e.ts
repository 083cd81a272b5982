import { expect, test } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runServerToItsEnd, startServer } from '../support/server.ts';

test('[TL13] a server serves its first page, stops when asked, and starts again on the same data', async ({
  page,
}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-data-'));
  const first = await startServer({ dataDir });
  try {
    expect(first.setupToken()).toMatch(/^[\w-]{16,}$/);
    const answer = await page.goto(first.url);
    expect(answer?.status()).toBe(200);
    expect(await first.stop()).toBe(0);

    const second = await startServer({ dataDir, port: first.port });
    await second.kill9();
    const third = await startServer({ dataDir, port: first.port });
    expect(await third.stop()).toBe(0);
  } finally {
    await first.dispose();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test('[TL13] one that cannot start says why, in its own words', async () => {
  await expect(startServer({ env: { PORT: 'many' } })).rejects.toThrow(/PORT/);
  const { code, log } = await runServerToItsEnd({ PORT: 'many' });
  expect(code).toBe(1);
  expect(log).toContain('PORT');
});
