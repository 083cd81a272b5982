import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { encodeNack } from '../../src/protocol/messages.ts';
import { addCard, card, openBoardWorld, saved, type BoardWorld } from './board-world.ts';
import { Line, status } from './line-in-hand.ts';

// What the page says about saving, each under exactly its condition, and what it asks before something is lost.

let world: BoardWorld;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  world = await openBoardWorld(browser);
});
test.afterAll(async () => {
  await world.close();
});

test('[PG40] Saved, Saving and Offline with its count are each shown under their condition', async () => {
  const board = await world.newBoard('Honest');
  const page = await world.ana.newPage();
  const line = await Line.under(page);
  await page.goto(`${world.url}/board/${board}?view=canvas`);
  await saved(page);
  await addCard(page, 'Payments', 'First');
  await expect(card(page, 'First')).toBeVisible();
  await saved(page);
  await expect(status(page)).toContainText('Saved');

  line.hold();
  await addCard(page, 'Payments', 'Second', 0.5);
  await expect(status(page)).toHaveText('Saving…');
  line.release();
  await expect(status(page)).toContainText('Saved');

  await line.cut();
  await expect(status(page)).toHaveText(/Offline/);
  await addCard(page, 'Platform', 'Third');
  await expect(status(page)).toHaveText(/Offline — \d+ changes? kept on this device/);
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(card(page, 'Third')).toBeVisible();
  line.heal();
  await saved(page);
  await page.close({ runBeforeUnload: true });
});

test('[PG41] what the server does not keep is said with its reason, and can be downloaded', async () => {
  const board = await world.newBoard('Refused');
  const page = await world.ana.newPage();
  const line = await Line.under(page);
  await page.goto(`${world.url}/board/${board}?view=canvas`);
  await saved(page);
  line.hold();
  await addCard(page, 'Payments', 'No room for this');
  await expect(status(page)).toHaveText('Saving…');
  line.tell(encodeNack(0, 1, 'disk-full', ''));
  await expect(status(page)).toContainText(/Not saved: .*Download a copy/);
  const download = page.waitForEvent('download');
  await status(page).getByRole('button', { name: 'Download a copy' }).click();
  const copy = await readFile(await (await download).path(), 'utf8');
  expect(copy).toContain('No room for this');
  line.release();
  await saved(page);
  await page.close({ runBeforeUnload: true });
});
