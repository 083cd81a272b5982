import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { card, saved } from './board-world.ts';
import { openPagesWorld, type PagesWorld } from './pages-world.ts';
import { inDays } from './soon.ts';

let world: PagesWorld;
let page: Page;
let refunds: string;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  world = await openPagesWorld(browser);
  page = await world.ana.newPage();
  refunds = await world.commitment('refunds');
  await world.api('POST', `/commitments/${refunds}/accept`, { confidence: 70 });
});
test.afterAll(() => world.close());

const heading = () => page.getByRole('heading', { level: 1 });
const needsYou = () => page.getByRole('region', { name: /^Needs you/ });

test('[PG60] a decision is opened beside a promise, holds it up, and is taken on its page', async () => {
  await page.goto(`${world.url}/commitments/${refunds}`);
  await page.getByRole('link', { name: 'New decision' }).click();
  await page.getByLabel('Question').fill('Which bank do we ask?');
  await page.getByLabel('Needed by').fill(inDays(-3));
  await page.getByText('More, if it helps').click();
  await page.getByLabel('Options').fill('North | fast | dear | 2 %\nSouth | cheap | slow | 1 %');
  await page.getByLabel('What it sets').fill('bank = north');
  await page.getByRole('button', { name: 'New decision' }).click();
  await expect(heading()).toHaveText('Which bank do we ask?');
  await expect(page.getByText('For: cheap')).toBeVisible();
  await page.goto(`${world.url}/commitments`);
  await expect(page.getByText('Waiting on decision: Which bank do we ask?')).toBeVisible();
  await page.goto(`${world.url}/home`);
  await needsYou().getByRole('link', { name: 'Which bank do we ask?' }).click();
  await page.getByLabel('What is decided').fill('North');
  await page.getByRole('button', { name: 'Decide', exact: true }).click();
  await expect(page.getByText('Decided: North.')).toBeVisible();
  await page.goto(`${world.url}/commitments`);
  await expect(page.getByText('Waiting on decision')).toHaveCount(0);
});

test('[PG60] a second decision that says otherwise is shown as a conflict by both, until one is reversed', async () => {
  const sets = [{ objectId: refunds, field: 'bank', value: 'south' }];
  const other = { question: 'And for refunds?', chosen: 'South', affects: [refunds], sets };
  const { id } = await world.api('POST', '/decisions', other);
  await page.goto(`${world.url}/decisions`);
  await expect(page.getByText('in conflict')).toHaveCount(2);
  await page.goto(`${world.url}/home`);
  await expect(needsYou().getByText('reverse one of them')).toHaveCount(2);
  await page.goto(`${world.url}/decisions/${id}`);
  await expect(page.getByText('says otherwise about the same thing')).toBeVisible();
  await page.locator('summary', { hasText: 'Reverse it' }).click();
  await page.getByLabel('Why').last().fill('One bank is enough.');
  await page.getByRole('button', { name: 'Reverse', exact: true }).click();
  await expect(page.getByText('Reversed.').first()).toBeVisible();
  await page.goto(`${world.url}/decisions`);
  await expect(page.getByText('in conflict')).toHaveCount(0);
});

test('[PG61] a fault stays beside its field and nothing typed is lost', async () => {
  await page.goto(`${world.url}/interrupts/new?team=`);
  await page.getByLabel('The urgent work').fill('Settlement job down');
  await page.getByLabel('What that costs (days)').fill('3');
  await page.getByRole('button', { name: 'Report urgent work' }).click();
  await expect(page.getByLabel('Which promise it displaces')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('The urgent work')).toHaveValue('Settlement job down');
  await page.getByLabel('Which promise it displaces').selectOption({ label: 'Refunds under one hour' });
  await page.getByRole('button', { name: 'Report urgent work' }).click();
  await expect(heading()).toHaveText('Settlement job down');
});

test('[PG62] triage is ranked by dragging and by keyboard, without JavaScript too, and placed', async ({
  browser,
}) => {
  for (const title of ['First', 'Second', 'Third']) await world.api('POST', '/triage', { title });
  const plain = await browser.newContext({ javaScriptEnabled: false });
  await plain.addCookies(await world.ana.cookies());
  const still = await plain.newPage();
  await still.goto(`${world.url}/triage`);
  await still.getByRole('button', { name: 'Move “Second” up' }).press('Enter');
  await expect(still.locator('ol.box li a')).toHaveText(['Second', 'First', 'Third']);
  await plain.close();
  await page.goto(`${world.url}/triage`);
  const items = page.locator('ol.box li');
  await items.filter({ hasText: 'Third' }).dragTo(items.filter({ hasText: 'Second' }));
  await expect(items.locator('a')).toHaveText(['Third', 'Second', 'First']);
  await page.getByRole('button', { name: 'Move “Third” down' }).press('Enter');
  await expect(items.locator('a')).toHaveText(['Second', 'Third', 'First']);
  await page.getByRole('link', { name: 'Second' }).click();
  await page.getByRole('radio', { name: 'Now' }).check();
  await page.getByRole('button', { name: 'Place it' }).click();
  await expect(page.getByText('Placed.').first()).toBeVisible();
  await page.locator('summary', { hasText: 'Agree who acts' }).click();
  await page.getByRole('combobox', { name: 'Who acts' }).selectOption({ label: 'Rui Mora' });
  await page.getByLabel('By when').fill(inDays(5));
  await page.getByRole('button', { name: 'Agree', exact: true }).click();
  await expect(page.getByText(/Rui Mora acts by/)).toBeVisible();
});

test('[PG62] an issue is raised from the check-in it came up in', async () => {
  await page.goto(`${world.url}/commitments/${refunds}/check-in`);
  await page.getByRole('link', { name: 'Raise an issue' }).click();
  await page.getByLabel('What it is about').fill('The sandbox is down');
  await page.getByRole('button', { name: 'Raise an issue' }).click();
  await expect(heading()).toHaveText('The sandbox is down');
  await page.goto(`${world.url}/commitments/${refunds}`);
  await expect(page.getByRole('link', { name: 'The sandbox is down' })).toBeVisible();
});

test('[PG62] an issue is raised from the card it is about', async () => {
  await page.goto(`${world.url}/board/${world.boardId}?view=canvas`);
  await saved(page);
  // Another promise of hers is still open, and asks first.
  await page.getByRole('dialog', { name: 'Your promise' }).press('Escape');
  await card(page, 'Refunds under one hour').click();
  const about = page.getByRole('complementary', { name: 'Objective' });
  await about.getByRole('link', { name: 'Raise an issue about this' }).click();
  await expect(page.getByText('About “Refunds under one hour”.')).toBeVisible();
  await page.getByLabel('What it is about').fill('Two banks answer late');
  await page.getByRole('button', { name: 'Raise an issue' }).click();
  await expect(heading()).toHaveText('Two banks answer late');
  // [TG14] The way back to the card, and from the card to what was raised from it.
  await page.getByRole('link', { name: /^a card of “/ }).click();
  await page.waitForURL(/\/board\/.*card=refunds/);
  await saved(page);
  await page.getByRole('dialog', { name: 'Your promise' }).press('Escape');
  await card(page, 'Refunds under one hour').click();
  await about.getByRole('link', { name: 'Two banks answer late' }).click();
  await page.waitForURL(/\/triage\//);
  await expect(heading()).toHaveText('Two banks answer late');
  await page.goto(`${world.url}/commitments/${refunds}`);
  await expect(page.getByRole('link', { name: 'Two banks answer late' })).toBeVisible();
});

test('[PG63][PG51] the board has a register of its own, to read and to add to, and the inbox', async () => {
  await page.goto(`${world.url}/board/${world.boardId}?view=outline`);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Register' }).waitFor();
  if (await dialog.isVisible()) await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Register' }).click();
  const panel = page.getByRole('complementary', { name: 'Register of this board' });
  await panel.getByLabel('Add', { exact: true }).selectOption('risk');
  await panel.getByLabel('What may happen').fill('The bank is late');
  await panel.getByRole('button', { name: 'Add' }).click();
  await expect(panel.getByRole('link', { name: 'The bank is late' })).toBeVisible();
  await panel.getByRole('button', { name: 'Close' }).click();
  await page
    .getByRole('banner')
    .getByRole('link', { name: /^Inbox, \d+ unread$/ })
    .click();
  await expect(heading()).toHaveText('Inbox');
});

test('[PG64] a risk is owned, planned against, and happens: then it is an issue', async () => {
  await page.goto(`${world.url}/risks`);
  await page.getByRole('link', { name: 'The bank is late' }).click();
  await page.getByRole('button', { name: 'Own it' }).click();
  await expect(page.getByText('Owned.').first()).toBeVisible();
  await page.locator('summary', { hasText: 'Plan against it' }).click();
  await page.getByLabel('What is done about it').fill('Ask two banks.');
  await page.getByRole('button', { name: 'Record the plan' }).click();
  await expect(page.getByText('Ask two banks.').first()).toBeVisible();
  await page.locator('summary', { hasText: 'It happened' }).click();
  await page.getByLabel('What happened').fill('No answer for two weeks.');
  await page.getByRole('button', { name: 'It happened', exact: true }).click();
  await page.getByRole('link', { name: 'The bank is late' }).click();
  await expect(page).toHaveURL(/\/triage\//);
});

test('[PG65] a failed assumption asks the owner of each promise that rests on it, first of all on the own page', async () => {
  const statement = 'The licence comes in time';
  const basis = { statement, loadBearing: 3, vulnerability: 3, affects: [refunds] };
  const { id } = await world.api('POST', '/assumptions', basis);
  await page.goto(`${world.url}/assumptions/${id}`);
  await page.locator('summary', { hasText: 'Say that it failed' }).click();
  await page.getByLabel('What happened').fill('Not before April.');
  await page.getByRole('button', { name: 'It failed', exact: true }).click();
  await expect(page.getByText('It failed: the owners')).toBeVisible();
  await page.goto(`${world.url}/home`);
  await expect(needsYou().getByText(/answer by/)).toBeVisible();
  await needsYou()
    .getByRole('link', { name: `Refunds under one hour: ${statement} failed` })
    .click();
  await page.getByLabel('Why it can go on').fill('We sell where we have one.');
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect(page.getByText('It goes on, with your reason beside it.').first()).toBeVisible();
  await page.goto(`${world.url}/home`);
  await expect(page.getByText(`${statement} failed`)).toHaveCount(0);
});

test('[PG66] registers and asks are looked back to on their pages, and nothing can be done to the past', async () => {
  for (const path of ['/decisions', '/triage', '/dependencies?view=all']) {
    await page.goto(`${world.url}${path}`);
    await page.getByLabel('As it was on').fill(inDays(-1));
    await page.getByRole('button', { name: 'Look back' }).click();
    await expect(page.getByText('nothing can be done to the past')).toBeVisible();
    await expect(page.locator('table.list tbody tr, ol.box li')).toHaveCount(0);
    await expect(page.getByRole('link', { name: /New decision|Raise an issue/ })).toHaveCount(0);
    await page.getByRole('link', { name: 'Back to now' }).click();
    await expect(page.locator('table.list tbody tr, ol.box li').first()).toBeVisible();
  }
});

test('[PG50] one of many people is found by typing, by keyboard alone, and without JavaScript in a list', async ({
  browser,
}) => {
  for (const name of ['Ada', 'Bo', 'Chen', 'Dita', 'Eli', 'Fay', 'Zoë']) {
    await world.api('POST', '/people', { name: `${name} Novák` });
  }
  await page.goto(`${world.url}/decisions/new`);
  await page.getByLabel('Question').fill('Who?');
  const who = page.getByRole('combobox', { name: 'Who decides' });
  await expect(who).toHaveValue('Ana Kovač');
  await who.focus();
  await page.keyboard.type('novak');
  const options = page.getByRole('listbox', { name: 'Choices' }).getByRole('option');
  await expect(options).toHaveCount(7);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { name: 'Bo Novák' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(who).toHaveValue('Ana Kovač');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('zoe');
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(who).toHaveValue(/^Zoë Novák/);
  await page.getByRole('button', { name: 'New decision' }).click();
  await expect(page.getByText('Zoë Novák').first()).toBeVisible();

  const plain = await browser.newContext({ javaScriptEnabled: false });
  await plain.addCookies(await world.ana.cookies());
  const still = await plain.newPage();
  await still.goto(`${world.url}/decisions/new`);
  await still.getByLabel('Question').fill('And who here?');
  await still.getByLabel('Who decides').selectOption({ label: 'Bo Novák (not joined)' });
  await still.getByRole('button', { name: 'New decision' }).click();
  await expect(still.getByText('Bo Novák').first()).toBeVisible();
  await plain.close();
});

test('[PG24] pages of the registers pass axe, light and dark, wide and on a phone, and never scroll sideways', async () => {
  test.setTimeout(180_000);
  const first = async (path: string): Promise<string> => {
    const [item] = (await world.api('GET', path)).items;
    return `${path}/${item?.id ?? 'none'}`;
  };
  const paths = [
    ...[
      '/home',
      '/decisions',
      '/assumptions',
      '/risks',
      '/triage',
      '/interrupts',
      '/learnings',
      '/not-doing',
    ],
    ...['/decisions/new', '/risks/new', `/decisions?at=${inDays(-1)}`, `/dependencies?at=${inDays(-1)}`],
    await first('/decisions'),
    await first('/assumptions'),
    await first('/triage'),
    await first('/teams'),
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
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) faults.push(`${path} ${id}: ${String(nodes[0]?.target)}`);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wider > 0) faults.push(`${path} is ${wider} px wider than ${width}`);
    }
  }
  await page.getByText('More', { exact: true }).click();
  await expect(page.getByRole('link', { name: 'Rhythm' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: 'Rhythm' })).toBeHidden();
  expect(faults).toEqual([]);
});
