import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { openPagesWorld, signIn, type PagesWorld } from './pages-world.ts';
import { openOnBoard, row, section } from './session-steps.ts';
import { inDays } from './soon.ts';

test.describe.configure({ mode: 'serial' });

let world: PagesWorld;
let phone: BrowserContext;
test.beforeAll(async ({ browser }) => {
  world = await openPagesWorld(browser);
  phone = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await signIn(phone, world.url, 'rui@example.org');
  await drafts();
});
test.afterAll(async () => {
  await phone.close();
  await world.close();
});

/** Two more cards on the board that was committed: one that Rui could promise, one that nobody owns. */
async function drafts(): Promise<void> {
  const [teams, people] = [await world.api('GET', '/teams'), await world.api('GET', '/people')];
  const platform = teams.items.find(({ name }) => name === 'Platform')?.key ?? '';
  const rui = people.items.find(({ name }) => name === 'Rui Mora')?.key ?? '';
  const card = (key: string, title: string, more: object) => ({
    ...{ key, title, why: 'It costs.', team: platform, owner: null, due: inDays(60), status: 'proposed' },
    measures: [{ key: 'rate', title: 'Rate', kind: 'number', unit: '%', baseline: 1, target: 0 }],
    ...more,
  });
  await world.api('POST', `/boards/${world.boardId}/import`, {
    ...{ format: 'throughline-plan/1', title: 'Quarter planning', organisation: { name: 'Northwind' } },
    period: { label: 'Test quarter', start: inDays(-10), end: inDays(80) },
    teams: [{ key: platform, name: 'Platform' }],
    people: [{ key: rui, name: 'Rui Mora' }],
    ...{ priorities: [], risks: [], decisions: [], assumptions: [], updates: [], dependencies: [] },
    objectives: [
      card('fraud', 'Fraud below a tenth of a percent', { owner: rui, status: 'committed' }),
      card('portal', 'A portal for partners', {}),
    ],
  });
}

const open = (page: Page, kind: string, more: { readonly window?: string } = {}): Promise<string> =>
  openOnBoard(page, world, kind, more);
/** By the keyboard alone. */
async function press(page: Page, button: Locator): Promise<void> {
  // The window may show what became of the last press before its answer is there.
  await expect(button).toBeEnabled();
  await button.focus();
  await page.keyboard.press('Enter');
}
async function goTo(leader: Page, other: Page, title: string): Promise<void> {
  await press(leader, leader.getByRole('button', { name: /^Next/ }));
  await expect(section(leader)).toHaveText(title);
  await expect(section(other)).toHaveText(title);
}
const fits = async (page: Page): Promise<void> =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

test('[SN40] a plan is made in its meeting: what drafts lack, a cut, the room, the rhythm, the commit and the yes of who owns it', async () => {
  const ana = await world.ana.newPage();
  const rui = await phone.newPage();
  await rui.goto(await open(ana, 'quarterly-plan'));
  await expect(ana.getByRole('heading', { name: '2 here' })).toBeVisible();
  await press(ana, ana.getByRole('button', { name: 'Start the session' }));
  await goTo(ana, rui, 'Rank the issues');
  await goTo(ana, rui, 'Draft commitments');
  await expect(row(rui, 'A portal for partners')).toContainText(/owner/);
  await expect(row(rui, 'Fraud below a tenth of a percent')).toContainText('nothing is missing');

  await goTo(ana, rui, 'Capacity cut');
  await row(rui, 'A portal for partners').getByText('Put it aside', { exact: true }).first().tap();
  await row(rui, 'A portal for partners').getByLabel('Why it is not being done').fill('Nobody has the time.');
  await row(rui, 'A portal for partners').getByRole('button', { name: 'Put it aside' }).tap();
  await expect(ana.getByRole('link', { name: 'A portal for partners' })).toHaveCount(0);
  await expect(ana.getByText('A portal for partners: Nobody has the time.')).toBeVisible();
  await fits(rui);
  await press(ana, row(ana, 'Platform').getByText('Say what the team can do').first());
  await row(ana, 'Platform').getByLabel('Person-weeks in this period').fill('20');
  await press(ana, row(ana, 'Platform').getByRole('button', { name: 'Keep it' }));
  await expect(row(rui, 'Platform')).toContainText('of 20 person-weeks');

  for (const title of ['Dependency market', 'Assumptions', 'Confidence', 'Book the rhythm']) {
    await goTo(ana, rui, title);
  }
  await press(ana, row(ana, 'Weekly').getByRole('button', { name: 'Book it' }));
  await expect(row(rui, 'Weekly')).toContainText('booked');
  await goTo(ana, rui, 'Commit');
  const found = await new AxeBuilder({ page: ana }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  const why = ana.getByLabel(/^Commit all the same/);
  if ((await why.count()) > 0) await why.fill('The ask is spoken of tomorrow.');
  await press(ana, ana.getByRole('button', { name: 'Commit: ask the owners' }));
  const mine = row(rui, 'Fraud below a tenth of a percent');
  await expect(row(ana, 'Fraud below a tenth of a percent')).toContainText('waiting for Rui Mora');
  await mine.getByLabel('How sure are you that it lands by then?').selectOption({ label: '70 %' });
  await mine.getByRole('button', { name: 'Accept: it is mine' }).tap();
  await expect(row(ana, 'Fraud below a tenth of a percent')).not.toContainText('waiting');
  await expect(ana.getByRole('button', { name: 'Commit: ask the owners' })).toHaveCount(0);
  await fits(rui);
  await press(ana, ana.getByRole('button', { name: 'End the session' }));
  await press(ana, ana.getByRole('button', { name: 'Leave these open and end' }));
  await rui.waitForURL(/\/minutes$/);
  const minutes = rui.getByTestId('minutes');
  for (const line of [
    'A portal for partners: Nobody has the time.',
    'Platform: 20 person-weeks',
    /^Weekly: /,
    /^The plan is committed/,
    'Fraud below a tenth of a percent: accepted',
  ]) {
    await expect(minutes.getByText(line).first()).toBeVisible();
  }
  await fits(rui);
  await Promise.all([ana.close(), rui.close()]);
});

test('[SN48] what is typed stays when the room moves on, until its writer goes on', async () => {
  const ana = await world.ana.newPage();
  const rui = await world.rui.newPage();
  const address = await open(ana, 'weekly');
  await rui.goto(address);
  await expect(ana.getByRole('heading', { name: '2 here' })).toBeVisible();
  await ana.getByRole('button', { name: 'Start the session' }).click();
  for (const title of ['Last week’s promises', 'Check-ins', 'Priorities', 'Waiting on each other']) {
    await goTo(ana, rui, title);
  }
  await goTo(ana, rui, 'Triage: the top three');
  await rui.getByLabel('Issue or opportunity').fill('The build takes');
  await ana.getByRole('button', { name: /^Next/ }).click();
  await expect(section(ana)).toHaveText('This week’s promises');
  await expect(rui.getByText(/^The room is at This week’s promises/)).toBeVisible();
  await expect(section(rui)).toHaveText('Triage: the top three');
  await expect(rui.getByLabel('Issue or opportunity')).toHaveValue('The build takes');
  await rui.getByLabel('Issue or opportunity').fill('The build takes an hour');
  await rui.getByRole('button', { name: 'Raise it' }).click();
  await expect(rui.getByRole('link', { name: 'The build takes an hour' })).toBeVisible();
  await rui.getByRole('link', { name: 'This week’s promises' }).first().click();
  await expect(section(rui)).toHaveText('This week’s promises');

  await ana.getByRole('button', { name: 'End the session' }).click();
  await ana.getByRole('button', { name: 'Leave these open and end' }).click();
  await rui.waitForURL(/\/minutes$/);
  await Promise.all([ana.close(), rui.close()]);
});

test('[SN49] a row says what was pressed before the server has answered, and takes it back when it is refused', async () => {
  const ana = await world.ana.newPage();
  await open(ana, 'weekly');
  await ana.getByRole('button', { name: 'Start the session' }).click();
  await ana.getByRole('link', { name: 'Triage: the top three' }).click();
  await ana.getByLabel('Issue or opportunity').fill('The lift is stuck');
  await ana.getByRole('button', { name: 'Raise it' }).click();
  const issue = row(ana, 'The lift is stuck');
  await expect(issue).toBeVisible();
  const acts = /\/sessions\/[^/?]+\?\/act$/;
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await ana.route(acts, async (route) => {
    await held;
    await route.continue();
  });
  await issue.getByRole('button', { name: 'Now', exact: true }).click();
  await expect(issue.getByText('Now…')).toBeVisible();
  answer();
  await expect(issue.getByText('Now…')).toHaveCount(0);
  await ana.unroute(acts);
  await ana.route(acts, (route) => route.abort());
  await issue.getByRole('button', { name: 'Later', exact: true }).click();
  await expect(issue.getByText('The server did not answer. Nothing was done; press again.')).toBeVisible();
  await expect(issue.getByText('Later…')).toHaveCount(0);
  await ana.unroute(acts);
  await ana.getByRole('button', { name: 'End the session' }).click();
  await ana.getByRole('button', { name: 'Leave these open and end' }).click();
  await ana.waitForURL(/\/minutes$/);
  await ana.close();
});

test('[SN42] a weekly in everybody’s own time: each goes through it alone, and the same comes out of it', async () => {
  const ana = await world.ana.newPage();
  const rui = await phone.newPage();
  const address = await open(ana, 'weekly', { window: '24' });
  await ana.getByRole('button', { name: 'Start the session' }).click();
  await expect(ana.getByTestId('where')).toContainText('open for another 24 h');
  await expect(ana.getByRole('button', { name: /^Next:/ })).toHaveCount(0);
  await rui.goto(address);
  for (const title of [
    ...['Last week’s promises', 'Check-ins', 'Priorities', 'Waiting on each other'],
    ...['Triage: the top three', 'This week’s promises'],
  ]) {
    await rui.getByRole('link', { name: `Next section: ${title}` }).tap();
    await expect(section(rui)).toHaveText(title);
  }
  await rui.getByLabel('I promise').fill('Halve the build');
  await rui.getByRole('button', { name: 'Promise', exact: true }).tap();
  await expect(rui.getByRole('link', { name: 'Halve the build' })).toBeVisible();
  await fits(rui);
  await ana.getByRole('button', { name: 'End the session' }).click();
  await ana.getByRole('button', { name: 'Leave these open and end' }).click();
  await rui.waitForURL(/\/minutes$/);
  await expect(rui.getByText('Open for 24 hours, for everybody in their own time.')).toBeVisible();
  await expect(
    rui
      .getByTestId('minutes')
      .getByText(/Halve the build/)
      .first(),
  ).toBeVisible();
  await expect(
    rui
      .getByTestId('minutes')
      .getByText(/Rui Mora, by /)
      .first(),
  ).toBeVisible();
  await Promise.all([ana.close(), rui.close()]);
});
