import type { Locator, Page } from '@playwright/test';
import type { PagesWorld } from './pages-world.ts';

/** Opens a session on the world's board, as who leads it. Returns its address. */
export async function openOnBoard(
  page: Page,
  { url, boardId }: PagesWorld,
  kind: string,
  more: { readonly window?: string } = {},
): Promise<string> {
  await page.goto(`${url}/sessions`);
  await page.getByLabel('Meeting').selectOption({ value: kind });
  await page.getByLabel('Team').selectOption('');
  await page.getByLabel('Board').selectOption({ value: boardId });
  if (more.window !== undefined) await page.getByLabel('How it is held').selectOption({ value: more.window });
  await page.getByRole('button', { name: 'Open the session' }).click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  return page.url();
}

/** The title of the section that is shown. */
export const section = (page: Page): Locator =>
  page.getByTestId('section').getByRole('heading', { level: 2 });

/** The first row of the section that says this. */
export const row = (page: Page, title: string): Locator =>
  page.getByTestId('section').getByRole('listitem').filter({ hasText: title }).first();
