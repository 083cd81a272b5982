import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openPagesWorld, type PagesWorld } from './pages-world.ts';
import { openOnBoard, section } from './session-steps.ts';

let world: PagesWorld;
test.beforeAll(async ({ browser }) => {
  world = await openPagesWorld(browser);
});
test.afterAll(() => world.close());

test('[SN52] [SN51] [SN65] who leads is told what another one who leads did, by name, also when pressing too late; silence shows', async () => {
  const ana = await world.ana.newPage();
  const rui = await world.rui.newPage();
  const address = await openOnBoard(ana, world, 'weekly');
  await rui.goto(address);
  await ana.getByRole('button', { name: 'Let lead too' }).click();
  await expect(rui.getByText('Ana Kovač shared the lead with you')).toBeVisible();
  await ana.getByRole('button', { name: 'Start the session' }).click();
  await expect(rui.getByText('Ana Kovač started the session')).toBeVisible();

  // Another window of Ana's that hears of nothing.
  const slow = await world.ana.newPage();
  await slow.route('**/live', () => undefined);
  await slow.goto(address);
  const here = await section(ana).textContent();
  await rui.getByRole('button', { name: /^Next/ }).click();
  await expect(section(ana)).not.toHaveText(here ?? '');
  const there = (await section(ana).textContent()) ?? '';
  await expect(ana.getByText(`Rui Mora moved on to ${there}`)).toBeVisible();
  await expect(section(slow)).toHaveText(here ?? '');
  await slow.getByRole('button', { name: /^Next/ }).click();
  await expect(
    slow.getByText(`Rui Mora already moved on to ${there}. This is how it stands now`),
  ).toBeVisible();
  // It is shown, and nothing was pressed twice.
  await expect(section(slow)).toHaveText(there);
  await expect(section(ana)).toHaveText(there);

  // Without a line nothing can be pressed, and what is typed waits.
  const on = rui.getByRole('button', { name: /^Next/ });
  await rui.getByLabel('Park something').fill('The budget');
  await world.rui.setOffline(true);
  await expect(on).toBeDisabled();
  await rui.getByRole('button', { name: 'Park', exact: true }).click();
  await expect(rui.getByText('What you typed stays; press again when it is back.')).toBeVisible();
  await world.rui.setOffline(false);
  await expect(on).toBeEnabled();
  await expect(rui.getByLabel('Park something')).toHaveValue('The budget');
  await rui.getByRole('button', { name: 'Park', exact: true }).click();
  await expect(ana.getByText('The budget', { exact: true })).toBeVisible();

  // The line of Rui breaks off: the server answers Ana's next beat with an older time of hearing of Rui.
  const person = (await world.api('GET', '/people')).items.find((it) => it.name === 'Rui Mora')?.id ?? '';
  await ana.route('**/beat', async (route) => {
    const answer = await route.fetch();
    const said = (await answer.json()) as { serverTime: number; heard: Record<string, number> };
    expect(said.heard[person]).toBeGreaterThan(0);
    const came = { ...said, serverTime: said.serverTime + 30_000 };
    await route.fulfill({ response: answer, json: came });
  });
  await expect(ana.getByRole('listitem').filter({ hasText: 'Rui Mora' }).last()).toContainText(
    'reconnecting',
    {
      timeout: 20_000,
    },
  );
  await Promise.all([ana.close(), rui.close(), slow.close()]);
});

test('[SN53] a section is prepared to close its input, and says so to everybody', async () => {
  const ana = await world.ana.newPage();
  const rui = await world.rui.newPage();
  const address = await openOnBoard(ana, world, 'weekly');
  await rui.goto(address);
  await ana.getByRole('button', { name: 'Change', exact: true }).click();
  await ana.getByText('Prepare it').first().click();
  await ana.getByLabel('Close input when time is up').first().check();
  await ana.getByRole('button', { name: 'Keep it' }).first().click();
  await expect(rui.getByText('Input closes when time is up.')).toBeVisible();
  await Promise.all([ana.close(), rui.close()]);
});

test('[SN54] [SN55] a section offers its area of the board; with the spotlight the others’ boards follow, until one press', async () => {
  const ana = await world.ana.newPage();
  const rui = await world.rui.newPage();
  const address = await openOnBoard(ana, world, 'custom');
  await ana.getByRole('button', { name: 'Change', exact: true }).click();
  for (const [index, title, area] of [
    [0, 'Talk', 'Payments'],
    [1, 'What we agreed', 'Platform'],
  ] as const) {
    await ana.getByText('Prepare it', { exact: true }).nth(index).click();
    const form = ana.getByRole('form', { name: `Prepare ${title}` });
    await form.getByLabel('Area of the board').selectOption({ label: area });
    await form.getByRole('button', { name: 'Keep it' }).click();
    await expect(form.getByRole('button', { name: 'Keep it' })).toBeEnabled();
  }
  await rui.goto(address);
  await ana.getByRole('button', { name: 'Start the session' }).click();
  await expect(rui.getByTestId('area-offer')).toContainText('Payments');
  const board = await world.rui.newPage();
  await board.goto(`${world.url}/board/${world.boardId}?view=outline`);
  await board.getByRole('dialog').waitFor();
  await board.keyboard.press('Escape');
  const strip = board.getByTestId('area-strip');
  await expect(strip).toContainText('The room is at Payments');
  const heading = board.locator('h2[data-area]:focus');
  await strip.getByRole('button', { name: 'Go to area' }).click();
  await expect(heading).toContainText('Payments');

  await ana.getByRole('button', { name: 'Take the spotlight' }).click();
  await expect(strip).toContainText('Ana Kovač has the spotlight');
  await ana.getByRole('button', { name: /^Next/ }).click();
  await expect(heading).toContainText('Platform');
  await strip.getByRole('button', { name: 'Stop following' }).press('Enter');
  await ana.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(strip).toContainText('Payments');
  await expect(strip.getByRole('button', { name: 'Follow again' })).toBeFocused();
  await strip.getByRole('button', { name: 'Follow again' }).press('Enter');
  await expect(heading).toContainText('Payments');
  await Promise.all([ana.close(), rui.close(), board.close()]);
});

test('[SN66] [SN67] [SN69] [SN70] [SN71] a guest joins by code, votes, is the same voter after a reload, and is sent away', async ({
  browser,
}) => {
  const ana = await world.ana.newPage();
  const rui = await world.rui.newPage();
  const address = await openOnBoard(ana, world, 'custom');
  const id = address.split('/').at(-1) ?? '';
  await rui.goto(address);
  await ana.getByRole('button', { name: 'Let guests in' }).click();
  const shown = (await ana.getByTestId('guest-code').textContent()) ?? '';
  await expect(rui.getByText('Guests', { exact: true })).toHaveCount(0);

  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const guest = await phone.newPage();
  await guest.goto(`${world.url}/guest?code=${shown.replace(' ', '')}`);
  await guest.getByLabel('Your name').fill('Gil');
  await guest.getByRole('button', { name: 'Join' }).click();
  await guest.waitForURL(/\/guest\/room$/);
  await expect(ana.getByRole('listitem').filter({ hasText: 'Gil (guest)' })).toBeVisible();
  // The cookie goes to the guest's own pages and nowhere else, and no script reads it.
  const cookies = await phone.cookies(`${world.url}/guest/room`);
  expect(cookies).toMatchObject([{ name: 'guest', path: '/guest', httpOnly: true, sameSite: 'Lax' }]);
  expect(await phone.cookies(`${world.url}/sessions`)).toEqual([]);

  await ana.getByRole('button', { name: 'Start the session' }).click();
  await expect(guest.getByText('Section 1 of 2.')).toBeVisible();
  const item = { id: randomUUID(), title: 'Shall we ship?', owner: null };
  const { session } = await world.api('GET', `/sessions/${id}`);
  const open = { type: 'open-ballot', id: randomUUID(), items: [item], reveal: 'private', scale: 'five' };
  await world.api('POST', `/sessions/${id}/commands`, { command: open, expectedRev: session.rev });
  const vote = guest.getByRole('group', { name: 'Your vote on Shall we ship?' });
  await vote.getByRole('button', { name: '4', exact: true }).click();
  await expect(guest.getByTestId('votes')).toHaveText('1 of 3 have voted');
  await guest.reload();
  await expect(vote.getByRole('button', { name: '4', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await vote.getByRole('button', { name: '5', exact: true }).click();
  await expect(vote.getByRole('button', { name: '5', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(guest.getByTestId('votes')).toHaveText('1 of 3 have voted');
  await guest.getByLabel('Park something').fill('The coffee');
  await guest.getByRole('button', { name: 'Park', exact: true }).click();
  await expect(ana.getByText('The coffee', { exact: true })).toBeVisible();
  const found = await new AxeBuilder({ page: guest }).analyze();
  expect(found.violations.map(({ id: rule, nodes }) => [rule, nodes.map(({ html }) => html)])).toEqual([]);
  expect(await guest.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  const now = (await world.api('GET', `/sessions/${id}`)).session.rev;
  const reveal = { type: 'reveal', item: item.id };
  await world.api('POST', `/sessions/${id}/commands`, { command: reveal, expectedRev: now });
  await expect(guest.getByText('Gil (guest) 5')).toBeVisible();
  await ana.getByRole('button', { name: 'Send away' }).click();
  await guest.waitForURL(/\/guest$/);
  await expect(guest.getByText('its guests were asked to leave')).toBeVisible();
  await Promise.all([ana.close(), rui.close(), phone.close()]);
});
