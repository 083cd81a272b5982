import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fillIn, openPagesWorld, type PagesWorld } from './pages-world.ts';
import { inDays } from './soon.ts';

test.describe.configure({ mode: 'serial' });
let world: PagesWorld;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  world = await openPagesWorld(browser);
});

test.afterAll(async () => {
  await world.close();
});

/** Everything a page says against the rules of WCAG 2.2 A and AA, with all that folds opened. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) {
      details.removeAttribute('name');
      details.open = true;
    }
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    (it) => `${page.url()} ${it.id}: ${it.nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
}

test('[PG18] a stranger is sent to sign in and then to the page asked for', async ({ page }) => {
  await page.goto(`${world.url}/commitments?state=on`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await fillIn(page, { 'E-mail': 'ana@example.org', Password: 'not this one' });
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue('ana@example.org');
  await fillIn(page, { Password: 'a sentence that is easy to keep' });
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(`${world.url}/commitments?state=on`);
});

test('[PG19] an owner accepts in person and finds the check-in in the week', async () => {
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/home`);
  await expect(page.getByText('Two promises to accept')).toBeVisible();
  for (const title of ['Card payments in 4 new markets', 'Refunds under one hour']) {
    await page.goto(`${world.url}/home`);
    await page.getByRole('row', { name: title }).getByRole('link', { name: 'Answer' }).click();
    // The light depth asks for nothing beside the yes.
    await expect(page.getByRole('radio', { name: '70 %' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Accept' }).click();
    await expect(page.getByText('It is yours now').first()).toBeVisible();
  }
  await page.goto(`${world.url}/home`);
  await expect(page.getByRole('heading', { name: 'Check-ins due' })).toBeVisible();
  await page.close();
});

test('[PG19] nobody is offered another’s yes', async () => {
  const page = await world.rui.newPage();
  await page.goto(`${world.url}/commitments/${await world.commitment('markets')}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Card payments in 4 new markets');
  await expect(page.getByRole('button', { name: 'Accept' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Check in' })).toHaveCount(0);
  await page.close();
});

test('[PG20] a check-in by keyboard alone takes less than twenty seconds', async () => {
  const page = await world.ana.newPage();
  const id = await world.commitment('markets');
  await page.goto(`${world.url}/commitments/${id}/check-in?from=home`);
  await expect(page.getByLabel('Markets live')).toBeFocused();
  const began = performance.now();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('1');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('The first market is live.');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page).toHaveURL(/\/home\?checked-in=/);
  expect(performance.now() - began).toBeLessThan(20_000);
  await page.goto(`${world.url}/commitments/${id}`);
  await expect(page.getByText('The first market is live.').first()).toBeVisible();
  await expect(page.getByText('70 % sure', { exact: true })).toBeVisible();
  await expect(page.getByText('On track').first()).toBeVisible();
  await page.close();
});

test('[PG20] what would help opens when it is not on track, and nothing typed is lost by a fault', async () => {
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/commitments/${await world.commitment('refunds')}/check-in`);
  await expect(page.getByLabel('Help wanted')).toBeHidden();
  await page.getByRole('radio', { name: 'At risk' }).check();
  await page.getByLabel('Help wanted').fill('Somebody who knows the payout queue');
  await page.getByLabel('Markets live').fill('two');
  await page.getByRole('radio', { name: '30 %' }).check();
  await page.getByRole('button', { name: 'Check in' }).click();
  await expect(page.getByLabel('Markets live')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Markets live')).toBeFocused();
  await expect(page.getByLabel('Markets live')).toHaveValue('two');
  await expect(page.getByLabel('Help wanted')).toHaveValue('Somebody who knows the payout queue');
  await page.getByLabel('Markets live').fill('2');
  await page.getByRole('button', { name: 'Check in' }).click();
  await expect(page.getByText('Somebody who knows the payout queue')).toBeVisible();
  await page.close();
});

test('[PG21] two people shake hands, each offered only their own moves', async () => {
  const asker = await world.ana.newPage();
  const provider = await world.rui.newPage();
  await asker.goto(`${world.url}/dependencies?view=we-asked`);
  await asker.getByRole('link', { name: 'Ledger API' }).click();
  await expect(asker.getByText('Send the ask')).toBeVisible();
  await expect(asker.getByText('Decline', { exact: true })).toHaveCount(0);
  await asker.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(asker.getByText('Asked. The other team')).toBeVisible();

  await provider.goto(`${world.url}/dependencies`);
  await expect(provider.getByText('One ask waits for your answer')).toBeVisible();
  await provider.getByRole('row', { name: 'Ledger API' }).getByRole('link', { name: 'Answer' }).click();
  await provider.locator('summary', { hasText: 'Counter' }).click();
  await provider.getByLabel('By when instead').fill(inDays(50));
  await provider.getByRole('button', { name: 'Send the counter-offer' }).click();
  await expect(provider.getByText('counter-offer').first()).toBeVisible();

  await asker.reload();
  await asker.getByRole('button', { name: 'Take it' }).click();
  await expect(asker.getByText('Agreed, as they offered')).toBeVisible();

  await provider.reload();
  await provider.locator('summary', { hasText: 'Say that it is delivered' }).click();
  await provider.getByLabel('What shows it').fill('Merged and rolled out.');
  await provider.getByRole('button', { name: 'Delivered' }).click();
  await asker.reload();
  await asker.getByRole('button', { name: 'Confirm' }).click();
  await expect(asker.getByText('this need is met').first()).toBeVisible();
  await asker.close();
  await provider.close();
});

test('[PG14] a page of another organisation, or of none, is not there', async () => {
  const page = await world.ana.newPage();
  for (const path of [
    '/commitments/00000000-0000-4000-8000-000000000000',
    '/dependencies/nonsense',
    '/nowhere',
  ]) {
    const answer = await page.goto(`${world.url}${path}`);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not here');
  }
  await page.close();
});

test('[PG22] the chosen theme is in the first byte of the page, without inline script', async () => {
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/settings/account`);
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const html = await (await world.ana.request.get(`${world.url}/home`)).text();
  expect(html.slice(0, 200)).toContain('<html lang="en" data-theme="dark">');
  await page.getByRole('button', { name: 'As the system' }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
  await page.close();
});

test('[PG23] an invite and a token are shown once, and revoked', async () => {
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/settings/members`);
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.getByLabel('Invite link').inputValue();
  await page.getByRole('button', { name: 'Revoke' }).first().click();
  await expect(page.getByText('The link opens nothing any more.').first()).toBeVisible();
  const answer = await page.goto(link);
  expect(answer?.status()).toBe(404);

  await page.goto(`${world.url}/settings/tokens`);
  await page.getByLabel('Name').fill('Reporting script');
  await page.getByRole('button', { name: 'Make the token' }).click();
  const token = await page.getByLabel('The new token').inputValue();
  const ask = async () =>
    (await fetch(`${world.url}/api/v1/teams`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await ask()).toBe(200);
  await page.reload();
  await expect(page.getByLabel('The new token')).toHaveCount(0);
  await page.getByRole('row', { name: 'Reporting script' }).getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('The token opens nothing any more.').first()).toBeVisible();
  expect(await ask()).toBe(401);
  await page.close();
});

test('[PG24] every page passes axe, light and dark, wide and on a phone, and never scrolls sideways', async () => {
  test.setTimeout(420_000);
  const page = await world.ana.newPage();
  const paths = [
    ...['/home', '/boards', '/boards/new', '/commitments', '/dependencies?view=all', '/teams', '/people'],
    ...['/settings', '/settings/members', '/settings/tokens', '/settings/account', '/sign-out', '/nowhere'],
    `/commitments/${await world.commitment('refunds')}`,
    `/commitments/${await world.commitment('refunds')}/check-in`,
  ];
  const faults: string[] = [];
  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    for (const path of paths) {
      await page.goto(`${world.url}${path}`);
      faults.push(...(await faultsOf(page)));
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wider > 0) faults.push(`${path} is ${wider} px wider than ${width}`);
    }
  }
  expect(faults).toEqual([]);
  await page.close();
});
