import type { Browser, BrowserContext } from '@playwright/test';

const person = {
  name: 'Ana Kovač',
  email: 'ana@example.org',
  password: 'a sentence that is easy to keep',
};

/** A fresh server's first organisation, spoken to through its API. */
export interface BenchOrganisation {
  /** Answers the board's id. */
  createBoard(title: string): Promise<string>;
  importPlan(boardId: string, file: string): Promise<void>;
  commit(boardId: string): Promise<void>;
}

/** Sets the server up. Every call rejects with the server's own words when it is refused. */
export async function setUp(url: string): Promise<BenchOrganisation> {
  let token = '';
  const post = async (
    path: string,
    body: unknown,
  ): Promise<{ readonly id?: string; readonly token?: string }> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== '' && { authorization: `Bearer ${token}` }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 2_000)}`);
    return JSON.parse(text) as { id?: string; token?: string };
  };
  const made = await post('/setup', { organisation: 'Northwind', timezone: 'UTC', ...person });
  token = made.token ?? '';
  return {
    async createBoard(title) {
      const { id } = await post('/boards', { title, template: 'blank' });
      if (id === undefined) throw new Error('The new board has no id.');
      return id;
    },
    async importPlan(boardId, file) {
      await post(`/boards/${boardId}/import`, file);
    },
    async commit(boardId) {
      // The real plan has open needs; a commit over them wants a reason.
      await post(`/boards/${boardId}/commit`, { overrides: { reason: 'Measured as it is.' } });
    },
  };
}

/** A browser of its own, signed in, that has no page of the product in its cache. */
export async function signedInBrowser(browser: Browser, url: string): Promise<BrowserContext> {
  // Without scripts the form is a form: nothing can come between typing and sending.
  const entrance = await browser.newContext({ javaScriptEnabled: false });
  const page = await entrance.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/home');
  const cookies = await entrance.cookies();
  await entrance.close();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(cookies);
  return context;
}
