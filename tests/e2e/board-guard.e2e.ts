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
