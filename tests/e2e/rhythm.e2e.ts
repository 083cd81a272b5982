import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openPagesWorld, type PagesWorld } from './pages-world.ts';
import { inDays } from './soon.ts';

let world: PagesWorld;
let page: Page;
/** The ritual and one of its meetings, by their addresses. */
let ritual = '';
let meeting = '';

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  world = await openPagesWorld(browser);
  page = await world.ana.newPage();
});
test.afterAll(() => world.close());

/** A day within the next weeks on which no booked ritual meets. */
const aWednesday = (): string =>
  [2, 3, 4, 5, 6, 7, 8].map(inDays).find((day) => new Date(day).getUTCDay() === 3) ?? inDays(2);

const heading = () => page.getByRole('heading', { level: 1 });

test('[PG70] the rhythm is booked at once, and the next meetings stand under Rhythm', async () => {
  await page.goto(`${world.url}/rhythm/book?team=all`);
  await page.getByRole('button', { name: 'Book them' }).click();
  await page.waitForURL('**/rhythm');
  const meetings = page.getByRole('list', { name: 'Next meetings' });
  await expect(meetings.getByRole('link').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Rituals' }).getByRole('link').first()).toBeVisible();
  meeting = new URL((await meetings.getByRole('link').first().getAttribute('href')) ?? '', world.url).href;
  await page.goto(meeting);
  ritual = (await page.getByRole('link', { name: /Change the ritual/ }).getAttribute('href')) ?? '';
});

test('[PG71] a meeting is skipped only with a reason, moved, and put back', async () => {
  await page.goto(meeting);
  await page.locator('summary', { hasText: 'Skip it' }).click();
  await page.getByRole('button', { name: 'Skip it' }).click();
  await expect(page.getByLabel('Why').first()).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Why').first().fill('Everybody travels.');
  await page.getByRole('button', { name: 'Skip it' }).click();
  await expect(page.getByText('Everybody travels.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Skip it' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Put it back' }).click();
  await expect(page.getByText('Everybody travels.')).toHaveCount(0);
  await page.locator('summary', { hasText: 'Move it' }).click();
  await page.getByLabel('At', { exact: true }).fill('15:45');
  await page.getByRole('button', { name: 'Move it' }).click();
  await expect(page.getByText(/(15|3):45/).first()).toBeVisible();
});

test('[PG71] one more meeting is added to a ritual', async () => {
  await page.goto(`${world.url}${ritual}`);
  await page.locator('summary', { hasText: 'Add a meeting' }).click();
  const form = page.getByRole('form', { name: 'Add a meeting' });
  await form.getByLabel('On', { exact: true }).fill(aWednesday());
  await form.getByLabel('At', { exact: true }).fill('07:15');
  await form.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByRole('region', { name: 'Ahead' }).getByText(/7:15/)).toBeVisible();
});

test('[PG72] a calendar address is shown once, is read by a calendar program, and opens nothing once revoked', async () => {
  await page.goto(`${world.url}/rhythm/feeds`);
  await page.getByRole('button', { name: 'Make the address' }).click();
  const address = await page.getByLabel('The new address').inputValue();
  const read = await fetch(address);
  expect(read.status).toBe(200);
  expect(await read.text()).toContain('BEGIN:VEVENT');
  await page.reload();
  await expect(page.getByLabel('The new address')).toHaveCount(0);
  await page.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('button', { name: 'Revoke' })).toHaveCount(0);
  expect((await fetch(address)).status).toBe(404);
});

test('[PG73] a list of holidays that is not understood is kept as typed; once right it stands there', async () => {
  await page.goto(`${world.url}/settings/days`);
  await page.locator('summary', { hasText: 'Add holidays' }).click();
  const list = page.locator('textarea[name=list]');
  await list.fill('the day after tomorrow');
  await page.getByRole('button', { name: 'Add them' }).click();
  await expect(list).toHaveAttribute('aria-invalid', 'true');
  await expect(list).toHaveValue('the day after tomorrow');
  await list.fill(`${inDays(20)} Founders’ day`);
  await page.getByRole('button', { name: 'Add them' }).click();
  await expect(page.getByRole('row', { name: /Founders’ day/ })).toBeVisible();
  // The same from a file, as calendars of holidays come.
  const day = inDays(30).replaceAll('-', '');
  await page.locator('summary', { hasText: 'Add holidays' }).click();
  await page.getByLabel('Or a calendar file').setInputFiles({
    ...{ name: 'holidays.ics', mimeType: 'text/calendar' },
    buffer: Buffer.from(
      `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:${day}\r\nSUMMARY:Harbour day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
    ),
  });
  await page.getByRole('button', { name: 'Add them' }).click();
  await expect(page.getByRole('row', { name: /Harbour day/ })).toBeVisible();
});

test('[PG71] this and the following meetings get another time: the series is split', async () => {
  await page.goto(`${world.url}${ritual}`);
  await page.locator('summary', { hasText: 'Change it' }).click();
  const form = page.getByRole('form', { name: 'Change the ritual' });
  await form.getByRole('radio', { name: /one and the following/ }).check();
  await form.getByLabel('From the meeting of').selectOption({ index: 2 });
  await form.getByLabel('At', { exact: true }).fill('16:20');
  await form.getByRole('button', { name: 'Change it' }).click();
  await page.waitForURL((url) => url.pathname !== ritual);
  await expect(page.getByRole('region', { name: 'Ahead' }).getByText(/4:20/).first()).toBeVisible();
  await page.locator('summary', { hasText: 'History' }).click();
  await expect(page.getByText('Parts of this series:')).toBeVisible();
});

test('[PG70] the rhythm of a board is booked from the board before its commit, on a phone too', async () => {
  const { id } = await world.api('POST', '/boards', { title: 'Winter plan' });
  const strip = page.getByRole('navigation', { name: 'Rhythm of this board' });
  const beyond = () => strip.evaluate((it) => it.scrollWidth - it.clientWidth);
  await page.setViewportSize({ width: 390, height: 844 });
  const teams = (await world.api('GET', '/teams')).items;
  const plan = await world.api('POST', '/boards', { title: 'Team plan', teams: [teams[0]?.id] });
  await page.goto(`${world.url}/board/${plan.id}`);
  expect(await beyond()).toBe(0);
  await strip.getByRole('link', { name: 'Book the rhythm' }).click();
  await page.getByRole('button', { name: 'Book them' }).click();
  await page.waitForURL(`**/board/${plan.id}`);
  await expect(strip.getByRole('link', { name: /Weekly/ })).toBeVisible();
  expect(await beyond()).toBe(0);
  // What everybody holds anyway serves a board of everybody.
  await page.goto(`${world.url}/board/${id}`);
  await expect(strip.getByRole('link', { name: /Weekly/ })).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('[PG24] pages of the rhythm pass axe, light and dark, wide and on a phone, and never scroll sideways', async () => {
  test.setTimeout(180_000);
  const paths = [
    ...[
      '/rhythm',
      '/rhythm/book?team=all',
      '/rhythm/new',
      '/rhythm/feeds',
      ritual,
      new URL(meeting).pathname,
    ],
    ...['/settings/calendar', '/settings/days', '/settings/notifications', '/inbox'],
  ];
  const faults: string[] = [];
  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    for (const path of paths) {
      await page.goto(`${world.url}${path}`);
      await expect(heading()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) faults.push(`${path} ${id}: ${String(nodes[0]?.target)}`);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wider > 0) faults.push(`${path} is ${wider} px wider than ${width}`);
    }
  }
  expect(faults).toEqual([]);
});
