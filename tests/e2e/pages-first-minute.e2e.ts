import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { startServer, type TestServer } from '../support/server.ts';
import { fillIn } from './pages-world.ts';

test.describe.configure({ mode: 'serial' });
let server: TestServer;

test.beforeAll(async () => {
  test.setTimeout(150_000);
  server = await startServer({ readyWithinMs: 120_000 });
});

test.afterAll(async () => {
  await server.dispose();
});

test('[PG25] the first page offers two ways and says what the store promises', async ({ page }) => {
  await page.goto(server.url);
  await expect(page.getByRole('link', { name: 'Set up your organisation' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Look around the example' })).toBeVisible();
  await expect(page.getByText(/database/i)).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test('[PG25] a stranger’s page before set-up leads to the first page', async ({ page }) => {
  await page.goto(`${server.url}/sign-in`);
  await expect(page).toHaveURL(`${server.url}/`);
});

test('[PG26][PG29] the example says which day it is, shows another’s week, moves its clock and goes in one act', async ({
  page,
}) => {
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Look around the example' }).click();
  await page.waitForURL('**/board/**', { timeout: 30_000 });
  await page.goto(`${server.url}/home`);
  await expect(page.getByText(/Example: it is .*27.*2025 here/)).toBeVisible();
  await expect(page.getByText('You are a visitor here')).toBeVisible();
  await page.locator('main').getByRole('button').first().click();
  await expect(page.getByRole('heading', { name: /commitments/i }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText(/Example: it is .*2025 here/)).toContainText('August');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('link', { name: 'Remove example' })).toBeHidden();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('link', { name: 'Remove example' }).click();
  await expect(page.getByText(/one board, 40 commitments, 154 dependencies/)).toBeVisible();
  await page.getByRole('button', { name: 'Remove the example' }).click();
  await expect(page).toHaveURL(`${server.url}/`);
});

test('[PG27] set-up without JavaScript: one form, pasted teams, straight onto a board', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.url}/setup`);
  await fillIn(page, {
    Organisation: 'Northwind',
    'Your name': 'Ana Kovač',
    'E-mail': 'ana',
    Password: 'short',
  });
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByText('Give an e-mail address')).toBeVisible();
  await expect(page.getByLabel('Organisation')).toHaveValue('Northwind');
  await expect(page.getByLabel('Password')).toHaveValue('');
  await fillIn(page, { 'E-mail': 'ana@example.org', Password: 'a sentence that is easy to keep' });
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page).toHaveURL(`${server.url}/setup/teams`);
  await page.getByLabel('Teams').fill('- Payments\n- Platform\n- payments');
  await page.getByRole('button', { name: 'To the board' }).click();
  await expect(page).toHaveURL(/\/board\//);
  await page.goto(`${server.url}/teams`);
  await expect(page.getByRole('heading', { name: 'Payments' })).toHaveCount(1);
  await expect(page.getByRole('heading', { name: 'Platform' })).toHaveCount(1);
  await context.close();
});
