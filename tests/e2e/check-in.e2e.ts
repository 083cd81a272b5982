import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { createNotify } from '../../server/notify/notify.ts';
import { readReminders } from '../../server/registers/reminders.ts';
import { slot } from '../../server/store/schema.ts';
import { openStore } from '../../server/store/open.ts';
import { startMailServer } from '../notify/mail-server.ts';
import { startServer } from '../support/server.ts';
import { openPagesWorld, type PagesWorld } from './pages-world.ts';

test.describe.configure({ mode: 'serial' });
let world: PagesWorld;
/** Check-in addresses from Ana's mail, as a mail server received it. */
let links: readonly string[] = [];
let ended: (() => Promise<void>) | null = null;
/** What each check-in by keyboard took, in milliseconds. */
const took: Record<string, number> = {};

test.beforeAll(async ({ browser }) => {
  test.setTimeout(400_000);
  world = await openPagesWorld(browser);
  for (const key of ['markets', 'refunds']) {
    await world.api('POST', `/commitments/${await world.commitment(key)}/accept`, { confidence: 70 });
  }
  links = await mailed();
});

test.afterAll(async () => {
  await ended?.();
  await world.close();
});

/**
 * Lets the hour come in which Ana is reminded: the server is stopped, the same chores run on its data with a turned clock
 * and a real mail server, and it is started again where it was. Quiet hours and weekends are kept on any day of the test.
 */
async function mailed(): Promise<readonly string[]> {
  const { server } = world;
  await server.stop();
  const mails = await startMailServer();
  const store = await openStore({ databaseUrl: null, dataDir: server.dataDir });
  const dues = (await store.db.select().from(slot)).map(({ dueAt }) => dueAt.getTime());
  const first = Math.min(...dues);
  let now = first - 24 * 3_600_000;
  const nobody = (): Promise<never> => Promise.reject(new Error('nobody asks here'));
  const silent = (): void => undefined;
  const notify = createNotify({
    ...{ store, newId: randomUUID, node: randomUUID(), now: () => now, baseUrl: world.url },
    mail: { smtpUrl: mails.url, from: 'Throughline <plan@example.org>' },
    tracking: { commitment: nobody, checkIn: nobody, act: nobody },
    reminders: readReminders,
    viewerOf: () => Promise.resolve(null),
    log: { info: silent, warn: silent, error: silent },
  });
  await notify.plan();
  // The next working morning at the latest: the due is not over then, and its grace neither.
  for (let hours = 0; hours <= 96 && mails.received.length === 0; hours += 1) {
    await notify.send();
    now += 3_600_000;
  }
  await store.close();
  await mails.close();
  const again = await startServer({ dataDir: server.dataDir, port: server.port, readyWithinMs: 120_000 });
  ended = () => again.dispose();
  const text = mails.received.map((it) => it.text).join('\n');
  return [...text.matchAll(/http:\/\/\S+\/check-in\/[\w-]{43}/g)].map(([link]) => link);
}

/** Value, status, confidence, a word, sent: typing, arrows, Tab and Enter only. */
async function byKeyboard(page: Page, value: string, word: string): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Markets live' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(value);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type(word);
  await page.keyboard.press('ControlOrMeta+Enter');
}

async function timed(what: string, act: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await act();
  took[what] = performance.now() - began;
}

async function faultsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

async function stranger(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext(options);
  return context.newPage();
}

test('[NT32][NT39] the link in a mail opens the check-in without sign-in, and the keyboard does the rest', async ({
  browser,
}) => {
  expect(links).toHaveLength(2);
  const page = await stranger(browser);
  await timed('mail', async () => {
    await page.goto(links[0] ?? '');
    await byKeyboard(page, '1', 'From the mail.');
    await expect(page.getByText('Thank you, it is said.')).toBeVisible();
  });
  expect(page.url()).toContain('/check-in/');
  expect(await page.getByRole('link', { name: 'My week' }).count()).toBe(0);
  await page.context().close();
});

test('[NT34] taken back on the same page within ten minutes, and said again without script on a phone', async ({
  browser,
}) => {
  const page = await stranger(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  await page.goto(links[0] ?? '');
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('It is taken back.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Markets live' }).fill('2');
  await page.getByRole('radio', { name: 'At risk' }).check();
  await page.getByRole('radio', { name: '50 %' }).check();
  await page.getByRole('button', { name: 'Check in', exact: true }).click();
  await expect(page.getByText('Ana Kovač checked in')).toBeVisible();
  await page.goto(links[0] ?? '');
  await expect(page.getByText('Ana Kovač checked in')).toBeVisible();
  await page.context().close();
});

test('[NT33] “not you” ends the link, and the page says what to do', async ({ browser }) => {
  const page = await stranger(browser, { viewport: { width: 390, height: 844 } });
  await page.goto(links[1] ?? '');
  await expect(page.getByRole('textbox', { name: 'Markets live' })).toBeVisible();
  const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(scroll).toBeLessThanOrEqual(390);
  expect(await faultsOf(page)).toEqual([]);
  await page.getByText('Not Ana Kovač?').click();
  await page.getByRole('button', { name: 'End this link' }).click();
  await expect(page.getByText('This link was ended')).toBeVisible();
  await page.goto(links[1] ?? '');
  await expect(page.getByText('This link was ended')).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  expect((await page.goto(`${world.url}/check-in/${'x'.repeat(43)}`))?.status()).toBe(404);
  await page.context().close();
});

test('[NT40][NT39] a check-in from the card, without leaving the board, by keyboard', async () => {
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/board/${world.boardId}?view=canvas`);
  await expect(page.locator('.tl-canvas')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Escape');
  const card = page
    .locator('.tl-shape[data-shape-type="objective"]')
    .filter({ hasText: 'Refunds under one hour' });
  await card.click();
  const panel = page.getByTestId('panel');
  await panel.getByRole('button', { name: 'Check in', exact: true }).focus();
  await timed('board', async () => {
    await page.keyboard.press('Enter');
    await byKeyboard(page, '3', 'From the card.');
    await expect(panel.getByText('Checked in.')).toBeVisible();
  });
  expect(page.url()).toContain(`/board/${world.boardId}`);
  await expect(card).toContainText('On track');
  await panel.getByRole('button', { name: 'Take it back' }).click();
  await expect(panel.getByRole('textbox', { name: 'Markets live' })).toBeVisible();
  await panel.getByRole('button', { name: 'Check in', exact: true }).click();
  await expect(panel.getByRole('alert')).toContainText('Say whether it is on track');
  await expect(panel.getByRole('radio', { name: 'On track' })).toBeFocused();
  await panel.getByRole('radio', { name: 'Off track' }).check();
  await panel.getByRole('radio', { name: '10 %' }).check();
  await panel.getByRole('button', { name: 'Check in', exact: true }).click();
  await expect(card).toContainText('Off track');
  await page.close();
});

test('[NT39][PG30] from the list, saying what it counts for; and the median of all ways is under twenty seconds', async () => {
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/commitments`);
  await page.getByRole('link', { name: 'Refunds under one hour' }).focus();
  await timed('list', async () => {
    await page.keyboard.press('Enter');
    const checkIn = page.getByRole('link', { name: 'Check in' });
    await checkIn.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^\s*(Check-in of .+|No check-in is expected now)/)).toBeVisible();
    await byKeyboard(page, '4', 'From the list.');
    await expect(page).toHaveURL(/\/commitments\/[^/]+$/);
  });
  const times = Object.values(took).sort((a, b) => a - b);
  console.info(`Check-ins by keyboard: ${JSON.stringify(took)}`);
  expect(times).toHaveLength(3);
  expect(times[1]).toBeLessThan(20_000);
  await page.close();
});

test('[NT35][NT9] an ask is in the other team’s inbox within seconds: counted, read, put off', async () => {
  const { items } = await world.api('GET', `/dependencies?board=${world.boardId}`);
  await world.api('POST', `/dependencies/${items[0]?.id ?? ''}/send`, {});
  const page = await world.rui.newPage();
  await expect(async () => {
    await page.goto(`${world.url}/inbox`);
    await expect(page.getByRole('button', { name: 'Payments asks: Ledger API' })).toBeVisible({
      timeout: 1_000,
    });
  }).toPass({ timeout: 45_000 });
  await expect(page.getByRole('link', { name: /Inbox, [1-9]\d* unread/ })).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  const rows = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'Tomorrow at nine' }) });
  const before = await rows.count();
  const ask = rows.filter({ hasText: 'Ledger API' });
  await expect(ask).toContainText('rule NT9');
  await ask.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByText('Marked as read.')).toBeVisible();
  await ask.getByRole('button', { name: 'Tomorrow at nine' }).click();
  await expect(page.getByText('Put off until tomorrow at nine.')).toBeVisible();
  await expect(rows).toHaveCount(before - 1);
  await expect(page.getByText('put off and will come back')).toBeVisible();
  await page.getByRole('button', { name: /A promise to accept/ }).click();
  await expect(page).toHaveURL(/\/commitments\//);
  await page.close();
});

test('[NT36] everybody chooses how they are told', async () => {
  const page = await world.rui.newPage();
  await page.goto(`${world.url}/settings/notifications`);
  await page.getByLabel('Quiet from').fill('20:30');
  await page.getByRole('radio', { name: 'Once a day' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.').first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Quiet from')).toHaveValue('20:30');
  await expect(page.getByRole('radio', { name: 'Once a day' })).toBeChecked();
  expect(await faultsOf(page)).toEqual([]);
  await page.close();
});

test('[NT29][NT38] an administrator sees captured mails and sends a test; a member does not', async () => {
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/settings/mail`);
  await expect(page.getByText('No mail server is set')).toBeVisible();
  await page.getByRole('button', { name: 'Send a test to yourself' }).click();
  await expect(page.getByText('A test is on its way to ana@example.org.').first()).toBeVisible();
  await expect(async () => {
    await page.reload();
    const test = page.getByRole('listitem').filter({ hasText: 'A test from Throughline' });
    await expect(test.getByText('captured', { exact: true })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(await faultsOf(page)).toEqual([]);
  await page.close();
  const rui = await world.rui.newPage();
  const answer = await rui.goto(`${world.url}/settings/mail`);
  expect(answer?.status()).toBe(403);
  await rui.close();
});
