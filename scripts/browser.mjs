// Finds a Chromium, or gets one. Order: CHROMIUM_PATH, Playwright's own build, a system browser, the Debian package,
// Playwright's download.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { installDebian } from './services/apt.mjs';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The path of a Chromium on this machine, or null when there is none.
 *
 * @returns {string | null} throws when CHROMIUM_PATH names no file, rather than test another browser than was asked for
 */
export function findBrowser() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`CHROMIUM_PATH is ${wanted}, and no such file exists`);
    return wanted;
  }
  return [chromium.executablePath(), ...SYSTEM].find((path) => path && existsSync(path)) ?? null;
}

/**
 * The path of a Chromium, installed first where that is possible.
 *
 * @returns {{ path: string } | { missing: string }}
 */
export function provideBrowser() {
  let path = findBrowser();
  if (path) return { path };
  const refusal = installDebian('chromium');
  path = findBrowser();
  if (path) return { path };
  const cli = resolve(
    fileURLToPath(import.meta.url),
    '..',
    '..',
    'node_modules',
    '@playwright',
    'test',
    'cli.js',
  );
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit', timeout: 300_000 });
  path = findBrowser();
  if (path) return { path };
  return {
    missing: `no Chromium: set CHROMIUM_PATH, or install it (${refusal}; Playwright's download failed too)`,
  };
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  const found = provideBrowser();
  console.log('path' in found ? found.path : found.missing);
  if ('missing' in found) process.exitCode = 1;
}
