import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openPagesWorld, type PagesWorld } from './pages-world.ts';
import { inDays } from './soon.ts';

let world: PagesWorld;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  world = await openPagesWorld(browser);
});
test.afterAll(() => world.close());

test('[DC20][DC4] a decision is written down in a session within thirty seconds by keyboard; the rest comes later', async () => {
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/sessions`);
  await page.getByLabel('Meeting').selectOption({ value: 'custom' });
  await page.getByLabel('Team').selectOption('');
  await page.getByLabel('Board').selectOption({ value: world.boardId });
  await page.getByRole('button', { name: 'Open the session' }).click();
  await page.getByRole('button', { name: 'Start the session' }).click();
  await page.getByRole('button', { name: /^Next/ }).click();
  const form = page.getByRole('form', { name: 'New decision' });
  await form.getByLabel('Question').focus();
  const began = Date.now();
  await page.keyboard.type('Which bank do we ask first?', { delay: 60 });
  await page.keyboard.press('Tab');
  await page.keyboard.type('The northern one', { delay: 60 });
  await page.keyboard.press('Tab');
  await page.keyboard.type('rui', { delay: 60 });
  await page.keyboard.press('Tab');
  const [year = '', month = '', day = ''] = inDays(10).split('-');
  await page.keyboard.type(`${month}${day}${year}`, { delay: 60 });
  await page.keyboard.press('Enter');
  const line = page.getByTestId('section').getByRole('link', { name: 'Which bank do we ask first?' });
  await expect(
    line.or(page.getByTestId('section').getByText('Which bank do we ask first?')).first(),
  ).toBeVisible();
  expect(Date.now() - began).toBeLessThan(30_000);

  const [found] = (await world.api('GET', '/decisions')).items;
  const { id } = found ?? { id: '' };
  expect(await world.api('GET', `/decisions/${id}`)).toMatchObject({
    chosen: 'The northern one',
    neededBy: inDays(10),
    status: 'in-force',
  });
  await page.goto(`${world.url}/decisions/${id}`);
  await expect(page.getByText('Rui Mora').first()).toBeVisible();
  await page.locator('summary', { hasText: 'Fill in what was left empty' }).click();
  await page.getByLabel('Options').fill('North | fast | dear | 2 %\nSouth');
  await page.getByLabel('What it sets').fill('bank north');
  await page.getByRole('button', { name: 'Fill in', exact: true }).click();
  await expect(page.getByText('Choose the promises it touches').first()).toBeVisible();
  await expect(page.getByLabel('Options')).toHaveValue('North | fast | dear | 2 %\nSouth');
  const audit = await new AxeBuilder({ page }).analyze();
  expect(audit.violations.map((it) => it.id)).toEqual([]);
  await page.getByLabel('What it sets').fill('bank = north');
  await page.getByRole('checkbox', { name: 'Refunds under one hour' }).check();
  await page.getByRole('button', { name: 'Fill in', exact: true }).click();
  await expect(page.getByText('For: fast')).toBeVisible();
  await expect(page.getByText('bank: north')).toBeVisible();
  await expect(page.getByText('The northern one').first()).toBeVisible();
  await page.close();
});

test('[AS14][AS12] an assumption is watched by a question to somebody, who finds it and answers', async () => {
  const page = await world.ana.newPage();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${world.url}/assumptions/new`);
  await page.getByLabel('What the plan takes for granted').fill('Platform ships in June');
  await page.getByText('More, if it helps').click();
  await page.getByLabel('Next check').fill(inDays(-1));
  await page.getByLabel('Or watch a day').fill(inDays(9));
  await page.getByLabel('Or ask somebody').selectOption({ label: 'Rui Mora' });
  await page.getByLabel('What they are asked').fill('Still in June?');
  await page.getByRole('button', { name: 'New assumption' }).click();
  await expect(page.getByText('Watch one thing').first()).toBeVisible();
  await expect(page.getByLabel('What they are asked')).toHaveValue('Still in June?');
  await page.getByLabel('Or watch a day').fill('');
  await page.getByRole('button', { name: 'New assumption' }).click();
  await expect(page.getByText('Ask Rui Mora: Still in June?')).toBeVisible();
  await page.close();

  const rui = await world.rui.newPage();
  await rui.goto(`${world.url}/home`);
  await expect(rui.getByText('You are asked about it')).toBeVisible();
  await rui.getByRole('link', { name: 'Platform ships in June' }).click();
  await rui.getByRole('radio', { name: 'It holds' }).check();
  await rui.getByLabel('Confidence that it holds').fill('80');
  await rui.getByRole('button', { name: 'Record the check' }).click();
  await expect(rui.getByText('Checked: it holds.')).toBeVisible();
  await rui.goto(`${world.url}/home`);
  await expect(rui.getByText('You are asked about it')).toHaveCount(0);
  await rui.close();
});

test('[TG20][TG21][TG23] the strategy and a signal are written on their pages, once wanted', async () => {
  await world.api('POST', `/boards/${world.boardId}/import`, {
    ...{ format: 'throughline-plan/1', title: 'Quarter planning', organisation: { name: 'Northwind' } },
    period: { label: 'Test quarter', start: inDays(-10), end: inDays(80) },
    ...{ teams: [], people: [], objectives: [], dependencies: [], risks: [], decisions: [] },
    ...{ assumptions: [], updates: [], priorities: [{ key: 'grow', title: 'Grow in the north', why: '' }] },
  });
  const page = await world.ana.newPage();
  await page.goto(`${world.url}/strategy`);
  await page.getByRole('link', { name: 'Write the strategy' }).first().click();
  await page.getByLabel('The time it is for').fill('Next year');
  await page.getByLabel('Where to').fill('Every shop in the north.');
  await page.getByText('More, if it helps').click();
  const under = page.getByRole('group', { name: /^Priorities under where to/ });
  await under.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Write the strategy' }).click();
  await expect(page.getByText('Every shop in the north.')).toBeVisible();
  await expect(page.getByText('Priorities: where to')).toBeVisible();
  await page.locator('summary', { hasText: 'Change what is written' }).click();
  await page.getByLabel('Markets').fill('Two more countries.');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(page.getByText('Changed markets.')).toBeVisible();
  await expect(page.getByText('Priorities: where to')).toBeVisible();

  await page.goto(`${world.url}/decisions`);
  await page.getByRole('navigation', { name: 'Registers' }).getByRole('link', { name: 'Signals' }).click();
  await page.getByRole('link', { name: 'Note a signal' }).first().click();
  await page.getByLabel('What was seen').fill('A rival halves its price');
  await page.getByLabel('Where').selectOption({ label: 'Competitors' });
  await page.getByLabel('Speaks for or against').selectOption({ label: 'Platform ships in June' });
  await page.getByRole('button', { name: 'Note a signal' }).click();
  await expect(page.getByRole('link', { name: 'Platform ships in June' })).toBeVisible();
  await page.goto(`${world.url}/commitments/${await world.commitment('refunds')}`);
  await expect(page.getByRole('link', { name: 'Note a signal' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Write the strategy' })).toHaveCount(0);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    for (const path of ['/strategy', '/strategy/new', '/signals', '/signals/new']) {
      await page.goto(`${world.url}${path}`);
      const audit = await new AxeBuilder({ page }).analyze();
      expect([path, audit.violations.map(({ id }) => id)]).toEqual([path, []]);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([path, wider]).toEqual([path, 0]);
    }
  }
  await page.close();
});
