import type { Browser } from '@playwright/test';
import { exampleValue } from '../support/example-plans.ts';
import { scalePlan } from '../support/scale-plan.ts';
import { openBoardPage } from './board-page.ts';
import type { Figures } from './figures.ts';
import { setUp, signedInBrowser } from './organisation.ts';
import { makePlace, startTimed, timed, type StoreName } from './served.ts';

const goals = { import: 2_000, commit: 1_000, page: 3_000 };

/** The real plan, every part of it so many times, teams included. */
export const planText = (times: number): string =>
  JSON.stringify(
    times === 1 ? exampleValue('2025h1') : scalePlan(exampleValue('2025h1'), times, { copyTeams: true }),
  );

/**
 * One life of a server, from nothing: cold start, import of the plan, the same file again, commit, the board's page in a
 * browser that sees it for the first time, and a start on what is there then. Each is the first of its kind in its process, so
 * nothing is warm that is cold for a person.
 */
export async function measureRound(
  figures: Figures,
  { store, times, root, browser }: { store: StoreName; times: number; root: string; browser: Browser },
): Promise<void> {
  const add = (what: string, ms: number, goalMs?: number) =>
    figures.add(
      {
        what,
        store,
        times,
        unit: 'ms',
        ...(goalMs !== undefined && { goal: { of: 'median', limit: goalMs } }),
      },
      ms,
    );
  // Ten times the plan has no goal of its own: its growth is what counts.
  const goal = (ms: number) => (times === 1 ? ms : undefined);
  const file = planText(times);
  const place = await makePlace(store, root);
  try {
    const fresh = await startTimed(place);
    const server = fresh.value;
    try {
      figures.add(
        { what: 'Cold start, nothing there, to the first page', store, times: 0, unit: 'ms' },
        fresh.ms,
      );
      const organisation = await setUp(server.url);
      const context = await signedInBrowser(browser, server.url);
      const board = await organisation.createBoard('Rust project goals');
      add('Import', (await timed(() => organisation.importPlan(board, file))).ms, goal(goals.import));
      add('Import again, nothing changed', (await timed(() => organisation.importPlan(board, file))).ms);
      add('Commit', (await timed(() => organisation.commit(board))).ms, goal(goals.commit));
      const page = await context.newPage();
      const readyMs = await openBoardPage(page, `${server.url}/board/${board}`);
      add('Board page: navigation until the canvas can be used', readyMs, goal(goals.page));
      await context.close();
    } finally {
      await server.dispose();
    }
    const again = await startTimed(place);
    await again.value.dispose();
    add('Start with the plan there, to the first page', again.ms);
  } finally {
    await place.drop();
  }
}
