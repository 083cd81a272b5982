import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { inDays, openRhythm } from './soon.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** A real server with an organisation, two teams, two people and a plan that was committed, as journey 2 leaves it. */
export interface PagesWorld {
  readonly server: TestServer;
  readonly url: string;
  readonly boardId: string;
  /** Ana leads Payments and administers; Rui leads Platform. */
  readonly ana: BrowserContext;
  readonly rui: BrowserContext;
  api(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Ids of the commitments by the keys of their cards. */
  commitment(key: string): Promise<string>;
  close(): Promise<void>;
}

/** What a call answers, as far as tests look into it. */
export interface Answer {
  readonly id: string;
  readonly token: string;
  readonly key: string;
  readonly name: string;
  readonly status: string;
  readonly objectKey: string;
  readonly user: { readonly id: string; readonly key: string };
  readonly person: { readonly id: string; readonly key: string };
  readonly items: readonly Answer[];
}

const password = 'a sentence that is easy to keep';

export async function openPagesWorld(browser: Browser): Promise<PagesWorld> {
  const server = await startServer({ readyWithinMs: 120_000 });
  const { url } = server;
  let token = '';
  const api = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token !== '' && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Answer;
  };
  const made = await api('POST', '/setup', {
    organisation: 'Northwind',
    name: 'Ana Kovač',
    email: 'ana@example.org',
    password,
    timezone: 'UTC',
    teams: ['Payments', 'Platform'],
  });
  token = made.token;
  const teams = (await api('GET', '/teams')).items;
  const team = (name: string): Answer => {
    const found = teams.find((it) => it.name === name);
    if (found === undefined) throw new Error(`There is no team ${name}.`);
    return found;
  };
  const board = await api('POST', '/boards', { title: 'Quarter planning', template: 'blank' });
  const invite = await api('POST', '/invites', { role: 'member', boardId: board.id });
  const rui = await browser.newContext();
  await joinWithoutScript(browser, rui, `${url}/invite/${invite.token}`, 'Rui Mora', 'rui@example.org');
  const ruiPerson = (await api('GET', '/people')).items.find((it) => it.name === 'Rui Mora');
  if (ruiPerson === undefined) throw new Error('Rui has not joined.');
  await api('POST', `/teams/${team('Payments').id}/members`, { personId: made.user.id, role: 'lead' });
  await api('POST', `/teams/${team('Platform').id}/members`, { personId: ruiPerson.id, role: 'lead' });
  const ana = await browser.newContext();
  await signIn(ana, url, 'ana@example.org');
  await api(
    'POST',
    `/boards/${board.id}/import`,
    plan(made.user.key, ruiPerson.key, team('Payments').key, team('Platform').key),
  );
  await api('POST', `/boards/${board.id}/commit`, {
    overrides: { reason: 'The test is about what follows.' },
    rhythm: openRhythm(),
  });
  return {
    server,
    url,
    boardId: board.id,
    ana,
    rui,
    api,
    commitment: async (key) => {
      const { items } = await api('GET', `/commitments?board=${board.id}`);
      const found = items.find((it) => it.objectKey === key);
      if (found === undefined) throw new Error(`Nothing is promised for ${key}.`);
      return found.id;
    },
    close: async () => {
      await ana.close();
      await rui.close();
      await server.dispose();
    },
  };
}

export async function signIn(context: BrowserContext, url: string, email: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/home');
  await page.close();
}

/** Joins by the invite's one form in a browser without JavaScript, and hands the sign-in to `context`. */
export async function joinWithoutScript(
  browser: Browser,
  context: BrowserContext,
  link: string,
  name: string,
  email: string,
): Promise<void> {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(link);
  await fillIn(page, { 'Your name': name, 'E-mail': email, Password: password });
  await page.getByRole('button', { name: /Join/ }).click();
  await expect(page).toHaveURL(/\/board\//);
  await context.addCookies(await plain.cookies());
  await plain.close();
}

export async function fillIn(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value);
}

function plan(ana: string, rui: string, payments: string, platform: string) {
  const objective = (key: string, title: string, team: string, owner: string) => ({
    key,
    title,
    why: 'Because customers asked.',
    team,
    owner,
    status: 'committed',
    due: inDays(60),
    measures: [
      { key: 'live', title: 'Markets live', kind: 'number', unit: 'markets', baseline: 0, target: 4 },
    ],
  });
  return {
    format: 'throughline-plan/1',
    title: 'Quarter planning',
    organisation: { name: 'Northwind' },
    period: { label: 'Test quarter', start: inDays(-10), end: inDays(80) },
    teams: [
      { key: payments, name: 'Payments' },
      { key: platform, name: 'Platform' },
    ],
    people: [
      { key: ana, name: 'Ana Kovač' },
      { key: rui, name: 'Rui Mora' },
    ],
    priorities: [],
    objectives: [
      objective('markets', 'Card payments in 4 new markets', payments, ana),
      objective('refunds', 'Refunds under one hour', payments, ana),
      objective('ledger', 'Regional ledgers live', platform, rui),
    ],
    dependencies: [
      {
        key: 'ledger-api',
        objective: 'markets',
        on: { team: platform, objective: null },
        what: 'Ledger API',
        neededBy: inDays(40),
        state: 'requested',
      },
    ],
    risks: [],
    decisions: [],
    assumptions: [],
    updates: [],
  };
}
