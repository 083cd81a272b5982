import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { callApi } from './call-api.ts';
import { startProvider, type TestProvider } from '../support/identity-provider.ts';
import { startServer, type TestServer } from '../support/server.ts';

let idp: TestProvider;
let server: TestServer;
let token = '';
const password = 'a walk along the quiet river';

test.beforeAll(async () => {
  idp = await startProvider();
  const { issuer, clientId, clientSecret } = idp.settings;
  const env = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret };
  server = await startServer({ readyWithinMs: 120_000, env });
  const made = await api('/setup', {
    ...{ organisation: 'Northwind', name: 'Ana Kovač', email: 'ana@example.org', password, timezone: 'UTC' },
    teams: ['Payments'],
  });
  token = made.token;
});

test.afterAll(async () => {
  await server.dispose();
  await idp.close();
});

const api = (path: string, body: unknown) =>
  callApi<{ token: string }>(server.url, token, 'POST', path, body);

const withProvider = (page: Page, verb: 'Sign in' | 'Join' | 'Link') =>
  page.getByRole('link', { name: `${verb} with ${new URL(idp.issuer).host}` });

test('[AU28][AU30][AU31] an account is linked under Settings, signed in to at the provider, and unlinked', async ({
  page,
}) => {
  idp.who = { sub: 'ana-1', name: 'Ana', email: 'ana@corp.example', email_verified: true };
  await page.goto(`${server.url}/sign-in`);
  await withProvider(page, 'Sign in').click();
  await expect(page.getByRole('heading', { name: 'That did not work' })).toBeVisible();
  await expect(page.getByText('No account here is linked with ana@corp.example')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('link', { name: 'Back to signing in' }).click();

  await page.getByLabel('E-mail').fill('ana@example.org');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/home');
  await page.goto(`${server.url}/settings/account`);
  await withProvider(page, 'Link').click();
  const row = page.getByRole('row', { name: 'ana@corp.example' });
  await expect(row).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await page.waitForURL('**/sign-in'); // else the answer of signing out cuts the next page off
  await page.goto(`${server.url}/sign-in?next=%2Fcommitments`);
  await withProvider(page, 'Sign in').click();
  await page.waitForURL('**/commitments');
  await page.goto(`${server.url}/settings/account`);
  await row.getByRole('button', { name: 'End the link' }).click();
  await expect(row).toHaveCount(0);
  await expect(withProvider(page, 'Link')).toBeVisible();
});

test('[AU32] who is invited joins at the provider, without a password', async ({ page }) => {
  idp.who = { sub: 'bea-1', name: 'Bea Ito', email: 'bea@corp.example', email_verified: true };
  const invite = await api('/invites', { role: 'member' });
  await page.goto(`${server.url}/invite/${invite.token}`);
  await withProvider(page, 'Join').click();
  await page.waitForURL('**/home');
  await page.goto(`${server.url}/settings/account`);
  await expect(page.getByRole('heading', { name: 'Bea Ito' })).toBeVisible();
  await expect(page.getByRole('row', { name: 'bea@corp.example' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Password' })).toHaveCount(0);
});

test('[AU30] linking is not begun from another site', async ({ page }) => {
  idp.who = { sub: 'eve-1', name: 'Eve', email: 'eve@corp.example' };
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel('E-mail').fill('ana@example.org');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/home');
  // As from the address bar or a mail: no page of this server led here.
  await page.goto(`${server.url}/sign-in/provider?for=link`);
  await expect(page.getByText('this link was opened elsewhere')).toBeVisible();
  await page.goto(`${server.url}/settings/account`);
  await expect(page.getByText('eve@corp.example')).toHaveCount(0);
});
