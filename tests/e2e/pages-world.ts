import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { callApi } from './call-api.ts';
import { inDays, openRhythm } from './soon.ts';
import type { TestServer } from '../support/server.ts';
import { openWorldLike } from './world-template.ts';

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
  readonly session: { readonly rev: number };
  readonly items: readonly Answer[];
}

const password = 'a sentence that is easy to keep';

/** What is known of the world once it is made. */
interface Facts {
  readonly boardId: string;
  readonly token: string;
  readonly ana: SignedIn;
  readonly rui: SignedIn;
}

type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

export async function openPagesWorld(browser: Browser): Promise<PagesWorld> {
  const { server, facts } = await openWorldLike('pages', (at) => furnish(browser, at.url));
  const { url } = server;
  const { boardId, token } = facts;
  const api = (method: string, path: string, body?: unknown) =>
    callApi<Answer>(url, token, method, path, body);
  const ana = await browser.newContext({ storageState: facts.ana });
  const rui = await browser.newContext({ storageState: facts.rui });
  return {
    ...{ server, url, boardId, ana, rui, api },
    commitment: async (key) => {
      const { items } = await api('GET', `/commitments?board=${boardId}`);
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

async function furnish(browser: Browser, url: string): Promise<Facts> {
  const made = await callApi<Answer>(url, '', 'POST', '/setup', {
    organisation: 'Northwind',
    name: 'Ana Kovač',
    email: 'ana@example.org',
    password,
    timezone: 'UTC',
    teams: ['Payments', 'Platform'],
  });
  const { token } = made;
  const api = (method: string, path: string, body?: unknown) =>
    callApi<Answer>(url, token, method, path, body);
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
  const signedIn = { ana: await ana.storageState(), rui: await rui.storageState() };
  await ana.close();
  await rui.close();
  return { boardId: board.id, token, ...signedIn };
}

export async function signIn(context: BrowserContext, url: string, email: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
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
