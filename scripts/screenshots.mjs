// The README's pictures: a fresh server, the example entered as a newcomer does, one picture a page. Nothing on them is
// made up, and all but the clock's hour is the same each time. Run: npm run screenshots
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { startServer } from '../tests/support/server.ts';
import { findBrowser } from './browser.mjs';
import { buildWhenStale } from './build-when-stale.mjs';

const FOLDER = 'docs/screenshots';
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Somebody with promises of his own, check-ins due and asks to answer. */
const SOMEBODY = '@nikomatsakis';
const CARD = 'Async';

buildWhenStale();
mkdirSync(FOLDER, { recursive: true });
const server = await startServer();
const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  // The sandbox needs rights that root in a container does not have.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await openPage(DESK);
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Look around the example' }).click();
  await page.waitForURL(/\/board\//);
  const board = page.url();
  await canvasDrawn(page);
  await closeBanner(page);

  await selectCard(page, CARD);
  await take(page, 'board');
  await page.goto(`${board}/commit`);
  await take(page, 'review');
  await page.goto(`${server.url}/commitments`);
  await take(page, 'commitments');

  const cookies = await page.context().cookies();
  const phone = await openPage(PHONE, { cookies, isMobile: true, hasTouch: true });
  await phone.goto(board);
  await phone.getByRole('heading', { name: 'Priorities' }).waitFor();
  await take(phone, 'outline-phone');
  await phone.close();

  const night = await openPage(DESK, { cookies, colorScheme: 'dark' });
  await night.goto(board);
  await canvasDrawn(night);
  await closeBanner(night);
  await take(night, 'board-dark');

  // Last, because looking through somebody's eyes stays with the sign-in.
  await page.goto(`${server.url}/home`);
  await page.getByLabel('View as').fill(SOMEBODY);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Check-ins due' }).waitFor();
  await take(page, 'my-week');
} finally {
  await browser.close();
  await server.dispose();
}

async function openPage(viewport, { cookies = [], ...options } = {}) {
  const context = await browser.newContext({
    viewport,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
    ...options,
  });
  await context.addCookies(cookies);
  return context.newPage();
}

/** A card can be seen and what has been loaded is shown as saved. */
async function canvasDrawn(page) {
  await page.locator('.tl-shape[data-shape-type="objective"]').filter({ visible: true }).first().waitFor();
  await page.locator('[data-testid="save-status"][data-save="saved"]').waitFor();
}

/** The invitation to open a second window, shown while one is alone on the example's board. */
async function closeBanner(page) {
  const banner = page.locator('.banner', { hasText: 'Open a second window' });
  await banner.getByRole('button', { name: 'Close' }).click();
}

/** The canvas itself takes the pointer, not the card's element. */
async function selectCard(page, title) {
  const card = page
    .locator('.tl-shape[data-shape-type="objective"]')
    .filter({ has: page.getByText(title, { exact: true }) });
  const box = await card.first().boundingBox();
  if (!box) throw new Error(`The card ${title} is not on the screen.`);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.locator('form.facts').waitFor();
}

async function take(page, name) {
  await page.evaluate(() => globalThis.document.fonts.ready.then(() => undefined));
  await page.waitForLoadState('networkidle');
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  console.log(`${path}, ${Math.round(statSync(path).size / 1_024)} KB`);
}
