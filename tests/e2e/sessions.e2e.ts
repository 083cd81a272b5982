import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { joinWithoutScript, openPagesWorld, type PagesWorld } from './pages-world.ts';

test.describe.configure({ mode: 'serial' });

let world: PagesWorld;
let mias: BrowserContext;
test.beforeAll(async ({ browser }) => {
  world = await openPagesWorld(browser);
  mias = await browser.newContext();
  const invite = await world.api('POST', '/invites', { role: 'member', boardId: world.boardId });
  await joinWithoutScript(
    browser,
    mias,
    `${world.url}/invite/${invite.token}`,
    'Mia Berg',
    'mia@example.org',
  );
});
test.afterAll(async () => {
  await mias.close();
  await world.close();
});

/** Opens a session from its page, as who leads it. */
async function open(page: Page, kind: string, more: { team?: string; board?: string } = {}): Promise<string> {
  await page.goto(`${world.url}/sessions`);
  await page.getByLabel('Meeting').selectOption({ value: kind });
  await page.getByLabel('Team').selectOption(more.team === undefined ? '' : { label: more.team });
  if (more.board !== undefined) await page.getByLabel('Board').selectOption({ value: more.board });
  await page.getByRole('button', { name: 'Open the session' }).click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  return page.url();
}

const where = (page: Page) => page.getByTestId('where');
const section = (page: Page) => page.getByTestId('section').getByRole('heading', { level: 2 });

test('[SN30] a weekly session of two people, from the start to the minutes', async () => {
  const ana = await world.ana.newPage();
  const rui = await world.rui.newPage();
  const address = await open(ana, 'weekly', { team: 'Payments' });
  await rui.goto(address);
  await expect(ana.getByRole('heading', { name: '2 here' })).toBeVisible();
  await ana.getByRole('button', { name: 'Start the session' }).click();
  await expect(where(ana)).toContainText('1 of 8');
  await expect(where(rui)).toContainText('1 of 8');
  await expect(rui.getByRole('button', { name: /^Next/ })).toHaveCount(0);
  await expect(rui.getByTestId('timer')).toHaveText(/^(3:00|2:\d\d)$/);

  for (const title of [
    'Last week’s promises',
    'Check-ins',
    'Priorities',
    'Waiting on each other',
    'Triage: the top three',
  ]) {
    await ana.getByRole('button', { name: /^Next/ }).click();
    await expect(section(rui)).toHaveText(title);
  }
  await rui.getByLabel('Issue or opportunity').fill('The build takes an hour');
  await rui.getByRole('button', { name: 'Raise it' }).click();
  await expect(ana.getByRole('link', { name: 'The build takes an hour' })).toBeVisible();

  await ana.getByRole('button', { name: /^Next/ }).click();
  await expect(section(rui)).toHaveText('This week’s promises');
  await rui.getByLabel('I promise').fill('Halve the build');
  await rui.getByRole('button', { name: 'Promise', exact: true }).click();
  await expect(ana.getByRole('link', { name: 'Halve the build' })).toBeVisible();

  await rui.getByLabel('Park something').fill('The office move');
  await rui.getByRole('button', { name: 'Park', exact: true }).last().click();
  await expect(ana.getByText('The office move', { exact: true })).toBeVisible();

  await ana.getByRole('button', { name: /^Next/ }).click();
  await rui.getByRole('button', { name: '9 of 10' }).click();
  await expect(ana.getByText('1 have rated.')).toBeVisible();
  const found = await new AxeBuilder({ page: ana }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  await ana.getByRole('button', { name: 'End the session' }).click();
  await expect(ana.getByText('Parked: The office move')).toBeVisible();
  await expect(ana.getByText('Recap: the message to others')).toBeVisible();
  await ana.getByLabel('Write it down').fill('We halve the build.');
  await ana.getByRole('button', { name: 'Keep' }).click();
  await expect(ana.getByTestId('section').getByText('We halve the build.')).toBeVisible();
  await ana.getByRole('button', { name: 'End the session' }).click();
  await expect(ana.getByText('Recap: the message to others')).toHaveCount(0);
  await ana.getByRole('button', { name: 'Leave these open and end' }).click();

  for (const page of [ana, rui]) {
    await page.waitForURL(/\/minutes$/);
    const minutes = page.getByTestId('minutes');
    await expect(minutes.getByRole('link', { name: /Halve the build/ }).first()).toBeVisible();
    await expect(minutes.getByRole('link', { name: 'The build takes an hour' }).first()).toBeVisible();
    await expect(minutes.getByText('We halve the build.').first()).toBeVisible();
    await expect(minutes.getByText('Parked: The office move')).toBeVisible();
    await expect(minutes.getByText('Rated 9.0 of 10')).toBeVisible();
  }
  const markdown = await (await ana.request.get(`${address}/minutes.md`)).text();
  expect(markdown).toContain('We halve the build.');
  expect(markdown).toContain('- The office move: left open');
  const axe = await new AxeBuilder({ page: rui }).analyze();
  expect(axe.violations.map(({ id }) => id)).toEqual([]);
  await Promise.all([ana.close(), rui.close()]);
});

test('[SN28][SN30][SN31] a close on the board: hidden scores, agreed numbers, and nothing of them on the other’s wire', async () => {
  const ana = await world.ana.newPage();
  const rui = await world.rui.newPage();
  const heard: string[] = [];
  rui.on('response', (answer) => {
    // A stream has no end to wait for; what comes over it is read in the page below.
    if (answer.headers()['content-type']?.includes('event-stream')) return;
    void answer.text().then(
      (body) => heard.push(body),
      () => undefined,
    );
  });
  await rui.addInitScript(() => {
    const Real = window.EventSource;
    const said: string[] = [];
    Reflect.set(window, 'said', said);
    window.EventSource = class extends Real {
      constructor(url: string | URL, init?: EventSourceInit) {
        super(url, init);
        this.addEventListener('message', (event) => said.push(String(event.data)));
      }
    };
  });
  await world.api('POST', `/commitments/${await world.commitment('markets')}/accept`, { confidence: 70 });
  const board = await world.rui.newPage();
  const frames: string[] = [];
  board.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => frames.push(payload.toString('latin1'))),
  );
  await board.goto(`${world.url}/board/${world.boardId}?view=outline`);
  const address = await open(ana, 'quarterly-close', { board: world.boardId });
  await rui.goto(address);
  await expect(ana.getByRole('heading', { name: '2 here' })).toBeVisible();
  await ana.getByRole('button', { name: 'Start the session' }).click();
  const strip = board.getByTestId('session-strip');
  await expect(strip).toContainText('Pulse');
  await expect(strip.getByRole('link', { name: 'Join' })).toHaveAttribute('href', new URL(address).pathname);
  await ana.getByRole('button', { name: /^Next/ }).click();
  await expect(strip).toContainText('Hidden scoring');
  await expect(section(rui)).toHaveText('Hidden scoring');

  // Two cannot be secret: it is said, and only an open vote is offered.
  await expect(ana.getByText('too few to be secret')).toBeVisible();
  await expect(ana.getByRole('button', { name: 'Open the hidden vote' })).toHaveCount(0);
  const mia = await mias.newPage();
  await mia.goto(address);
  await ana.getByRole('button', { name: 'Open the hidden vote' }).click();
  await expect(rui.getByTestId('votes').first()).toHaveText('0 of 3 have voted');
  for (const [page, score] of [
    [ana, '0.4'],
    [mia, '0.9'],
  ] as const) {
    await page
      .getByRole('group', { name: /^Your score for/ })
      .first()
      .getByRole('button', { name: score })
      .click();
  }
  await expect(rui.getByTestId('votes').first()).toHaveText('2 of 3 have voted');
  const wire = [...heard, ...(await rui.evaluate(() => Reflect.get(window, 'said') as string[]))].join('\n');
  expect(wire).toContain('"votes":2');
  const boards = frames.join('\n');
  expect(boards).toContain('"votes":2');
  for (const heardOf of [wire, boards]) {
    expect(heardOf).not.toMatch(/"values":\[|"value":[49]\b|"myVotes":\{"/);
  }

  await rui
    .getByRole('group', { name: /^Your score for/ })
    .first()
    .getByRole('button', { name: '0.8' })
    .click();
  await ana.getByRole('button', { name: 'Reveal' }).first().click();
  for (const page of [ana, rui, mia]) await expect(page.getByText('0.5 apart: talk')).toBeVisible();
  await ana.getByLabel('Agreed number').first().selectOption('0.8');
  await ana.getByRole('button', { name: 'Agree on it' }).first().click();
  await expect(rui.getByText('Agreed: 0.8')).toBeVisible();
  await ana.getByRole('button', { name: 'Close the vote', exact: true }).click();
  await expect(rui.getByText('its votes are forgotten')).toBeVisible();
  await ana.getByRole('button', { name: 'End the session' }).click();
  await ana.getByRole('button', { name: 'Leave these open and end' }).click();
  await rui.waitForURL(/\/minutes$/);
  await expect(rui.getByTestId('minutes').getByText('0.8').first()).toBeVisible();
  await expect(strip).toHaveCount(0);
  await Promise.all([ana.close(), rui.close(), mia.close(), board.close()]);
});
