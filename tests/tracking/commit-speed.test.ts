import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commitment, event } from '../../server/store/schema.ts';
import { openTestStore, type TestStore } from '../support/embedded.ts';
import { makeTrackingWorld, type TrackingWorld } from './server-world.ts';

/** Two seconds are the budget of the whole commit (board.md B5.9); proposing is one part of it. */
const budgetMs = 1_500;

let opened: TestStore;
let world: TrackingWorld;
beforeAll(async () => {
  opened = await openTestStore();
  world = await makeTrackingWorld(opened.store);
});
afterAll(() => opened.dispose());

test('[TR22] a thousand objectives are proposed within the budget, and again without a word', async () => {
  const offers = Array.from({ length: 1_000 }, (_, k) => ({ key: `objective-${k}` }));
  const started = performance.now();
  const ids = await world.commit(offers);
  const took = performance.now() - started;
  expect(ids.size).toBe(1_000);
  expect(await world.commit(offers)).toEqual(ids);
  const [rows] = await opened.store.db
    .select({ number: count() })
    .from(commitment)
    .where(eq(commitment.boardId, world.boardId));
  const [events] = await opened.store.db
    .select({ number: count() })
    .from(event)
    .where(eq(event.boardId, world.boardId));
  expect([rows?.number, events?.number]).toEqual([1_000, 1_000]);
  expect(took).toBeLessThan(budgetMs);
});
