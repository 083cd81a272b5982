import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { callApi } from './call-api.ts';
import { inDays } from './soon.ts';
import type { TestServer } from '../support/server.ts';
import { openWorldLike } from './world-template.ts';

/** A real server with an organisation, the teams Payments (Ana leads) and Platform (Ben leads), and Ola who only looks. */
export interface BoardWorld {
  readonly server: TestServer;
  readonly url: string;
  readonly ana: BrowserContext;
  readonly ben: BrowserContext;
  readonly ola: BrowserContext;
  readonly anaKey: string;
  readonly benKey: string;
  /** A new quarterly planning board with both teams; answers its id. */
  newBoard(title: string): Promise<string>;
  api<T = Answer>(method: string, path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

/** What a call answers, as far as these tests look into it. */
export interface Answer {
  readonly id: string;
  readonly token: string;
  readonly key: string;
  readonly name: string;
  readonly objectKey: string;
  readonly status: string;
  readonly user: { readonly id: string; readonly key: string };
  readonly items: readonly Answer[];
}

const password = 'a walk along the quiet river';

/** What is known of the world once it is made. */
interface Facts {
  readonly token: string;
  readonly anaKey: string;
  readonly benKey: string;
  readonly period: string | undefined;
  readonly teams: readonly string[];
  readonly ana: SignedIn;
  readonly ben: SignedIn;
  readonly ola: SignedIn;
}

type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

export async function openBoardWorld(browser: Browser): Promise<BoardWorld> {
  const { server, facts } = await openWorldLike('board', (at) => furnish(browser, at.url));
  const { url } = server;
  const { anaKey, benKey, period, teams } = facts;
  const api = <T = Answer>(method: string, path: string, body?: unknown) =>
    callApi<T>(url, facts.token, method, path, body);
  const context = (storageState: SignedIn) =>
    browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
  const [ana, ben, ola] = [await context(facts.ana), await context(facts.ben), await context(facts.ola)];
  return {
    ...{ server, url, ana, ben, ola, api, anaKey, benKey },
    newBoard: async (title) => {
      const template = 'quarterly-planning';
      return (await api('POST', '/boards', { title, template, period, teams, columns: true })).id;
    },
    close: async () => {
      for (const it of [ana, ben, ola]) await it.close();
      await server.dispose();
    },
  };
}

async function furnish(browser: Browser, url: string): Promise<Facts> {
  const made = await callApi<Answer>(url, '', 'POST', '/setup', {
    ...{ organisation: 'Northwind', name: 'Ana Kovač', email: 'ana@example.org', password, timezone: 'UTC' },
    teams: ['Payments', 'Platform'],
  });
  const { token } = made;
  const api = <T = Answer>(method: string, path: string, body?: unknown) =>
    callApi<T>(url, token, method, path, body);
  const teams = (await api('GET', '/teams')).items;
  const teamId = (name: string) => teams.find((it) => it.name === name)?.id ?? '';
  const contexts = [
    await browser.newContext(),
    await browser.newContext(),
    await browser.newContext(),
  ] as const;
  const [ana, ben, ola] = contexts;
  const board = await api('POST', '/boards', { title: 'First', template: 'blank' });
  const invite = async (role: string) =>
    `${url}/invite/${(await api('POST', '/invites', { role, boardId: board.id })).token}`;
  await join(browser, ben, await invite('member'), 'Ben Ito', 'ben@example.org');
  await join(browser, ola, await invite('observer'), 'Ola Nor', 'ola@example.org');
  const person = (await api('GET', '/people')).items.find((it) => it.name === 'Ben Ito');
  await api('POST', `/teams/${teamId('Payments')}/members`, { personId: made.user.id, role: 'lead' });
  await api('POST', `/teams/${teamId('Platform')}/members`, { personId: person?.id, role: 'lead' });
  await signIn(ana, url);
  const periods = (await api<{ items: { id: string; kind: string; end: string }[] }>('GET', '/periods'))
    .items;
  const [anaIn, benIn, olaIn] = [
    await ana.storageState(),
    await ben.storageState(),
    await ola.storageState(),
  ];
  for (const it of contexts) await it.close();
  return {
    ...{ token, anaKey: made.user.key, benKey: person?.key ?? '' },
    ...{ ana: anaIn, ben: benIn, ola: olaIn, teams: teams.map((it) => it.id) },
    period: periods.find((it) => it.kind === 'quarter' && it.end > inDays(30))?.id,
  };
}

async function signIn(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail').fill('ana@example.org');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/home');
  await page.close();
}

/** Joins by the invite's one form in a browser without JavaScript, and hands the sign-in to `context`. */
async function join(browser: Browser, context: BrowserContext, link: string, name: string, email: string) {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: /Join/ }).click();
  await page.waitForURL(/\/board\//);
  await context.addCookies(await plain.cookies());
  await plain.close();
}

/** Opens a board's canvas and waits until it can be worked on. */
export async function openCanvas(context: BrowserContext, url: string, board: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/board/${board}?view=canvas`);
  await expect(page.locator('.tl-canvas')).toBeVisible({ timeout: 30_000 });
  await saved(page);
  return page;
}

export const saved = (page: Page) =>
  expect(page.getByTestId('save-status')).toHaveAttribute('data-save', 'saved', { timeout: 20_000 });

export const area = (page: Page, name: string): Locator =>
  page.locator('.tl-shape[data-shape-type="area"]').filter({ hasText: name });

export const card = (page: Page, title: string): Locator =>
  page.locator('.tl-shape[data-shape-type="objective"]').filter({ hasText: title });

/** A point inside an area, as shares of its width and height. */
export async function pointIn(page: Page, name: string, across: number, down: number) {
  const box = await area(page, name).boundingBox();
  if (!box) throw new Error(`The area ${name} is not on the screen.`);
  return { x: box.x + box.width * across, y: box.y + box.height * down };
}

/** Double click in an area, type the title, Enter. */
export async function addCard(page: Page, team: string, title: string, across = 0.15): Promise<void> {
  const { x, y } = await pointIn(page, team, across, 0.5);
  await page.mouse.dblclick(x, y);
  await page.locator('.bc-title-field').waitFor();
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
  await expect(card(page, title)).toBeVisible();
}

export async function centre(of: Locator) {
  const box = await of.boundingBox();
  if (!box) throw new Error('It is not on the screen.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Pulls from one point to another with the mouse, slowly enough for the canvas to follow. */
export async function pull(
  page: Page,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 8 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}
