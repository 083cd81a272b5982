import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openPagesWorld, type PagesWorld } from './pages-world.ts';

test.describe.configure({ mode: 'serial' });
let world: PagesWorld;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  world = await openPagesWorld(browser);
});
test.afterAll(() => world.close());

test('[IN16] the history is narrowed by who and what, by keyboard, and leads to the object', async () => {
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/decisions`);
  await page.getByRole('link', { name: 'History', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible();
  const lines = page.getByRole('main').getByRole('listitem');
  await expect(lines.filter({ hasText: 'Refunds under one hour' }).first()).toBeVisible();
  await page.getByLabel('Who').selectOption({ label: 'Ana Kovač' });
  // Long enough to be searched: one types.
  await page.getByLabel('What').fill('Teams');
  await page.getByLabel('What').press('Enter');
  await page.getByRole('button', { name: 'Show', exact: true }).press('Enter');
  await expect(page).toHaveURL(/person=.+kind=team/);
  await expect(lines.filter({ hasText: 'Put Rui Mora in, as lead.' })).toHaveCount(1);
  await expect(lines.filter({ hasText: 'Refunds under one hour' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Show all' }).click();
  await page.getByRole('link', { name: 'Refunds under one hour', exact: true }).first().click();
  await expect(page).toHaveURL(/\/commitments\//);
  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${world.url}/history`);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  }
  await page.close();
});

test('[AC3][AC5] a board is kept to oneself and opened again, from the list of boards', async () => {
  const [ana, rui] = [await world.ana.newPage(), await world.rui.newPage()];
  const save = async (label: string) => {
    await ana.goto(`${world.url}/boards`);
    await ana.getByText(/^Who may look:/).click();
    await ana.getByLabel('Who may look at Quarter planning').selectOption({ label });
    await ana.getByRole('button', { name: 'Save' }).click();
  };
  await save('Only me');
  await expect(ana.getByText('“Quarter planning”: nobody but you may look at it now.')).toBeVisible();
  await rui.goto(`${world.url}/boards`);
  await expect(rui.getByText('No board yet')).toBeVisible();
  expect((await rui.goto(`${world.url}/board/${world.boardId}`))?.status()).toBe(404);
  // His own promise and the ask of his team stay his.
  await rui.goto(`${world.url}/commitments`);
  await expect(rui.getByRole('link', { name: 'Regional ledgers live' }).first()).toBeVisible();
  await expect(rui.getByText('Refunds under one hour')).toHaveCount(0);
  await rui.goto(`${world.url}/dependencies?view=all`);
  await expect(rui.getByText('Ledger API').first()).toBeVisible();
  await save('Everybody');
  await expect(ana.getByText('“Quarter planning”: everybody may look at it now.')).toBeVisible();
  await rui.goto(`${world.url}/boards`);
  await expect(rui.getByRole('link', { name: 'Quarter planning' })).toBeVisible();
  await ana.close();
  await rui.close();
});
