import type { Page, WebSocketRoute } from '@playwright/test';

/** The line between a page and the server, in the test's hand. */
export class Line {
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

/** What the board page says about saving. */
export const status = (page: Page) => page.getByTestId('save-status');
