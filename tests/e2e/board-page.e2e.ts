import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { addCard, card, openBoardWorld, openCanvas, saved, type BoardWorld } from './board-world.ts';
import { inDays, openRhythm } from './soon.ts';

let world: BoardWorld;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  world = await openBoardWorld(browser);
});
test.afterAll(async () => {
  await world.close();
});

const planFile = 'static/example/rust-project-goals-2025h1.plan.json';

/** Objectives of both teams, owned and dated, as a plan file. */
const plan = (keys: readonly string[]) => ({
  ...{ format: 'throughline-plan/1', title: 'Plan', organisation: { name: 'Northwind' } },
  period: { label: 'Test quarter', start: inDays(-10), end: inDays(80) },
  teams: [
    { key: 'payments', name: 'Payments' },
    { key: 'platform', name: 'Platform' },
  ],
  people: [
    { key: world.anaKey, name: 'Ana Kovač' },
    { key: world.benKey, name: 'Ben Ito' },
  ],
  priorities: [],
  objectives: keys.map((key, i) => ({
    ...{ key, title: `Objective ${key}`, team: i % 2 ? 'platform' : 'payments', status: 'committed' },
    ...{ owner: i % 2 ? world.benKey : world.anaKey, due: inDays(60) },
    measures: [{ key: `${key}/m`, title: 'Live', kind: 'milestone' }],
  })),
  ...{ dependencies: [], risks: [], decisions: [], assumptions: [], updates: [] },
});

const planOf = async <T>(board: string): Promise<T> =>
  (await world.api<{ plan: T }>('GET', `/boards/${board}/plan`)).plan;

test('[CV19] on a phone the board opens as the outline, and the canvas on request', async ({ browser }) => {
  const board = await world.newBoard('Phone');
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await phone.addCookies(await world.ana.cookies());
  const page = await phone.newPage();
  await page.goto(`${world.url}/board/${board}`);
  await expect(page.getByTestId('outline')).toBeVisible();
  await expect(page.locator('.tl-canvas')).toHaveCount(0);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Canvas' }).click();
  await expect(page.locator('.tl-canvas')).toBeVisible();
  await phone.close();
});

test('[CV27] every edit can be made in the outline by keyboard', async () => {
  const board = await world.newBoard('Outline');
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/board/${board}?view=outline`);
  await saved(page);
  const payments = page.locator('section').filter({ has: page.getByRole('heading', { name: /^Payments/ }) });
  await payments.getByRole('button', { name: 'Add an objective' }).press('Enter');
  await expect(payments.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await page.keyboard.type('Refunds under one hour');
  await page.keyboard.press('Enter');
  const owner = payments.getByLabel('Owner', { exact: true });
  await owner.fill('Ana Kovač');
  await owner.press('Tab');
  await payments.getByLabel('Due', { exact: true }).first().fill(inDays(30));
  await payments.getByRole('button', { name: 'Add a measure' }).press('Enter');
  await expect(payments.getByRole('textbox', { name: 'Measure', exact: true })).toBeFocused();
  await page.keyboard.type('Median time under 60 minutes');
  await page.keyboard.press('Tab');
  await payments.getByRole('button', { name: 'Add a need' }).press('Enter');
  await payments.getByLabel('What is needed').fill('Idempotent payouts');
  await payments.getByLabel('From', { exact: true }).selectOption({ label: 'Platform' });
  await payments.getByRole('button', { name: 'Add the need' }).press('Enter');
  await expect(payments.getByText('Idempotent payouts')).toBeVisible();
  await saved(page);
  const { objectives, dependencies } = await planOf<{
    objectives: { title: string; owner: string; team: string; measures: { title: string }[] }[];
    dependencies: { what: string; on: { team: string } }[];
  }>(board);
  expect(objectives).toMatchObject([
    {
      title: 'Refunds under one hour',
      owner: world.anaKey,
      team: 'payments',
      measures: [{ title: 'Median time under 60 minutes' }],
    },
  ]);
  expect(dependencies).toMatchObject([{ what: 'Idempotent payouts', on: { team: 'platform' } }]);
  await payments.getByLabel('Area', { exact: true }).selectOption({ label: 'Platform' });
  const platform = page.locator('section').filter({ has: page.getByRole('heading', { name: /^Platform/ }) });
  await expect(platform.locator('li[data-key]')).toHaveCount(1);
  await platform.getByRole('button', { name: /^All facts/ }).press('Enter');
  await platform.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
  await expect(page.locator('li[data-key]')).toHaveCount(0);
  await page.close();
});

test('[CV20] a plan file dropped onto the board is imported with its report', async () => {
  const board = await world.newBoard('Dropped');
  const page = await openCanvas(world.ana, world.url, board);
  const text = await readFile(planFile, 'utf8');
  const drop = async (content: string) => {
    const transfer = await page.evaluateHandle((json) => {
      const data = new DataTransfer();
      data.items.add(new File([json], 'goals.plan.json', { type: 'application/json' }));
      return data;
    }, content);
    const canvas = page.locator('.tl-canvas');
    await canvas.dispatchEvent('dragover', { dataTransfer: transfer });
    await canvas.dispatchEvent('drop', { dataTransfer: transfer });
  };
  await drop(text);
  await expect(page.getByText(/^Imported: \d+ added/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Look at the board' }).click();
  await expect(card(page, 'Async').first()).toBeAttached();
  await drop(text);
  await expect(page.getByText('Everything in the file is on the board already')).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Look at the board' }).click();

  const broken = { ...plan(['a', 'b']), objectives: [{ key: 'a' }, { key: 'b', title: 'B', due: 7 }] };
  const before = (await planOf<{ objectives: unknown[] }>(board)).objectives.length;
  await drop(JSON.stringify(broken));
  const faults = page.getByRole('list', { name: 'Faults in the file' });
  await expect(faults).toContainText('objectives');
  await expect(page.getByText('was not imported; the board is unchanged')).toBeVisible();
  const after = (await planOf<{ objectives: unknown[] }>(board)).objectives.length;
  expect(after).toBe(before);
  await page.close();
});

test('[CV13][CV23] the commit review keeps ticks and reason over a reload, and marks what moved', async () => {
  const board = await world.newBoard('Review');
  await world.api('POST', `/boards/${board}/import`, plan(['one', 'two', 'three']));
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/board/${board}/commit`);
  const row = (title: string) => page.locator('li[data-key]').filter({ hasText: title });
  await expect(page.getByText('3 ticked.')).toBeVisible();
  await row('Objective two').getByRole('checkbox').uncheck();
  await page.getByLabel('Every two weeks').check({ force: true });
  await expect(page.getByText('2 ticked.')).toBeVisible();
  await page.reload();
  await expect(row('Objective two').getByRole('checkbox')).not.toBeChecked();
  await expect(page.getByLabel('Every two weeks')).toBeChecked();

  const moved = plan(['one', 'two', 'three']);
  await world.api('POST', `/boards/${board}/import`, {
    ...moved,
    objectives: moved.objectives.map((it) =>
      it.key === 'three' ? { ...it, title: 'Objective three, larger' } : it,
    ),
  });
  await page.getByRole('button', { name: 'Commit', exact: true }).click();
  await expect(page.getByText('The board moved while you looked')).toBeVisible();
  await expect(row('Objective three, larger')).toContainText('Moved just now');
  await expect(row('Objective one')).not.toContainText('Moved just now');
  await page.getByRole('button', { name: 'Commit', exact: true }).click();
  await page.waitForURL(/\/board\/[^/]+\?committed=2/);
  await page.close();
});

test('[CV24] a check-in elsewhere repaints the card without a byte of the document', async () => {
  const board = await world.newBoard('Truth');
  await world.api('POST', `/boards/${board}/import`, plan(['mine']));
  await world.api('POST', `/boards/${board}/commit`, {
    include: ['mine'],
    rhythm: openRhythm(),
    overrides: { reason: 'A test.' },
  });
  const page = await openCanvas(world.ana, world.url, board);
  await expect(page.getByTestId('accept-strip')).toContainText('0 of 1 accepted');
  await page.keyboard.press('Escape');
  const before = await world.api('POST', `/boards/${board}/snapshots`, {});
  const bytes = async (id: string) => (await world.api<{ sha256: string }>('GET', `/snapshots/${id}`)).sha256;
  const { items } = await world.api('GET', `/commitments?board=${board}`);
  const commitment = items[0]?.id ?? '';
  await world.api('POST', `/commitments/${commitment}/accept`, { confidence: 70 });
  await expect(page.getByTestId('accept-strip')).toHaveCount(0);
  await world.api('POST', `/commitments/${commitment}/check-ins`, { status: 'risk', confidence: 50 });
  await expect(card(page, 'Objective mine')).toContainText('At risk');
  const after = await world.api('POST', `/boards/${board}/snapshots`, {});
  expect(await bytes(after.id)).toBe(await bytes(before.id));
  await page.close();
});

test('[CV28] a promise whose card was deleted is still promised and can be put back', async () => {
  const board = await world.newBoard('Off the board');
  await world.api('POST', `/boards/${board}/import`, plan(['kept']));
  await world.api('POST', `/boards/${board}/commit`, {
    include: ['kept'],
    rhythm: openRhythm(),
    overrides: { reason: 'A test.' },
  });
  const page = await openCanvas(world.ana, world.url, board);
  await page.keyboard.press('Escape');
  await card(page, 'Objective kept').click();
  await page.getByRole('button', { name: 'Delete this objective' }).click();
  await expect(page.getByText('1 promise is off the board.')).toBeVisible();
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByRole('button', { name: 'Put the card back' }).click();
  await page.keyboard.press('Escape');
  await expect(card(page, 'Objective kept')).toBeVisible();
  await expect(page.getByText('off the board.')).toHaveCount(0);
  await saved(page);
  const { objectives } = await planOf<{ objectives: { key: string }[] }>(board);
  expect(objectives.map((it) => it.key)).toEqual(['kept']);
  await page.close();
});

test('[CV22] a snapshot opens read-only, says what changed by team, and leads back to now', async () => {
  const board = await world.newBoard('Looking back');
  const page = await openCanvas(world.ana, world.url, board);
  await addCard(page, 'Payments', 'There from the start', 0.12);
  await saved(page);
  await page.getByRole('button', { name: 'Snapshots' }).click();
  await page.getByLabel('Take one now').fill('Before the vote');
  await page.getByRole('button', { name: 'Take a snapshot' }).click();
  const stop = page.getByRole('link', { name: /objectives/ }).first();
  await expect(stop).toBeVisible();
  await page.keyboard.press('Escape');
  await addCard(page, 'Platform', 'Came later', 0.12);
  await saved(page);
  await page.getByRole('button', { name: 'Snapshots' }).click();
  await stop.click();
  await page.waitForURL(/\/at\//);
  await expect(card(page, 'There from the start')).toBeVisible();
  await expect(card(page, 'Came later')).toHaveCount(0);
  await expect(page.getByTestId('panel').getByText('Came later')).toBeVisible();
  await expect(page.getByTestId('panel').getByRole('heading', { name: /^Platform/ })).toBeVisible();
  await expect(page.getByTestId('tools.objective')).toHaveCount(0);
  await page.getByRole('link', { name: 'Return to now' }).click();
  await expect(card(page, 'Came later')).toBeVisible();
  await page.close();
});
