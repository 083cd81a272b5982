import { rm } from 'node:fs/promises';
import { expect, test, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { startServer, type TestServer } from '../support/server.ts';

// The main job with two people in two browsers, on a fresh server: start, sign up, invite, plan together, go offline and
// come back, agree on a need, commit, promise, check in, revisit. One story, so one test; its steps name themselves.

let server: TestServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  await server.dispose();
  await rm(server.dataDir, { recursive: true, force: true });
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
const area = (page: Page, name: string) =>
  page.locator('.tl-shape[data-shape-type="area"]').filter({ hasText: name });
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

async function centre(shape: Locator) {
  const box = await shape.boundingBox();
  if (!box) throw new Error('The card is not on the screen.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Selects a card and fills its facts in at the side. */
async function giveFacts(page: Page, title: string, owner: string, due: string) {
  await page.keyboard.press('Escape');
  // The canvas itself takes the pointer, not the card's element.
  const { x, y } = await centre(card(page, title));
  await page.mouse.click(x, y);
  const form = page.locator('form.facts');
  await form.getByLabel('Owner', { exact: true }).fill(owner);
  await form.getByLabel('Due', { exact: true }).first().fill(due);
  await form.getByLabel('In the plan?').selectOption({ label: 'In the plan' });
  await saved(page);
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
    await expect(ben.page.getByTestId('save-status')).toContainText('Offline');
    await addCard(ben.page, 'Platform', 'Idempotent payout queue', 260);
    await expect(ben.page.getByTestId('save-status')).toContainText('kept on this device');
    await expect(card(ana.page, 'Idempotent payout queue')).toHaveCount(0);
    await ben.context.setOffline(false);
    await expect(card(ana.page, 'Idempotent payout queue')).toBeVisible({ timeout: 30_000 });
    await saved(ben.page);
  });

  await test.step('the cards get an owner and a date', async () => {
    await giveFacts(ana.page, 'Card payments in 4 markets', 'Ana Kovač', '2027-02-15');
    await giveFacts(ben.page, 'Regional ledgers live', 'Ben Ito', '2027-02-10');
    await giveFacts(ben.page, 'Idempotent payout queue', 'Ben Ito', '2027-03-28');
  });

  await test.step('Ana draws an arrow: what she needs and by when goes to the other team', async () => {
    await ana.page.getByTestId('tools.dependency').click();
    const from = await centre(card(ana.page, 'Card payments in 4 markets'));
    const to = await centre(card(ana.page, 'Regional ledgers live'));
    await ana.page.mouse.move(from.x, from.y);
    await ana.page.mouse.down();
    await ana.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 8 });
    await ana.page.mouse.move(to.x, to.y, { steps: 8 });
    await ana.page.mouse.up();
    const what = ana.page.getByLabel('What is needed');
    await expect(what).toHaveValue('Regional ledgers live');
    await what.fill('Ledger API with test accounts');
    await ana.page.getByLabel('By when').fill('2027-02-01');
    await ana.page.getByRole('button', { name: 'Send the ask' }).click();
    await expect(ana.page.getByText('Asked Platform.')).toBeVisible();
  });

  await test.step('Ben agrees at his desk, and Ana sees it on the board', async () => {
    const desk = await ben.context.newPage();
    await desk.goto(`${server.url}/dependencies`);
    await desk
      .getByRole('row', { name: 'Ledger API with test accounts' })
      .getByRole('link', { name: 'Answer' })
      .click();
    await desk.getByLabel('By when', { exact: true }).fill('2027-02-01');
    await desk.getByRole('button', { name: 'Agree', exact: true }).last().click();
    await expect(desk.getByText('agreed').first()).toBeVisible();
    await desk.close();
    await expect(ana.page.getByText('✓ Ledger API').first()).toBeVisible();
  });

  await test.step('Ana commits: each owner is asked, nobody is committed', async () => {
    await ana.page.getByRole('link', { name: 'Commit…' }).click();
    await expect(ana.page.getByRole('heading', { name: 'What will be tracked' })).toBeVisible();
    // A check-in that is open on whatever day the test runs: due the day after tomorrow.
    const due = new Date(Date.now() + 2 * 86_400_000).getDay();
    await ana.page.getByLabel('Due on').selectOption({ index: (due + 6) % 7 });
    await ana.page.getByRole('button', { name: 'Commit', exact: true }).click();
    await ana.page.waitForURL(/\/board\/[^/]+(\?|$)/);
    await expect(ana.page.getByTestId('accept-strip')).toContainText('0 of 3 accepted');
    await expect(ben.page.getByTestId('accept-strip')).toContainText('0 of 3 accepted');
  });

  await test.step('each accepts in person, and both boards say so', async () => {
    await ana.page.getByRole('button', { name: 'I promise this' }).click();
    await expect(ben.page.getByTestId('accept-strip')).toContainText('1 of 3 accepted');
    await ben.page.getByRole('button', { name: 'Your 2 promises' }).click();
    for (const left of [2, 1]) {
      await expect(
        ben.page.getByRole('heading', { name: left === 2 ? 'Your 2 promises' : 'Your promise' }),
      ).toBeVisible();
      await ben.page.getByRole('button', { name: 'I promise this' }).click();
    }
    await expect(ana.page.getByTestId('accept-strip')).toHaveCount(0);
  });

  await test.step('Ben checks in; the card on Ana’s open board tells it', async () => {
    const desk = await ben.context.newPage();
    await desk.goto(`${server.url}/home`);
    await desk
      .getByRole('row', { name: 'Idempotent payout queue' })
      .getByRole('link', { name: 'Check in' })
      .click();
    await desk.getByRole('radio', { name: 'At risk' }).check();
    await desk.getByRole('radio', { name: '50 %' }).check();
    await desk.getByRole('button', { name: 'Check in' }).click();
    await desk.waitForURL(/\/(home|commitments)/);
    await expect(card(ana.page, 'Idempotent payout queue')).toContainText('At risk');
    await desk.close();
  });

  await test.step('a killed server loses nothing that was shown as saved', async () => {
    await addCard(ana.page, 'Payments', 'Refunds under one hour', 260);
    await saved(ana.page);
    await server.kill9();
    server = await startServer({ dataDir: server.dataDir, port: server.port });
    await saved(ben.page);
    await expect(card(ben.page, 'Refunds under one hour')).toBeVisible();
    await ben.page.reload();
    await expect(card(ben.page, 'Refunds under one hour')).toBeVisible();
  });

  await test.step('they go back to planning day and return to now', async () => {
    await ana.page.getByRole('button', { name: 'Snapshots' }).click();
    await ana.page.getByRole('link', { name: 'Planning day' }).click();
    await ana.page.waitForURL(/\/at\//);
    await expect(card(ana.page, 'Idempotent payout queue')).toContainText('At risk');
    await expect(card(ana.page, 'Refunds under one hour')).toHaveCount(0);
    await expect(ana.page.getByText('Refunds under one hour')).toBeVisible();
    await ana.page.getByRole('link', { name: 'Return to now' }).click();
    await expect(card(ana.page, 'Refunds under one hour')).toBeVisible();
  });

  expect(ana.strangers.concat(ben.strangers)).toEqual([]);
  expect(ana.faults.concat(ben.faults)).toEqual([]);
  expect(board).not.toBe('');
});
