import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import type { MinutesFile } from '../../src/protocol/views/minutes-file.ts';
import { openPagesWorld, signIn, type PagesWorld } from './pages-world.ts';
import { openOnBoard, row, section } from './session-steps.ts';
import { inDays } from './soon.ts';

test.describe.configure({ mode: 'serial' });

let world: PagesWorld;
let phone: BrowserContext;
test.beforeAll(async ({ browser }) => {
  world = await openPagesWorld(browser);
  phone = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await signIn(phone, world.url, 'ana@example.org');
  await trouble();
});
test.afterAll(async () => {
  await phone.close();
  await world.close();
});

/** An ask that is late, a decision past its day, an assumption that failed: in real rows. */
async function trouble(): Promise<void> {
  const [teams, people] = [await world.api('GET', '/teams'), await world.api('GET', '/people')];
  const of = (items: typeof teams.items, name: string) => {
    const found = items.find((it) => it.name === name);
    if (found === undefined) throw new Error(`There is no ${name}.`);
    return found;
  };
  const [payments, platform] = [of(teams.items, 'Payments'), of(teams.items, 'Platform')];
  const ana = of(people.items, 'Ana Kovač');
  await world.api('POST', `/boards/${world.boardId}/import`, {
    ...{ format: 'throughline-plan/1', title: 'Quarter planning', organisation: { name: 'Northwind' } },
    period: { label: 'Test quarter', start: inDays(-10), end: inDays(80) },
    teams: [payments, platform].map(({ key, name }) => ({ key, name })),
    people: [{ key: ana.key, name: ana.name }],
    ...{ priorities: [], risks: [], decisions: [], assumptions: [], updates: [] },
    objectives: [
      {
        ...{ key: 'fraud', title: 'Fraud below a tenth of a percent', why: 'It costs.', team: payments.key },
        ...{ owner: ana.key, status: 'committed', due: inDays(60) },
        measures: [{ key: 'rate', title: 'Rate', kind: 'number', unit: '%', baseline: 1, target: 0 }],
      },
    ],
    dependencies: [
      {
        ...{ key: 'fraud-rules', objective: 'fraud', on: { team: platform.key, objective: null } },
        ...{ what: 'Fraud rules', neededBy: inDays(-2), state: 'accepted' },
      },
    ],
  });
  const markets = await world.commitment('markets');
  await world.api('POST', `/commitments/${markets}/accept`, { confidence: 70 });
  const place = { team: payments.id, board: world.boardId };
  await world.api('POST', '/decisions', {
    ...{ question: 'Which ledger vendor?', decider: ana.id, neededBy: inDays(-2), ...place },
  });
  const licences = await world.api('POST', '/assumptions', {
    ...{ statement: 'Licences arrive by May', affects: [markets], ...place },
  });
  await world.api('POST', `/assumptions/${licences.id}/invalidate`, { reason: 'The regulator said no.' });
}

const open = (page: Page, kind: string): Promise<string> => openOnBoard(page, world, kind);

const where = (page: Page) => page.getByTestId('where');
const sections = (page: Page) => page.getByRole('list', { name: 'Sections' }).getByRole('link');

async function goTo(leader: Page, other: Page, title: string): Promise<void> {
  await leader.getByRole('button', { name: /^Next/ }).click();
  await expect(section(leader)).toHaveText(title);
  await expect(section(other)).toHaveText(title);
}

test('[SN32] the agenda is changed from the keyboard and on a phone, and everybody sees it', async () => {
  const ana = await world.ana.newPage();
  const rui = await world.rui.newPage();
  const address = await open(ana, 'weekly');
  await rui.goto(address);
  await expect(rui.getByRole('button', { name: 'Change', exact: true })).toHaveCount(0);

  await ana.getByRole('button', { name: 'Change', exact: true }).focus();
  await ana.keyboard.press('Enter');
  const up = ana.getByRole('button', { name: 'Triage: the top three: up' });
  await up.focus();
  for (const place of [5, 4]) {
    await ana.keyboard.press('Enter');
    await expect(sections(rui).nth(place - 1)).toContainText('Triage: the top three');
    await expect(up).toBeFocused();
  }
  await ana.getByLabel('Minutes for Recap').fill('6');
  await ana.keyboard.press('Tab');
  await expect(sections(rui).last()).toContainText('6 min');
  await ana.getByRole('button', { name: 'Take out Last week’s promises' }).focus();
  await ana.keyboard.press('Enter');
  await expect(sections(rui)).toHaveCount(7);
  const found = await new AxeBuilder({ page: ana }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await ana.getByRole('button', { name: 'Start the session' }).click();
  await expect(where(rui)).toContainText('1 of 7');

  const small = await phone.newPage();
  await small.goto(address);
  await small.getByRole('button', { name: 'Change', exact: true }).tap();
  await small.getByLabel('New section').fill('Incident of Tuesday');
  await small.getByLabel('Minutes', { exact: true }).fill('8');
  await small.getByLabel('What it lists').selectOption({ label: 'Issues and opportunities' });
  await small.getByRole('button', { name: 'Put it in' }).tap();
  await expect(sections(rui).nth(1)).toContainText('Incident of Tuesday');
  await expect(where(rui)).toContainText('1 of 8');
  // The room is in the first one: it stays, and only what nobody was in goes.
  await expect(small.getByRole('button', { name: 'Take out Needs you, and wins' })).toHaveCount(0);
  expect(await small.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await goTo(ana, rui, 'Incident of Tuesday');
  await expect(rui.getByLabel('Issue or opportunity')).toBeVisible();
  await ana.getByRole('button', { name: 'End the session' }).click();
  await ana.getByRole('button', { name: 'Leave these open and end' }).click();
  await ana.waitForURL(/\/minutes$/);
  await Promise.all([ana.close(), rui.close(), small.close()]);
});

test('[SN36][SN33][SN38][SN76][SN77][SN78][TT8] two people hold a weekly over what really waits, and its minutes go out on paper', async () => {
  const ana = await world.ana.newPage();
  const rui = await world.rui.newPage();
  // Between the two meetings something happens.
  await world.api('POST', `/commitments/${await world.commitment('refunds')}/accept`, { confidence: 50 });
  const address = await open(ana, 'weekly');
  await rui.goto(address);
  await expect(ana.getByRole('heading', { name: '2 here' })).toBeVisible();
  await ana.getByRole('button', { name: 'Start the session' }).click();
  for (const page of [ana, rui]) {
    await expect(page.getByTestId('changed')).toContainText('Refunds under one hour: accepted');
  }
  await goTo(ana, rui, 'Last week’s promises');
  await goTo(ana, rui, 'Check-ins');
  const waits = row(rui, 'Card payments in 4 new markets');
  await expect(waits).toContainText('waiting for Ana Kovač');
  await expect(waits.getByRole('button', { name: 'Check in' })).toHaveCount(0);
  const mine = row(ana, 'Card payments in 4 new markets');
  await mine.getByLabel('Where does it stand?').selectOption({ label: '▲ At risk' });
  await mine.getByLabel('How sure?').selectOption({ label: '50 %' });
  await mine.getByRole('button', { name: 'Check in' }).click();
  await expect(waits).toHaveCount(0);

  await goTo(ana, rui, 'Priorities');
  await goTo(ana, rui, 'Waiting on each other');
  const late = row(rui, 'Fraud rules');
  await expect(late).toContainText('late');
  await late.getByText('Say that it is delivered').click();
  await late.getByLabel('What shows it').fill('They are live since noon.');
  await late.getByRole('button', { name: 'Delivered', exact: true }).click();
  const here = row(ana, 'Fraud rules');
  await here.getByRole('button', { name: 'Confirm that you have it' }).click();
  await expect(here).toHaveCount(0);

  await goTo(ana, rui, 'Triage: the top three');
  await rui.getByLabel('Issue or opportunity').fill('The build takes an hour');
  await rui.getByRole('button', { name: 'Raise it' }).click();
  const issue = row(rui, 'The build takes an hour');
  await issue.getByRole('button', { name: 'Now', exact: true }).click();
  await issue.getByText('Agree who acts', { exact: true }).click();
  await issue.getByRole('combobox', { name: 'Who acts' }).selectOption({ label: 'Rui Mora' });
  await issue.getByLabel('By when').fill(inDays(5));
  await issue.getByLabel('What is done').fill('Split it in two');
  await issue.getByRole('button', { name: 'Agree', exact: true }).click();
  await expect(row(ana, 'The build takes an hour')).toContainText('Rui Mora');
  const decision = row(ana, 'Which ledger vendor?');
  await decision.getByText('Decide', { exact: true }).first().click();
  await decision.getByLabel('What is decided').fill('The second one');
  await decision.getByRole('button', { name: 'Decide', exact: true }).click();
  // What is typed and not taken yet would keep the section here.
  await expect(decision.getByText('Reaffirm it', { exact: true })).toBeVisible();
  const basis = row(ana, 'Card payments in 4 new markets');
  await expect(basis).toContainText('rests on “Licences arrive by May”, which failed');

  await goTo(ana, rui, 'This week’s promises');
  await rui.getByLabel('I promise').fill('Halve the build');
  await rui.getByRole('button', { name: 'Promise', exact: true }).click();
  await expect(ana.getByRole('link', { name: 'Halve the build' })).toBeVisible();
  await goTo(ana, rui, 'Recap');
  await rui.getByRole('button', { name: '9 of 10' }).click();
  await expect(ana.getByText('1 have rated.')).toBeVisible();
  // Said before anybody presses: what the meeting would end without.
  await ana.getByText('One thing is still missing').click();
  await expect(ana.getByText('Recap: the message to others')).toBeVisible();
  await ana.getByRole('button', { name: 'End the session' }).click();
  await expect(ana.getByRole('alert').filter({ hasText: 'missing' })).toContainText(
    'Card payments in 4 new markets: “Licences arrive by May” failed; go on, change it or drop it?',
  );
  await expect(ana.getByRole('alert').filter({ hasText: 'missing' })).not.toContainText(
    'Card payments in 4 new markets: where does it stand?',
  );
  await ana.getByRole('button', { name: 'Leave these open and end' }).click();

  await rui.waitForURL(/\/minutes$/);
  await ana.waitForURL(/\/minutes$/);
  const minutes = rui.getByTestId('minutes');
  const headings = await minutes.getByRole('heading', { level: 2 }).allInnerTexts();
  const read = ['Decisions', 'Objectives and commitments', 'What changed since the last session'];
  expect([...read, 'Who was there'].map((each) => headings.indexOf(each))).toEqual(
    [...read, 'Who was there'].map((each) => headings.indexOf(each)).toSorted((one, two) => one - two),
  );
  expect(headings).toEqual(expect.arrayContaining(read));
  for (const line of [
    'Refunds under one hour: accepted',
    'Card payments in 4 new markets: at risk, 50 % sure',
    'Fraud rules: delivered',
    'Which ledger vendor? The second one',
    'The build takes an hour: act',
    'Halve the build',
  ]) {
    await expect(minutes.getByText(line).first()).toBeVisible();
  }
  const [file] = await Promise.all([
    rui.waitForEvent('download'),
    rui.getByRole('link', { name: 'CSV', exact: true }).click(),
  ]);
  const table = await readFile(await file.path(), 'utf8');
  expect(table).toContain('done in the meeting,"Card payments in 4 new markets: at risk, 50 % sure"');

  const data = (await (await rui.request.get(`${rui.url()}.json`)).json()) as MinutesFile;
  expect(data).toMatchObject({ format: 'throughline-minutes/1', tablesFrom: 'end' });
  expect(data.objectives.map(({ title }) => title)).toContain('Card payments in 4 new markets');

  // A line leads to the board as it was then: the card is marked there and told in words; where there is none, that is said.
  await ana
    .getByRole('link', { name: 'Card payments in 4 new markets, on the board as it was' })
    .first()
    .click();
  await ana.waitForURL(/\/at\/[^/]+\?card=markets$/);
  await expect(ana.getByTestId('card-then')).toContainText('Team');
  await expect(ana.getByRole('complementary', { name: 'Card payments in 4 new markets' })).toBeVisible();
  await expect
    .poll(() => ana.evaluate(() => globalThis.document.querySelectorAll('.tl-selection__fg').length))
    .toBeGreaterThan(0);
  await ana.goto(ana.url().replace('card=markets', 'card=nowhere'));
  await expect(ana.getByTestId('card-then')).toContainText('not on the board as it was then');

  const paper = (await rui.pdf({ preferCSSPageSize: true, outline: true, tagged: true })).toString('latin1');
  const sizes = new Set(paper.match(/\/MediaBox \[[^\]]*\]/g));
  expect([...sizes]).toEqual(['/MediaBox [0 0 594.95996 841.91998]']);
  expect(paper).toContain('/Title (Objectives and commitments)');
  await rui.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const name of ['Sessions', 'Boards', 'Markdown', 'CSV']) {
    await expect(rui.getByRole('link', { name, exact: true })).toHaveCount(0);
  }
  await expect(rui.getByRole('banner')).toBeHidden();
  await expect(rui.getByLabel('What is missing or wrong')).toBeHidden();
  // White paper takes no light ink.
  const ink = await rui.getByRole('heading', { level: 1 }).evaluate((it) => getComputedStyle(it).color);
  expect(ink).toBe('rgb(20, 24, 31)');
  await Promise.all([ana.close(), rui.close()]);
});

test('[SN39] a session opened by mistake is called off', async () => {
  const ana = await world.ana.newPage();
  const address = await open(ana, 'custom');
  await ana.getByRole('button', { name: 'Call the session off' }).click();
  await ana.waitForURL(/\/sessions$/);
  await expect(ana.locator(`a[href="${new URL(address).pathname}"]`)).toHaveCount(0);
  await ana.goto(`${address}/minutes`);
  await expect(ana.getByText('Called off before it began.')).toBeVisible();
  await ana.close();
});

test('[SN10] two people, too few for a secret, vote openly: each of them can, and who says what is seen', async () => {
  const ana = await world.ana.newPage();
  const rui = await world.rui.newPage();
  await rui.goto(await open(ana, 'quarterly-close'));
  await expect(ana.getByRole('heading', { name: '2 here' })).toBeVisible();
  await ana.getByRole('button', { name: 'Start the session' }).click();
  await goTo(ana, rui, 'Hidden scoring');
  await ana.getByRole('button', { name: 'Vote openly' }).click();
  for (const [page, score] of [
    [ana, '0.7'],
    [rui, '0.2'],
  ] as const) {
    const mine = page
      .getByRole('group', { name: /^Your score/ })
      .first()
      .getByRole('button', { name: score });
    await mine.click();
    await expect(mine).toHaveAttribute('aria-pressed', 'true');
  }
  const panel = ana.getByRole('region', { name: 'Scoring' });
  for (const said of [/Ana Kovač\s+0\.7/, /Rui Mora\s+0\.2/])
    await expect(panel.getByText(said).first()).toBeVisible();
  await expect(panel.getByText('0.5 apart: talk')).toBeVisible();
  await ana.getByRole('button', { name: 'End the session' }).click();
  await ana.getByRole('button', { name: 'Leave these open and end' }).click();
  await ana.waitForURL(/\/minutes$/);
  await Promise.all([ana.close(), rui.close()]);
});
