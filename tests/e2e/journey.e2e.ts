import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { startServer, type TestServer } from '../support/server.ts';

// The main job with two people in two browsers, on a fresh server: start, sign up, invite, plan together, go offline and
// come back, agree on a need, commit, promise, check in, revisit. One story, so one test; its steps name themselves.

let server: TestServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  await server.dispose();
});

interface Someone {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Requests that went to any other host: none may. */
  readonly strangers: string[];
  /** Violations of the content security policy and uncaught errors: none may be. */
  readonly faults: string[];
}

async function openBrowser(browser: Browser): Promise<Someone> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const strangers: string[] = [];
  const faults: string[] = [];
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && host !== new URL(server.url).host) strangers.push(request.url());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
  });
  return { context, page, strangers, faults };
}

const saved = (page: Page) => expect(page.getByTestId('save-status')).toHaveAttribute('data-save', 'saved');
const area = (page: Page, name: string) => page.locator('.tl-shape[data-shape-type="area"]').filter({ hasText: name });
const card = (page: Page, title: string) =>
  page.locator('.tl-shape[data-shape-type="objective"]').filter({ hasText: title });

async function middle(page: Page, name: string) {
  const box = await area(page, name).boundingBox();
  if (!box) throw new Error(`The area ${name} is not on the screen.`);
  return { x: box.x + box.width * 0.4, y: box.y + box.height / 2 };
}

/** Double click in a team's area, type the title, Enter. */
async function addCard(page: Page, team: string, title: string, shift = 0) {
  const { x, y } = await middle(page, team);
  await page.mouse.dblclick(x + shift, y);
  await page.getByRole('textbox', { name: 'Title' }).first().waitFor();
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
  await expect(card(page, title)).toBeVisible();
}

test('two people plan, commit, check in and look back', async ({ browser }) => {
  test.setTimeout(240_000);
  const ana = await openBrowser(browser);
  const ben = await openBrowser(browser);
  let invite = '';
  let board = '';

  await test.step('Ana sets up her organisation and lands on a board', async () => {
    await ana.page.goto(server.url);
    await expect(ana.page.getByText('Embedded database')).toBeVisible();
    await ana.page.getByRole('link', { name: 'Set up your organisation' }).click();
    await ana.page.getByLabel('Organisation').fill('Northwind');
    await ana.page.getByLabel('Your name').fill('Ana Kovač');
    await ana.page.getByLabel('E-mail').fill('ana@northwind.example');
    await ana.page.getByLabel('Password').fill('a walk along the river');
    await ana.page.getByRole('button', { name: 'Set up', exact: true }).click();
    await ana.page.getByLabel('Teams').fill('Payments\nPlatform');
    await ana.page.getByRole('button', { name: 'To the board' }).click();
    await ana.page.waitForURL(/\/board\//);
    board = ana.page.url().replace(/\?.*/, '');
    await expect(area(ana.page, 'Payments')).toBeVisible();
    await saved(ana.page);
  });

  await test.step('Ben comes in by the link and opens the same board', async () => {
    await ana.page.getByRole('button', { name: 'Share' }).click();
    await ana.page.getByRole('button', { name: 'Make the link' }).click();
    invite = await ana.page.getByLabel('Invite link').inputValue();
    await ana.page.keyboard.press('Escape');
    await ben.page.goto(invite);
    await ben.page.getByLabel('Your name').fill('Ben Ito');
    await ben.page.getByLabel('E-mail').fill('ben@northwind.example');
    await ben.page.getByLabel('Password').fill('green kettle on the stove');
    await ben.page.getByLabel('Your team').selectOption({ label: 'Platform' });
    await ben.page.getByRole('button', { name: 'Join and open the board' }).click();
    await ben.page.waitForURL(/\/board\//);
    await expect(area(ben.page, 'Platform')).toBeVisible();
  });

  await test.step('each sees what the other does, and where the other points', async () => {
    await addCard(ana.page, 'Payments', 'Card payments in 4 markets');
    await expect(card(ben.page, 'Card payments in 4 markets')).toBeVisible();
    await addCard(ben.page, 'Platform', 'Regional ledgers live');
    await expect(card(ana.page, 'Regional ledgers live')).toBeVisible();
    const point = await middle(ben.page, 'Platform');
    await ben.page.mouse.move(point.x, point.y);
    await expect(ana.page.locator('.tl-nametag', { hasText: 'Ben Ito' })).toBeVisible();
    await saved(ana.page);
    await saved(ben.page);
  });

  await test.step('what Ben types offline is kept and arrives later', async () => {
    await ben.context.setOffline(true);
    await expect(ben.page.getByTestId('save-status')).toContainText('Offline', { timeout: 30_000 });
    await addCard(ben.page, 'Platform', 'Idempotent payout queue', 260);
    await expect(ben.page.getByTestId('save-status')).toContainText('kept on this device');
    await expect(card(ana.page, 'Idempotent payout queue')).toHaveCount(0);
    await ben.context.setOffline(false);
    await expect(card(ana.page, 'Idempotent payout queue')).toBeVisible({ timeout: 30_000 });
    await saved(ben.page);
  });

  expect(ana.strangers.concat(ben.strangers)).toEqual([]);
  expect(ana.faults.concat(ben.faults)).toEqual([]);
  expect(board).not.toBe('');
});
