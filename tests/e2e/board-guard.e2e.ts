import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { card, openBoardWorld, openCanvas, saved, type BoardWorld } from './board-world.ts';
import { inDays } from './soon.ts';

let world: BoardWorld;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  world = await openBoardWorld(browser);
});
test.afterAll(async () => {
  await world.close();
});

/** A board of Payments alone, with so many cards: Ana manages it, Ben may write. */
async function newBoard(cards: number): Promise<string> {
  const teams = (await world.api('GET', '/teams')).items;
  const ids = teams.filter((it) => it.name === 'Payments').map((it) => it.id);
  const made = { title: 'Guarded', template: 'quarterly-planning', teams: ids };
  const { id } = await world.api('POST', '/boards', made);
  await world.api('POST', `/boards/${id}/import`, {
    ...{ format: 'throughline-plan/1', title: 'Plan', organisation: { name: 'Northwind' } },
    period: { label: 'Test quarter', start: inDays(-10), end: inDays(80) },
    teams: [{ key: 'payments', name: 'Payments' }],
    people: [{ key: world.anaKey, name: 'Ana Kovač' }],
    ...{ priorities: [], dependencies: [], risks: [], decisions: [], assumptions: [], updates: [] },
    objectives: Array.from({ length: cards }, (_, i) => ({
      ...{ key: `k${i}`, title: `Goal number ${i}`, team: 'payments', status: 'committed' },
      ...{ owner: world.anaKey, due: inDays(60), measures: [] },
    })),
  });
  return id;
}

const openBoth = async (board: string): Promise<[Page, Page]> =>
  Promise.all([openCanvas(world.ana, world.url, board), openCanvas(world.ben, world.url, board)]);
const showCard = (page: Page, board: string, key: string) =>
  page.goto(`${world.url}/board/${board}?view=canvas&card=${key}`);
const inspector = (page: Page) => page.getByRole('complementary').or(page.locator('aside')).first();

test('[GU20][GU21] a locked card says by whom, and can not be changed by hand, form or key', async () => {
  const board = await newBoard(3);
  const [ana, ben] = await openBoth(board);
  await showCard(ana, board, 'k1');
  await inspector(ana).getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(inspector(ana).getByText(/^Locked by Ana/)).toBeVisible();
  await showCard(ben, board, 'k1');
  await expect(inspector(ben).getByText(/^Locked by Ana Kovač\. Managers of this board can/)).toBeVisible();
  await expect(inspector(ben).getByRole('button', { name: 'Unlock' })).toHaveCount(0);
  await expect(inspector(ben).getByLabel('Due', { exact: true }).first()).toBeDisabled();
  await expect(card(ben, 'Goal number 1').getByRole('img', { name: /^Locked by Ana/ })).toBeVisible();
  await ben.locator('.tl-canvas').press('Delete');
  await expect(card(ben, 'Goal number 1')).toBeVisible();
  await expect(ben.getByText('That could not be kept')).toHaveCount(0);
  // Nothing is selected any more.
  await showCard(ben, board, 'k1');
  await inspector(ana).getByRole('button', { name: 'Unlock' }).click();
  await expect(inspector(ben).getByLabel('Due', { exact: true }).first()).toBeEnabled();
  await Promise.all([ana.close(), ben.close()]);
});

test('[GU20][GU21] an area to read takes nothing in, and a pause stops everybody until it goes on', async () => {
  const board = await newBoard(2);
  const ana = await openCanvas(world.ana, world.url, board);
  const ben = await world.ben.newPage();
  await ben.goto(`${world.url}/board/${board}?view=outline`);
  await saved(ben);
  const payments = ben.locator('section').filter({ has: ben.getByRole('heading', { name: /^Payments/ }) });
  await expect(payments.getByRole('button', { name: 'Add an objective' })).toBeVisible();
  await ana.locator('.bc-area-tab', { hasText: 'Payments' }).click();
  await inspector(ana).getByLabel('Who may change it').selectOption('read');
  await expect(payments.getByRole('button', { name: 'Add an objective' })).toHaveCount(0);
  await expect(payments.getByRole('textbox', { name: 'Title' }).first()).not.toBeEditable();
  await inspector(ana).getByLabel('Who may change it').selectOption('everyone');
  await expect(payments.getByRole('textbox', { name: 'Title' }).first()).toBeEditable();

  await ana.getByRole('button', { name: 'More', exact: true }).click();
  await ana.getByRole('menuitem', { name: 'Pause the board' }).click();
  await expect(ben.getByText(/^Paused by Ana Kovač/)).toBeVisible();
  await expect(ben.getByRole('button', { name: 'Resume' })).toHaveCount(0);
  await expect(payments.getByRole('textbox', { name: 'Title' }).first()).not.toBeEditable();
  await ana.getByRole('button', { name: 'Resume' }).click();
  await expect(payments.getByRole('textbox', { name: 'Title' }).first()).toBeEditable();
  await expect(ben.getByText(/^Paused by/)).toHaveCount(0);
  await Promise.all([ana.close(), ben.close()]);
});

test('[GU22] much removed at once is offered to be put back, with one click', async () => {
  const board = await newBoard(16);
  const [ana, ben] = await openBoth(board);
  await expect(card(ana, 'Goal number 15')).toBeAttached();
  await expect(card(ben, 'Goal number 15')).toBeAttached();
  await ben.locator('.tl-canvas').press('Control+a');
  await ben.locator('.tl-canvas').press('Delete');
  await expect(card(ana, 'Goal number 15')).toHaveCount(0);
  await expect(ana.getByText(/^Ben Ito removed \d+ objects of this board/)).toBeVisible();
  await expect(ben.getByText(/^You removed \d+ objects of this board/)).toBeVisible();
  await ana.getByRole('button', { name: 'Put them back' }).click();
  await expect(ana.getByText(/^Put back: \d+ objects/)).toBeVisible();
  for (const page of [ana, ben]) {
    await expect(card(page, 'Goal number 15')).toBeAttached();
    await expect(page.getByRole('button', { name: 'Put them back' })).toHaveCount(0);
  }
  await Promise.all([ana.close(), ben.close()]);
});

test('[GU23][GU20] who leads the session on the board sets levels and pauses it, until the session ends', async () => {
  const board = await newBoard(2);
  const [ana, ben] = await openBoth(board);
  const menu = async (page: Page) => page.getByRole('button', { name: 'More', exact: true }).click();
  await menu(ben);
  await expect(ben.getByRole('menuitem', { name: 'All commitments of this board' })).toBeVisible();
  await expect(ben.getByRole('menuitem', { name: 'Pause the board' })).toHaveCount(0);
  await ben.keyboard.press('Escape');
  const say = (by: Page, path: string, body: unknown): Promise<{ session: { id: string; rev: number } }> =>
    by.evaluate(
      async ([to, what]) =>
        (
          await fetch(`/api/v1${to}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(what),
          })
        ).json(),
      [path, body] as const,
    );
  const person = (await world.api('GET', '/people')).items.find((it) => it.name === 'Ben Ito')?.id;
  let { session } = await say(ana, '/sessions', { kind: 'custom', title: 'Planning', board });
  for (const [by, command] of [
    [ana, { type: 'start' }],
    [ana, { type: 'arrive' }],
    [ben, { type: 'arrive' }],
    [ana, { type: 'add-facilitator', person }],
  ] as const) {
    const path = `/sessions/${session.id}/commands`;
    ({ session } = await say(by, path, { command, expectedRev: session.rev }));
  }
  await ben.locator('.bc-area-tab', { hasText: 'Payments' }).click();
  await expect(
    inspector(ben).getByText('Managers of this board and the facilitator always may.'),
  ).toBeVisible();
  await inspector(ben).getByLabel('Who may change it').selectOption('read');
  await ana.locator('.bc-area-tab', { hasText: 'Payments' }).click();
  await expect(inspector(ana).getByLabel('Who may change it')).toHaveValue('read');
  await menu(ben);
  await ben.getByRole('menuitem', { name: 'Pause the board' }).click();
  await expect(ana.getByText(/^Paused by Ben Ito/)).toBeVisible();
  await ben.getByRole('button', { name: 'Resume' }).click();
  await expect(ana.getByText(/^Paused by/)).toHaveCount(0);
  await say(ben, `/sessions/${session.id}/commands`, {
    command: { type: 'end', leaveOpen: true },
    expectedRev: session.rev,
  });
  await expect(inspector(ben).getByLabel('Who may change it')).toHaveCount(0);
  await expect(inspector(ben).getByText(/^Who may change it: Nobody/)).toBeVisible();
  await Promise.all([ana.close(), ben.close()]);
});

test('[GU20] levels, locks and the pause can be read and used by everybody: desk and phone, light and dark', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const board = await newBoard(2);
  const areas = await world.api<{ areas: object }>('GET', `/boards/${board}/guard`);
  expect(areas.areas).toEqual({});
  const cookies = await world.ana.cookies();
  for (const [colorScheme, viewport] of [
    ['light', { width: 1440, height: 900 }],
    ['dark', { width: 1440, height: 900 }],
    ['light', { width: 390, height: 844 }],
    ['dark', { width: 390, height: 844 }],
  ] as const) {
    const context = await browser.newContext({ colorScheme, viewport });
    await context.addCookies(cookies);
    const page = await openCanvas(context, world.url, board);
    const check = async () => {
      const { violations } = await new AxeBuilder({ page }).exclude('.tl-container').analyze();
      expect(violations.map(({ id, nodes }) => [colorScheme, viewport.width, id, nodes[0]?.html])).toEqual(
        [],
      );
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over).toBeLessThanOrEqual(0);
    };
    await showCard(page, board, 'k1');
    await expect(inspector(page).getByText('Not locked.')).toBeVisible();
    await inspector(page).getByRole('button', { name: 'Lock', exact: true }).click();
    await expect(inspector(page).getByText(/^Locked by Ana/)).toBeVisible();
    await check();
    await inspector(page).getByRole('button', { name: 'Unlock' }).click();
    await world.api('POST', `/boards/${board}/guard`, { act: 'pause' });
    await expect(page.getByText(/^Paused by you/)).toBeVisible();
    await check();
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(page.getByText(/^Paused by/)).toHaveCount(0);
    await context.close();
  }
});
