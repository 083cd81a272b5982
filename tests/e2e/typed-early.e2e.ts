import { expect, test } from '@playwright/test';
import { startServer, type TestServer } from '../support/server.ts';

// On a slow line the form is there long before its script. What somebody types in between must outlive the script's coming.

test.use({ timezoneId: 'Europe/Vienna' });

let server: TestServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  await server.dispose();
});

test('what is typed before the page has its script is kept when it comes', async ({ page }) => {
  let letScriptsCome = () => {};
  const held = new Promise<void>((resolve) => (letScriptsCome = resolve));
  await page.route(/\/_app\/.*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${server.url}/setup`, { waitUntil: 'commit' });
  await page.getByLabel('Organisation').fill('Northwind');
  await page.getByLabel('E-mail').fill('ana@northwind.example');
  letScriptsCome();
  // The script chooses the browser's own time zone; then it has come.
  await expect(page.locator('[name="timezone"]')).toHaveValue('Europe/Vienna');
  await expect(page.getByLabel('Organisation')).toHaveValue('Northwind');
  await expect(page.getByLabel('E-mail')).toHaveValue('ana@northwind.example');
});
