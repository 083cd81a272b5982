import { expect, test, type Page } from '@playwright/test';
import { openPagesWorld, type PagesWorld } from './pages-world.ts';

let world: PagesWorld;
test.beforeAll(async ({ browser }) => {
  world = await openPagesWorld(browser);
});
test.afterAll(() => world.close());

/** Counts the notes that a page really starts, and says which were started while the browser let it sound. */
async function countNotes(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    Reflect.set(window, 'notes', 0);
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      Reflect.set(window, 'notes', Number(Reflect.get(window, 'notes')) + 1);
      start.call(this, when);
    };
  });
  return () => page.evaluate(() => Number(Reflect.get(window, 'notes')));
}

test('[SN34] time being up is seen, read out and heard; by who muted it, and by who touched nothing, only seen', async ({
  browser,
}) => {
  const ana = await world.ana.newPage();
  const rui = await world.rui.newPage();
  const calm = await browser.newContext({ reducedMotion: 'reduce' });
  await calm.addCookies(await world.rui.cookies());
  const quiet = await calm.newPage();
  const notes = [await countNotes(ana), await countNotes(rui), await countNotes(quiet)];
  for (const page of [ana, rui, quiet]) await page.clock.install();
  await ana.goto(`${world.url}/sessions`);
  await ana.getByRole('button', { name: 'Open the session' }).click();
  await ana.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  const address = ana.url();
  await rui.goto(address);
  await quiet.goto(address);
  await ana.getByRole('button', { name: 'Start the session' }).click();
  for (const page of [ana, rui, quiet]) await expect(page.getByTestId('timer')).toHaveText(/^(3:00|2:5\d)$/);
  // Asked for less movement: off, until it is switched on. Rui has touched nothing yet.
  await expect(quiet.getByRole('button', { name: 'Sound when time is up' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await expect(rui.getByRole('button', { name: 'Sound when time is up' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  for (const page of [ana, rui, quiet]) {
    await page.clock.fastForward('03:02');
    await expect(page.getByTestId('timer')).toHaveText('time is up');
    await expect(page.getByRole('alert').filter({ hasText: 'Time is up.' })).toHaveCount(1);
  }
  await expect.poll(notes[0] ?? (() => 0)).toBe(2);
  expect(await notes[1]?.()).toBe(0);
  expect(await notes[2]?.()).toBe(0);

  // Muted by hand, and kept so.
  await ana.getByRole('button', { name: 'Sound when time is up' }).click();
  await ana.reload();
  await expect(ana.getByRole('button', { name: 'Sound when time is up' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await ana.getByRole('button', { name: '+1 minute' }).click();
  await expect(ana.getByTestId('timer')).toHaveText(/^\d:\d\d$/);
  await ana.getByRole('button', { name: 'End the session' }).click();
  await ana.getByRole('button', { name: 'Leave these open and end' }).click();
  await ana.waitForURL(/\/minutes$/);
  await Promise.all([ana.close(), rui.close(), calm.close()]);
});
