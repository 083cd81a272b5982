import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { findFreePort } from '../support/server.ts';
import { canvasReady, findCard, watchForCanvas } from './board-page.ts';
import type { Figures } from './figures.ts';
import { readPage } from './served.ts';

/** Not part of a clone, or made by the start itself. */
const LEFT_OUT = new Set([
  'node_modules',
  '.git',
  '.svelte-kit',
  'build',
  'data',
  'test-results',
  'playwright-report',
]);

/**
 * What a newcomer waits for after the packages are installed: `npm start` in a copy of the sources that was never built, the
 * first page, *Look around the example*, and the first card dragged and saved.
 */
export async function measureFromClone(
  figures: Figures,
  { root, browser }: { root: string; browser: Browser },
): Promise<void> {
  const clone = join(root, `clone-${performance.now()}`);
  await copySources(clone);
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchForCanvas);
  const start = performance.now();
  const stop = startAsNewcomer(clone, port);
  try {
    await firstAnswer(url, start + 180_000);
    const answeredMs = performance.now() - start;
    await page.goto(url);
    await page.getByRole('button', { name: 'Look around the example' }).click();
    await page.waitForURL(/\/board\//, { timeout: 120_000 });
    await canvasReady(page);
    const { id, x, y } = await findCard(page);
    const before = await page.locator(`[data-shape-id="${id}"]`).getAttribute('style');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y + 20, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(
      ({ shape, style }) =>
        document.querySelector(`[data-shape-id="${shape}"]`)?.getAttribute('style') !== style &&
        document.querySelector<HTMLElement>('[data-testid="save-status"]')?.dataset.save === 'saved',
      { shape: id, style: before },
    );
    const figure = { store: 'embedded', times: 0, unit: 'ms' as const };
    figures.add(
      { ...figure, what: 'First `npm start` of a clone, packages installed, to the first page' },
      answeredMs,
    );
    const goal = { of: 'median' as const, limit: 60_000 };
    figures.add(
      { ...figure, what: 'The same, on to the example and its first card moved and saved', goal },
      performance.now() - start,
    );
  } finally {
    await context.close();
    await stop();
  }
}

async function copySources(to: string): Promise<void> {
  const from = resolve('.');
  await mkdir(to, { recursive: true });
  await cp(from, to, {
    recursive: true,
    filter: (path) => !LEFT_OUT.has(relative(from, path)),
  });
  await symlink(resolve('node_modules'), join(to, 'node_modules'));
}

/** Answers how to stop it. npm and the server are one process group, so that no part of it is left behind. */
function startAsNewcomer(clone: string, port: number): () => Promise<void> {
  const child = spawn('npm', ['start'], {
    cwd: clone,
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, PORT: String(port), DATA_DIR: join(clone, 'data') },
  });
  const ended = once(child, 'close');
  const signal = (name: 'SIGTERM' | 'SIGKILL') => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, name);
  };
  const kill = () => signal('SIGKILL');
  process.once('exit', kill);
  return async () => {
    signal('SIGTERM');
    await ended;
    process.off('exit', kill);
  };
}

async function firstAnswer(url: string, deadline: number): Promise<void> {
  for (;;) {
    const answered = await readPage(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    if (performance.now() > deadline) throw new Error(`npm start answered nothing on ${url} in time.`);
    await after(50);
  }
}
