import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openPagesWorld, type PagesWorld } from './pages-world.ts';

test.describe.configure({ mode: 'serial' });
let world: PagesWorld;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  world = await openPagesWorld(browser);
});
test.afterAll(() => world.close());

const grace = (page: Page) => page.getByLabel('Grace after the due day, then it is missed');
const doubts = (page: Page) => page.getByLabel('Doubts in a row that make an assumption doubtful');
const save = (page: Page) => page.getByRole('button', { name: 'Save' });

test('[TH8] set by an administrator, marked, put back; a wrong number loses nothing', async () => {
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/settings`);
  await page.getByRole('link', { name: 'Thresholds' }).click();
  await expect(grace(page)).toHaveValue('2');
  await expect(page.getByText('Default 2 business days').first()).toBeVisible();
  await grace(page).fill('99');
  await doubts(page).fill('3');
  await save(page).click();
  await expect(grace(page)).toBeFocused();
  await expect(grace(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('p').getByText('Give a whole number from 0 to 20.')).toBeVisible();
  await expect(grace(page)).toHaveValue('99');
  await expect(doubts(page)).toHaveValue('3');
  await grace(page).fill('4');
  await page.keyboard.press('Enter');
  await expect(page.locator('form').getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(grace(page)).toHaveValue('4');
  await expect(page.getByText('changed', { exact: true })).toHaveCount(2);
  await expect(page.getByText('2 differ from their defaults.')).toBeVisible();
  await page.getByRole('button', { name: /^Back to 2 for Grace/ }).click();
  await expect(grace(page)).toBeFocused();
  await expect(grace(page)).toHaveValue('2');
  await doubts(page).fill('');
  await save(page).click();
  await expect(page.getByText('All stand at their defaults.')).toBeVisible();
  await expect(doubts(page)).toHaveValue('2');
  await page.close();
});

test('[TH8] whoever does not administer sees them as they are; without script it saves as well', async ({
  browser,
}) => {
  const theirs = await world.rui.newPage();
  await theirs.goto(`${world.url}/settings/thresholds`);
  await expect(grace(theirs)).toBeDisabled();
  await expect(theirs.getByText('Only an administrator changes these.')).toBeVisible();
  await expect(save(theirs)).toHaveCount(0);
  await theirs.close();
  const plain = await browser.newContext({
    storageState: await world.ana.storageState(),
    ...{ javaScriptEnabled: false, viewport: { width: 390, height: 844 } },
  });
  const page = await plain.newPage();
  await page.goto(`${world.url}/settings/thresholds`);
  await grace(page).fill('1');
  await save(page).click();
  await expect(page.locator('form').getByText('Saved.')).toBeVisible();
  await expect(grace(page)).toHaveValue('1');
  // [PG74] What the page says of the organisation and of oneself was read before the act: the answer shows it as it is now.
  await page.goto(`${world.url}/settings`);
  const name = page.getByLabel('Name', { exact: true });
  const before = await name.inputValue();
  for (const wanted of ['Renamed', before]) {
    await name.fill(wanted);
    await save(page).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await expect(name).toHaveValue(wanted);
  }
  await plain.close();
});

for (const [name, viewport] of [
  ['a phone', { width: 390, height: 844 }],
  ['a desk', { width: 1440, height: 900 }],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`[TH8] on ${name}, ${colorScheme}: nothing runs over the edge, and no barrier`, async ({
      browser,
    }) => {
      const context = await browser.newContext({
        ...{ storageState: await world.ana.storageState(), viewport, colorScheme },
      });
      const page = await context.newPage();
      await page.goto(`${world.url}/settings/thresholds`);
      await expect(grace(page)).toBeVisible();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(viewport.width);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await context.close();
    });
  }
}
