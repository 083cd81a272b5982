import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { addCard, card, openBoardWorld, openCanvas, saved, type BoardWorld } from './board-world.ts';

let world: BoardWorld;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  world = await openBoardWorld(browser);
});
test.afterAll(async () => {
  await world.close();
});

const axe = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).exclude('.tl-container').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
};

test('[TT7] one person restores the board to a time, and everybody in the room sees it at once', async () => {
  const board = await world.newBoard('Spring');
  const ana = await openCanvas(world.ana, world.url, board);
  const ben = await openCanvas(world.ben, world.url, board);
  await addCard(ana, 'Payments', 'Ship the ledger');
  await saved(ana);
  await expect(card(ben, 'Ship the ledger')).toBeVisible();
  const then = (await world.api<{ stretches: { seq: number }[] }>('GET', `/boards/${board}/history`))
    .stretches;
  await addCard(ben, 'Platform', 'A second thought');
  await saved(ben);
  await expect(card(ana, 'A second thought')).toBeVisible();
  await card(ben, 'Ship the ledger').click();
  await ben.keyboard.press('Delete');
  await expect(card(ana, 'Ship the ledger')).toHaveCount(0);
  await saved(ben);

  const looking = await world.ana.newPage();
  await looking.goto(`${world.url}/board/${board}?view=canvas`);
  await looking.getByRole('button', { name: 'Snapshots' }).click();
  await looking.getByRole('link', { name: 'Go to a time…' }).click();
  await expect(looking.getByRole('button', { name: 'Restore the board to this moment' })).toBeDisabled();
  // The slider goes by steps of the log, with the keyboard as well.
  const slider = looking.getByLabel('Moment');
  await slider.focus();
  await slider.press('Home');
  await expect(looking).toHaveURL(/edit=\d+/);
  await expect(looking.locator('output')).toContainText('edit');
  await looking.goto(`${world.url}/board/${board}/moment?edit=${then.at(-1)?.seq}`);
  await expect(card(looking, 'Ship the ledger')).toBeVisible({ timeout: 20_000 });
  await expect(card(looking, 'A second thought')).toHaveCount(0);
  await expect(looking.getByText(/^Last edited by .*Ana Kovač/)).toBeVisible();
  // Its exact time leads to the same board.
  await looking.getByRole('button', { name: 'Go', exact: true }).click();
  await expect(looking).toHaveURL(/at=/);
  await expect(card(looking, 'Ship the ledger')).toBeVisible({ timeout: 20_000 });
  await axe(looking);
  // A second may hold edits of several people: one of them is restored to.
  await looking.goBack();
  await expect(looking).toHaveURL(/edit=/);
  await expect(card(looking, 'Ship the ledger')).toBeVisible({ timeout: 20_000 });
  await looking.getByRole('button', { name: 'Restore the board to this moment' }).click();
  const question = looking.getByRole('dialog');
  await expect(question.getByRole('heading', { name: /^Comes back/ })).toBeVisible();
  await expect(question.getByRole('listitem').filter({ hasText: 'Ship the ledger' })).toBeVisible();
  await expect(question.getByRole('listitem').filter({ hasText: 'A second thought' })).toBeVisible();
  await axe(looking);
  await question.getByRole('button', { name: 'Restore the board' }).click();

  for (const page of [ana, ben, looking]) {
    await expect(card(page, 'Ship the ledger')).toBeVisible({ timeout: 20_000 });
    await expect(card(page, 'A second thought')).toHaveCount(0);
  }
  // Undone by going back to the moment before.
  await looking.getByRole('button', { name: 'The moment before' }).click();
  await expect(card(looking, 'A second thought')).toBeVisible({ timeout: 20_000 });
  await looking.getByText('Restored once').click();
  await expect(looking.getByText(/^Ana Kovač, .*: to /)).toBeVisible();
  await looking.getByRole('button', { name: 'Restore the board to this moment' }).click();
  await looking.getByRole('dialog').getByRole('button', { name: 'Restore the board' }).click();
  await expect(card(ben, 'A second thought')).toBeVisible();
  await expect(card(ben, 'Ship the ledger')).toHaveCount(0);

  // Who does not manage the board looks, and restores nothing; without JavaScript the form still goes to a time.
  const ola = await world.ola.newPage();
  await ola.goto(`${world.url}/board/${board}/moment`);
  await expect(ola.getByLabel('Exact time')).toBeVisible();
  await expect(ola.getByRole('button', { name: /^Restore/ })).toHaveCount(0);
  await ola.goto(`${world.url}/board/${board}/moment?at=1999-01-01T10:00`);
  await expect(ola.getByText(/does not reach back to that moment/)).toBeVisible();
  await Promise.all([ana, ben, looking, ola].map((page) => page.close()));
});
