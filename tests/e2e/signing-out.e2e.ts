import { expect, test, type Page, type WebSocketRoute } from '@playwright/test';
import { addCard, card, openBoardWorld, saved, type BoardWorld } from './board-world.ts';

// What the page says about saving, each under exactly its condition, and what it asks before something is lost.

let world: BoardWorld;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  world = await openBoardWorld(browser);
});
test.afterAll(async () => {
  await world.close();
});

/** The line between a page and the server, in the test's hand. */
class Line {
  #away = false;
  #holding = false;
  #held: (string | Buffer)[] = [];
  #sockets = new Set<{ page: WebSocketRoute; server: WebSocketRoute }>();

  static async under(page: Page): Promise<Line> {
    const line = new Line();
    await page.routeWebSocket(/\/sync\//, (socket) => line.#open(socket));
    return line;
  }

  #open(page: WebSocketRoute): void {
    if (this.#away) return void page.close({ code: 4500, reason: '' });
    const pair = { page, server: page.connectToServer() };
    this.#sockets.add(pair);
    page.onMessage((message) => (this.#holding ? this.#held.push(message) : pair.server.send(message)));
    page.onClose(() => this.#sockets.delete(pair));
  }

  /** What the page sends waits; what the server sends comes through. */
  hold(): void {
    this.#holding = true;
  }

  release(): void {
    this.#holding = false;
    for (const { server } of this.#sockets) for (const message of this.#held) server.send(message);
    this.#held = [];
  }

  async cut(): Promise<void> {
    this.#away = true;
    for (const { page, server } of this.#sockets) {
      await page.close({ code: 4500, reason: '' });
      await server.close();
    }
    this.#sockets.clear();
  }

  heal(): void {
    this.#away = false;
  }

  /** Says to the page what the server would. */
  tell(message: Uint8Array): void {
    for (const { page } of this.#sockets) page.send(Buffer.from(message));
  }
}

const status = (page: Page) => page.getByTestId('save-status');

test('[PG42] signing out with unsaved changes asks, and then leaves nothing on the device', async () => {
  const board = await world.newBoard('Leaving');
  const page = await world.ben.newPage();
  const line = await Line.under(page);
  await page.goto(`${world.url}/board/${board}?view=canvas`);
  await saved(page);
  await line.cut();
  await addCard(page, 'Platform', 'Only here');
  await expect(status(page)).toHaveText(/Offline — \d+ changes? kept/);
  await expect(card(page, 'Only here')).toBeVisible();
  await page.close();
  const home = await world.ben.newPage();
  await home.goto(`${world.url}/home`);
  const signOut = async () => {
    await home.getByRole('button', { name: /account and appearance/ }).click();
    await home.getByRole('menuitem', { name: 'Sign out' }).click();
  };
  await signOut();
  const question = home.getByRole('dialog', { name: /Sign out with changes that are not saved/ });
  await expect(question).toContainText(/\d+ changes? made on this device/);
  await question.screenshot({ path: 'test-results/sign-out-question.png' });
  await question.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(question).toBeHidden();
  await signOut();
  await question.getByRole('button', { name: /Sign out and delete/ }).click();
  await home.waitForURL('**/sign-in');
  const left = await home.evaluate(async () => {
    const open = indexedDB.open('throughline-live');
    const db = await new Promise<IDBDatabase>((resolve) => (open.onsuccess = () => resolve(open.result)));
    const counts: number[] = [];
    for (const name of ['outbox', 'row', 'board', 'part', 'copy']) {
      const asked = db.transaction(name).objectStore(name).count();
      counts.push(await new Promise<number>((resolve) => (asked.onsuccess = () => resolve(asked.result))));
    }
    return counts;
  });
  expect(left).toEqual([0, 0, 0, 0, 0]);
  await home.close();
});

test('[PG42] signing out with everything saved asks nothing', async () => {
  const page = await world.ola.newPage();
  await page.goto(`${world.url}/home`);
  await page.getByRole('button', { name: /account and appearance/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.close();
});
