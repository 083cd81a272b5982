import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { callApi } from './call-api.ts';
import { startProvider, type TestProvider } from '../support/identity-provider.ts';
import { startSaml, type SamlProvider } from '../support/saml-provider.ts';
import { startServer, type TestServer } from '../support/server.ts';

let idp: TestProvider;
let saml: SamlProvider;
let server: TestServer;
let token = '';
const password = 'a walk along the quiet river';

test.beforeAll(async () => {
  idp = await startProvider();
  const { issuer, clientId, clientSecret } = idp.settings;
  saml = await startSaml();
  const oidc = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret };
  const env = { ...oidc, ...saml.environment };
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
  await saml.close();
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

test('[SM1][SM8][SM10] beside it SAML is linked, and signed in by, with JavaScript and without', async ({
  page,
  browser,
}) => {
  saml.who = { id: 'ana-7', name: 'Ana', email: 'ana@saml.example' };
  await page.goto(`${server.url}/sign-in`);
  await expect(withProvider(page, 'Sign in')).toBeVisible();
  await page.getByLabel('E-mail').fill('ana@example.org');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/home');
  await page.goto(`${server.url}/settings/account`);
  await page.getByRole('link', { name: 'Link with Acme ID' }).click();
  await page.waitForURL('**/settings/account');
  await expect(page.getByRole('row', { name: 'ana@saml.example' })).toBeVisible();
  await expect(withProvider(page, 'Link')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Link with Acme ID' })).toHaveCount(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.context().clearCookies();
  await page.goto(`${server.url}/sign-in?next=%2Fcommitments`);
  await page.getByRole('link', { name: 'Sign in with Acme ID' }).click();
  await page.waitForURL('**/commitments');

  const plain = await browser.newContext({ javaScriptEnabled: false });
  const other = await plain.newPage();
  await other.goto(`${server.url}/sign-in`);
  await other.getByRole('link', { name: 'Sign in with Acme ID' }).click();
  // The provider's own form, which sends itself only with JavaScript.
  await other.waitForURL('**/sso?*');
  await other.setContent(`${(await other.content()).replace('</form>', '<button>Send</button></form>')}`);
  await other.getByRole('button', { name: 'Send' }).click();
  await other.waitForURL('**/sign-in/saml/back');
  await other.getByRole('button', { name: 'Go on' }).click();
  await other.waitForURL('**/home');
  await plain.close();
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

test('[PK2][PK10][PK16] a passkey is added under Settings, signed in with by button and from the field, and removed', async ({
  page,
}) => {
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel('E-mail').fill('ana@example.org');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/home');
  await plugIn(page);
  await page.goto(`${server.url}/settings/account`);
  const form = page.getByRole('form', { name: 'Add a passkey' });
  await expect(form.getByLabel('Name of the passkey')).toHaveValue(/^Chrome on/);
  await form.getByLabel('Name of the passkey').fill('Ana’s laptop');
  await form.getByLabel('Your password').fill('not this one');
  await form.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(form.getByText('The current password is not right.')).toBeVisible();
  await form.getByLabel('Your password').fill(password);
  await form.getByRole('button', { name: 'Add a passkey' }).click();
  const row = page.getByRole('row', { name: 'Ana’s laptop' });
  await expect(row).toContainText('never');
  await expect(form.getByText('“Ana’s laptop” signs you in from now on.')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // The same device makes no second one.
  await form.getByLabel('Your password').fill(password);
  await form.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(form.getByText('holds a passkey for your account already')).toBeVisible();

  // While the button is tried the field offers nothing: the device would answer that first.
  await page.evaluate(() => sessionStorage.setItem('offers', 'no'));
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await page.waitForURL('**/sign-in');
  await page.goto(`${server.url}/sign-in?next=%2Fcommitments`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL('**/commitments');
  const kept = (await page.context().cookies()).find(({ name }) => name === '__Host-passkey');
  expect(kept).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict' });

  // Nothing pressed: the device answers what the field offers.
  await page.evaluate(() => sessionStorage.removeItem('offers'));
  await page.context().clearCookies();
  await page.goto(`${server.url}/sign-in`);
  await page.waitForURL('**/home');
  await page.goto(`${server.url}/settings/account`);
  await expect(row).not.toContainText('never');
  await row.getByRole('button', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
  await page.goto(`${server.url}/settings/mail`);
  await expect(page.getByText('A passkey was added to your account')).toBeVisible();
  await expect(page.getByText('A passkey was removed from your account')).toBeVisible();

  // Removed here and still on the device: it opens nothing, and that is said.
  await page.context().clearCookies();
  await page.goto(`${server.url}/sign-in`);
  await expect(page.getByText('This passkey opens no account here.')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test('[PK16] without JavaScript, or in a browser that knows none, nothing of passkeys is shown', async ({
  browser,
}) => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const old = await browser.newContext();
  await old.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
  for (const context of [plain, old]) {
    const page = await context.newPage();
    await page.goto(`${server.url}/sign-in`, { waitUntil: 'networkidle' });
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: /passkey/ })).toHaveCount(0);
    await context.close();
  }
});

/** A device of this page's browser that keeps passkeys and verifies its person, in Chromium itself. */
async function plugIn(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await page.addInitScript(() => {
    if (sessionStorage.getItem('offers') === 'no')
      PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
}
