import { expect, test, type Page } from '@playwright/test';
import {
  addCard,
  area,
  card,
  centre,
  openBoardWorld,
  openCanvas,
  pointIn,
  pull,
  saved,
  type BoardWorld,
} from './board-world.ts';

let world: BoardWorld;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  world = await openBoardWorld(browser);
});
test.afterAll(async () => {
  await world.close();
});

const keyOf = (page: Page, title: string) =>
  card(page, title).locator('[data-key]').first().getAttribute('data-key');

test('[CV15][CV29] a double click makes a card with the cursor in its title, Tab leads to owner and due', async () => {
  const page = await openCanvas(world.ana, world.url, await world.newBoard('Double click'));
  const { x, y } = await pointIn(page, 'Payments', 0.2, 0.5);
  const hints = page.getByText('Double-click here to write an objective');
  await expect(hints).toHaveCount(2);
  await page.mouse.dblclick(x, y);
  await expect(page.locator('.bc-title-field')).toBeFocused();
  await expect(hints).toHaveCount(1);
  await page.keyboard.type('Card payments in 4 markets');
  await page.keyboard.press('Tab');
  const panel = page.getByTestId('panel');
  await expect(panel.getByLabel('Owner', { exact: true })).toBeFocused();
  await page.keyboard.type('Ana Kovač');
  await page.keyboard.press('Tab');
  await expect(panel.getByLabel('Due', { exact: true }).first()).toBeFocused();
  await expect(panel.getByLabel('Title')).toHaveValue('Card payments in 4 markets');
  await expect(card(page, 'Card payments in 4 markets').getByTitle('Ana Kovač')).toBeVisible();
  await page.close();
});

test('[CV6] a card drawn or pulled into a month is due on its last day', async () => {
  const page = await openCanvas(world.ana, world.url, await world.newBoard('Columns'));
  await addCard(page, 'Payments', 'Refunds under one hour', 0.12);
  await card(page, 'Refunds under one hour').click();
  const due = page.getByTestId('panel').getByLabel('Due', { exact: true }).first();
  const first = await due.inputValue();
  expect(first).toMatch(/^\d{4}-\d\d-\d\d$/);
  const end = await pointIn(page, 'Payments', 0.5, 0.5);
  await pull(page, await centre(card(page, 'Refunds under one hour')), end);
  await expect(due).not.toHaveValue(first);
  expect((await due.inputValue()) > first).toBe(true);
  await page.close();
});

test('[CV16] what one does the other sees, with cursor and name; undo takes back only one’s own', async () => {
  const board = await world.newBoard('Two windows');
  const ana = await openCanvas(world.ana, world.url, board);
  const ben = await openCanvas(world.ben, world.url, board);
  await addCard(ana, 'Payments', 'Drawn by Ana');
  await expect(card(ben, 'Drawn by Ana')).toBeVisible();
  await addCard(ben, 'Platform', 'Drawn by Ben');
  await expect(card(ana, 'Drawn by Ben')).toBeVisible();
  const there = await pointIn(ben, 'Platform', 0.6, 0.7);
  await ben.mouse.move(there.x, there.y, { steps: 4 });
  await expect(ana.locator('.tl-nametag', { hasText: 'Ben Ito' })).toBeVisible();
  await expect(ana.getByTestId('people').getByTitle('Follow Ben Ito')).toBeVisible();

  const before = await centre(card(ana, 'Drawn by Ana'));
  await pull(ana, before, { x: before.x + 120, y: before.y + 30 });
  await saved(ana);
  const moved = await centre(card(ana, 'Drawn by Ana'));
  expect(moved.x).toBeGreaterThan(before.x + 60);
  await card(ben, 'Drawn by Ana').click();
  await ben.getByTestId('panel').getByLabel('Owner', { exact: true }).fill('Ben Ito');
  await ben.getByTestId('panel').getByLabel('Title').focus();
  await expect(card(ana, 'Drawn by Ana').getByTitle('Ben Ito')).toBeVisible();
  await ana.locator('.tl-canvas').press('Control+z');
  await expect
    .poll(async () => Math.round((await centre(card(ana, 'Drawn by Ana'))).x))
    .toBe(Math.round(before.x));
  await expect(card(ana, 'Drawn by Ana').getByTitle('Ben Ito')).toBeVisible();
  await expect(card(ana, 'Drawn by Ben')).toBeVisible();
  await ana.close();
  await ben.close();
});

test('[CV17] an arrow between two teams asks what and by when: Escape keeps a draft, Enter sends', async () => {
  const board = await world.newBoard('Arrows');
  const page = await openCanvas(world.ana, world.url, board);
  await addCard(page, 'Payments', 'Card payments', 0.15);
  await addCard(page, 'Platform', 'Ledger API', 0.15);
  await page.keyboard.press('Escape');
  await page.getByTestId('tools.dependency').click();
  await pull(page, await centre(card(page, 'Card payments')), await centre(card(page, 'Ledger API')));
  const what = page.getByLabel('What is needed');
  await expect(what).toBeFocused();
  await expect(what).toHaveValue('Ledger API');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('panel')).toHaveCount(0);
  const chip = page.getByRole('button', { name: 'not sent · Ledger API' });
  await chip.click();
  await what.fill('Ledger API with test accounts');
  await what.press('Enter');
  await expect(page.getByText('Asked Platform.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^asked · Ledger API with test accounts/ })).toBeVisible();
  const asks = await world.api('GET', `/dependencies?board=${board}`);
  expect(asks.items.map((it) => it.status)).toEqual(['requested']);

  // The other team's lead is offered the answers; the asker is not.
  const ben = await openCanvas(world.ben, world.url, board);
  await ben.getByRole('button', { name: /^asked · Ledger API/ }).click();
  await expect(ben.getByRole('button', { name: 'Agree', exact: true })).toBeVisible();
  await expect(ben.getByRole('button', { name: 'Decline', exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^asked · Ledger API/ }).click();
  await expect(page.getByRole('button', { name: 'Withdraw the ask' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Agree', exact: true })).toHaveCount(0);
  await ben.close();
  await page.close();
});

test('[CV26] an arrow towards the own team’s card becomes a need on the card and no line', async () => {
  const page = await openCanvas(world.ana, world.url, await world.newBoard('Own team'));
  await addCard(page, 'Payments', 'Asks', 0.12);
  await addCard(page, 'Payments', 'Gives', 0.5);
  await page.keyboard.press('Escape');
  await page.getByTestId('tools.dependency').click();
  await pull(page, await centre(card(page, 'Asks')), await centre(card(page, 'Gives')));
  await expect(page.locator('.tl-shape[data-shape-type="arrow"]')).toHaveCount(0);
  await card(page, 'Asks').click();
  await expect(page.getByTestId('panel').getByText('of the own team')).toBeVisible();
  await page.close();
});

test('[CV25] a duplicated card has a key of its own; undoing a delete brings back id and key', async () => {
  const page = await openCanvas(world.ana, world.url, await world.newBoard('Copies'));
  await addCard(page, 'Payments', 'Only one', 0.12);
  const key = await keyOf(page, 'Only one');
  await card(page, 'Only one').click();
  await page.locator('.tl-canvas').press('Control+d');
  await expect(card(page, 'Only one')).toHaveCount(2);
  const keys = () =>
    card(page, 'Only one')
      .locator('[data-key]')
      .evaluateAll((all) => all.map((it) => it.getAttribute('data-key')));
  await expect.poll(async () => new Set(await keys()).size).toBe(2);
  expect(await keys()).toContain(key);
  await page.locator('.tl-canvas').press('Control+z');
  await expect(card(page, 'Only one')).toHaveCount(1);
  // Away from the first click: two at one place in a row are a double click, which opens the title.
  await card(page, 'Only one').click({ position: { x: 8, y: 8 } });
  const id = await card(page, 'Only one').getAttribute('id');
  await page.locator('.tl-canvas').press('Delete');
  await expect(card(page, 'Only one')).toHaveCount(0);
  await page.locator('.tl-canvas').press('Control+z');
  await expect(card(page, 'Only one')).toHaveCount(1);
  expect(await keyOf(page, 'Only one')).toBe(key);
  expect(await card(page, 'Only one').getAttribute('id')).toBe(id);
  await page.close();
});

test('[CV18][CV29] an observer sees the board live and can change nothing', async () => {
  const board = await world.newBoard('Observed');
  const ana = await openCanvas(world.ana, world.url, board);
  const ola = await openCanvas(world.ola, world.url, board);
  await addCard(ana, 'Payments', 'Seen live');
  await expect(card(ola, 'Seen live')).toBeVisible();
  await expect(ola.getByText('as an observer')).toBeVisible();
  await expect(ola.getByText('Double-click here')).toHaveCount(0);
  await expect(ola.getByTestId('tools.objective')).toHaveCount(0);
  await expect(ola.getByRole('link', { name: 'Commit…' })).toHaveCount(0);
  const before = await centre(card(ola, 'Seen live'));
  await pull(ola, before, { x: before.x + 150, y: before.y });
  expect(Math.round((await centre(card(ola, 'Seen live'))).x)).toBe(Math.round(before.x));
  await card(ola, 'Seen live').click();
  await expect(ola.getByTestId('panel').getByLabel('Due', { exact: true }).first()).toBeDisabled();
  await ola.close();
  await ana.close();
});

test('[CV21] the board asks no other host, obeys its own policy, and leaves tldraw’s mark uncovered', async () => {
  const board = await world.newBoard('Silent');
  const strangers: string[] = [];
  const faults: string[] = [];
  const page = await world.ana.newPage();
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (/^(https?|wss?):$/u.test(protocol) && host !== new URL(world.url).host) strangers.push(request.url());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/u.test(message.text())) faults.push(message.text());
  });
  await page.goto(`${world.url}/board/${board}?view=canvas`);
  await saved(page);
  await expect(area(page, 'Payments')).toBeVisible();
  await addCard(page, 'Payments', 'Open beside the mark');
  await card(page, 'Open beside the mark').click();
  await expect(page.getByTestId('panel')).toBeVisible();
  const mark = page.locator('[class*="watermark"], [data-testid="tl-watermark-unlicensed"]').first();
  await expect(mark).toBeVisible();
  const uncovered = await mark.evaluate((node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    const shares = [0.1, 0.5, 0.9];
    return shares.every((x) =>
      shares.every((y) => {
        const hit = document.elementsFromPoint(left + width * x, top + height * y);
        const panel = document.querySelector('[data-testid="panel"]');
        return hit.includes(node) && (panel === null || !hit.includes(panel));
      }),
    );
  });
  expect(uncovered).toBe(true);
  expect(strangers).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});
