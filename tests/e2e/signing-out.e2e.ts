import { expect, test, type Page } from '@playwright/test';
import { addCard, area, card, openBoardWorld, saved, type BoardWorld } from './board-world.ts';
import { Line, status } from './line-in-hand.ts';

// Leaving the device with work that is not saved.

let world: BoardWorld;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  world = await openBoardWorld(browser);
});
test.afterAll(async () => {
  await world.close();
});

/** Opens the menu of one's name on My week. Before its script has come the same button leads to the settings: then once more. */
async function openMenu(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto(`${world.url}/home`);
    await page.getByRole('button', { name: /account and appearance/ }).click();
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

test('[PG42] signing out with unsaved changes asks, and then leaves nothing on the device', async () => {
  const board = await world.newBoard('Leaving');
  const page = await world.ben.newPage();
  const line = await Line.under(page);
  await page.goto(`${world.url}/board/${board}?view=canvas`);
  await saved(page);
  // The canvas itself comes over the line, too.
  await expect(area(page, 'Platform')).toBeVisible();
  await line.cut();
  await addCard(page, 'Platform', 'Only here');
  await expect(status(page)).toHaveText(/Offline — \d+ changes? kept/);
  await expect(card(page, 'Only here')).toBeVisible();
  await page.close();
  const home = await world.ben.newPage();
  const signOut = async () => {
    await openMenu(home);
    await home.getByRole('menuitem', { name: 'Sign out' }).click();
  };
  await signOut();
  const question = home.getByRole('dialog', { name: /Sign out with changes that are not saved/ });
  await expect(question).toContainText(/\d+ changes? made on this device/);
  await question.screenshot({ path: 'test-results/sign-out-question.png' });
  await question.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(question).toBeHidden();
  await signOut();
  await question.getByRole('button', { name: /Sign out and delete/ }).click();
  await home.waitForURL('**/sign-in');
  const left = await home.evaluate(async () => {
    const open = indexedDB.open('throughline-live');
    const db = await new Promise<IDBDatabase>((resolve) => (open.onsuccess = () => resolve(open.result)));
    const counts: number[] = [];
    for (const name of ['outbox', 'row', 'board', 'part', 'copy']) {
      const asked = db.transaction(name).objectStore(name).count();
      counts.push(await new Promise<number>((resolve) => (asked.onsuccess = () => resolve(asked.result))));
    }
    return counts;
  });
  expect(left).toEqual([0, 0, 0, 0, 0]);
  await home.close();
});

test('[PG42] signing out with everything saved asks nothing', async () => {
  const page = await world.ola.newPage();
  await openMenu(page);
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.close();
});
