import { setTimeout as after } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { findCard, openBoardPage } from './board-page.ts';
import type { Figures } from './figures.ts';
import { setUp, signedInBrowser } from './organisation.ts';
import { planText } from './plan-rounds.ts';
import { makePlace, startTimed, type StoreName } from './served.ts';
import { watchCard, type Sighting, type WatchedPage } from './watch-card.ts';

/** The first edits also pay for code that runs for the first time. */
const WARM_UP = 10;
/** Between edits, unlike any period of the product, so that no edit waits on purpose for the same tick. */
const PAUSES_MS = [3, 29, 61, 17, 43, 7, 53];

/**
 * Two browsers with nothing in common but the server look at the real plan. In one a card is dragged, one movement of the
 * pointer at a time; each is timed from the pointer's event until the frame in which the other window shows the card
 * there, and until the first window says that it is saved. The server broadcasts after the database's commit, so both
 * times include it. Both windows read the same clock of the same machine (1 ms).
 */
export async function measureTwoWindows(
  figures: Figures,
  { store, edits, root, browser }: { store: StoreName; edits: number; root: string; browser: Browser },
): Promise<void> {
  const place = await makePlace(store, root);
  const { value: server } = await startTimed(place);
  try {
    const organisation = await setUp(server.url);
    const board = await organisation.createBoard('Rust project goals');
    await organisation.importPlan(board, planText(1));
    const contexts = [
      await signedInBrowser(browser, server.url),
      await signedInBrowser(browser, server.url),
    ] as const;
    const [one, two] = await Promise.all([contexts[0].newPage(), contexts[1].newPage()]);
    for (const page of [one, two]) await openBoardPage(page, `${server.url}/board/${board}`);
    const moves = await dragTimed(one, two, edits + WARM_UP);
    for (const context of contexts) await context.close();
    const measured = moves.slice(WARM_UP);
    const goal = { of: 'p95' as const, limit: 100 };
    figures.add(
      { what: 'Two windows: edit until seen in the other', store, times: 1, unit: 'ms', goal },
      ...measured.map((it) => it.seenMs),
    );
    figures.add(
      { what: 'Two windows: edit until shown as saved', store, times: 1, unit: 'ms' },
      ...measured.map((it) => it.savedMs),
    );
  } finally {
    await server.dispose();
    await place.drop();
  }
}

async function dragTimed(
  one: Page,
  two: Page,
  count: number,
): Promise<{ seenMs: number; savedMs: number }[]> {
  const { id, x, y } = await findCard(one);
  await one.evaluate(watchCard, id);
  await two.evaluate(watchCard, id);
  await one.mouse.move(x, y);
  await one.mouse.down();
  // Out of the range in which a press is still a click.
  await one.mouse.move(x + 12, y + 12);
  const moves: { seenMs: number; savedMs: number }[] = [];
  for (let i = 0; i < count; i += 1) {
    await after(PAUSES_MS[i % PAUSES_MS.length]);
    const known = await one.evaluate(() => (globalThis as unknown as WatchedPage).watched.count());
    // A small path of its own for each edit, inside the card's area.
    await one.mouse.move(x + 14 + (i % 16), y + 14 + Math.floor(i / 16));
    const moved = await next(one, known);
    const seen = await seenAs(two, moved.place);
    const savedAt = await one.evaluate(
      (since) => (globalThis as unknown as WatchedPage).watched.savedAfter(since),
      moved.inputAt,
    );
    moves.push({ seenMs: seen.shownAt - moved.inputAt, savedMs: savedAt - moved.inputAt });
  }
  await one.mouse.up();
  return moves;
}

const next = (page: Page, known: number): Promise<Sighting> =>
  page.evaluate((count) => (globalThis as unknown as WatchedPage).watched.after(count), known);

const seenAs = (page: Page, place: string): Promise<Sighting> =>
  page.evaluate((at) => (globalThis as unknown as WatchedPage).watched.at(at), place);
