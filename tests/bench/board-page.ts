import type { Page } from '@playwright/test';

/** What the watch in the page leaves there: milliseconds since the navigation began. */
interface Watched {
  readyAtMs?: number;
}

/**
 * Opens a board and waits until it can be used: the editor is mounted, a card is drawn, and two more frames have passed, so
 * that the first was painted and nothing holds the page up.
 *
 * @returns milliseconds since the navigation began
 */
export async function openBoardPage(page: Page, url: string): Promise<number> {
  await page.addInitScript(watchForCanvas);
  await page.goto(url, { waitUntil: 'commit' });
  return canvasReady(page);
}

/** The same for a page that opens a board by itself; the watch must have been there when it began. */
export async function canvasReady(page: Page): Promise<number> {
  const ready = await page.waitForFunction(() => (globalThis as Watched).readyAtMs, undefined, {
    timeout: 120_000,
  });
  const ms = await ready.jsonValue();
  if (ms === undefined) throw new Error('The canvas told no time.');
  return ms;
}

/** Runs in the page, from before its first script. */
export function watchForCanvas(): void {
  const isDrawn = () => {
    if (!document.querySelector('.board-canvas') || document.querySelector('.opening')) return false;
    const cards = document.querySelectorAll<HTMLElement>('.tl-shape[data-shape-type="objective"]');
    // Off-screen cards are not displayed.
    return [...cards].some((card) => card.style.display !== 'none');
  };
  const look = () => {
    if (!isDrawn()) requestAnimationFrame(look);
    else {
      requestAnimationFrame(() =>
        requestAnimationFrame(() => ((globalThis as Watched).readyAtMs = performance.now())),
      );
    }
  };
  requestAnimationFrame(look);
}

/** Where on the screen the first card is that is wholly on it, and its record's id. */
export async function findCard(page: Page): Promise<{ id: string; x: number; y: number }> {
  const card = await page.evaluate(() => {
    for (const shape of document.querySelectorAll<HTMLElement>('.tl-shape[data-shape-type="objective"]')) {
      if (shape.style.display === 'none') continue;
      const { left, top, right, bottom } = shape.getBoundingClientRect();
      const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
      const inside = left > 250 && top > 200 && right < innerWidth - 250 && bottom < innerHeight - 150;
      if (inside) return { id: shape.dataset.shapeId ?? '', ...middle };
    }
    return null;
  });
  if (!card) throw new Error('No card is wholly on the screen.');
  return card;
}
