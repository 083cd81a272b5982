import { count } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkIn } from '../../server/store/schema.ts';
import type { TrackingPart } from '../../server/tracking/tracking.ts';
import { parsePlanFile } from '../../src/domain/plan/format/parse-plan-file.ts';
import type { CommitmentRow } from '../../src/protocol/views/tracking.ts';
import { realPlan } from '../planning/plan-files.ts';
import { value, type World } from '../planning/world.ts';
import { openExampleClock, type ExampleClock } from './example-clock.ts';

/** Moments of the example's clock. */
const planningDay = Date.parse('2025-01-06T09:00Z');
const now = Date.parse('2025-05-27T15:00Z');
const close = Date.parse('2025-08-05T22:00Z');

let world: World;
let tracking: TrackingPart;
let boardId: string;
let taken: number;
let viewer: ExampleClock['viewer'];
let setClock: ExampleClock['setClock'];
const { updates } = value(parsePlanFile(realPlan())).rest;

beforeAll(async () => {
  ({ world, tracking, boardId, taken, viewer, setClock } = await openExampleClock(
    planningDay,
    Date.parse('2025-08-05T20:00Z'),
  ));
});
afterAll(() => world.dispose());

const rows = () => tracking.commitments(viewer(), { boardId });
const tally = (list: readonly CommitmentRow[]) =>
  Object.fromEntries(
    [...Map.groupBy(list, ({ display }) => display)].map(([state, its]) => [state, its.length]),
  );

describe('the example', () => {
  test('[TR20] takes over every update, and its counts equal the file’s', async () => {
    await setClock(close);
    const [kept] = await world.store.db.select({ number: count() }).from(checkIn);
    const asks = await tracking.dependencies(viewer(), { boardId });
    expect([taken, kept?.number, (await rows()).length, asks.length]).toEqual([284, 284, 40, 154]);
    expect(new Set(asks.map(({ status }) => status))).toEqual(
      new Set(['requested', 'delivered', 'withdrawn']),
    );
    expect(new Set(asks.flatMap(({ flags }) => flags))).toEqual(new Set());
  });

  test('[TR20] on 27 May 27 objectives have a real April report, and none is shown on track', async () => {
    await setClock(now);
    const list = await rows();
    const april = await Promise.all(
      list.map(async ({ id }) => {
        const detail = value(await tracking.commitment(viewer(), id));
        return detail.slots.find(({ label }) => label === '2025-04');
      }),
    );
    expect(april.filter((slot) => slot?.filled === 'imported')).toHaveLength(27);
    expect(april.filter((slot) => slot?.state === 'missed')).toHaveLength(13);
    const shown = tally(list);
    expect(Object.keys(shown).sort()).toEqual(['stale', 'unrated']);
    expect((shown['stale'] ?? 0) + (shown['unrated'] ?? 0)).toBe(40);
    expect(
      list.every(({ reportedStatus, confidence }) => reportedStatus === null && confidence === null),
    ).toBe(true);
    const waiting = list.filter(({ slot }) => slot?.label === '2025-05');
    expect(waiting.length).toBeGreaterThan(20);
  });

  test('[TR20] progress counts the source’s tasks, whose changed total is no easing', async () => {
    await setClock(close);
    const hands = (await rows()).find(({ objectKey }) => objectKey === 'all-hands');
    const detail = value(await tracking.commitment(viewer(), hands?.id ?? ''));
    expect(detail.values['tasks-done']).toBeTypeOf('number');
    expect(detail.baseline?.measures.find(({ key }) => key === 'tasks-done')).toMatchObject({
      target: 28,
      baseline: 0,
    });
    expect(detail.history[1]).toMatchObject({ type: 'offered' });
    expect(detail.history.find(({ type }) => type === 'accepted')?.sentence).toContain(
      'according to the source',
    );
  });

  test('[TR20] what has no outcome is missed at the close, cause not in source', async () => {
    await setClock(close);
    expect(tally(await rows())).toEqual({ done: 2, missed: 38 });
    await setClock(close - 3 * 3_600_000);
    expect(Object.keys(tally(await rows())).sort()).toEqual(['done', 'stale', 'unrated']);
  });

  test('[TR21] history ahead of the clock is not shown, and comes when the clock gets there', async () => {
    await setClock(planningDay);
    const start = await rows();
    const early = new Set(
      updates.filter(({ date }) => date < '2025-01-06').map(({ objective }) => objective),
    );
    expect(early.size).toBeGreaterThan(0);
    expect(tally(start)).toEqual({ pending: 40 - early.size, unrated: early.size });
    const one = start.find(({ objectKey }) => objectKey === 'all-hands');
    const first = value(await tracking.commitment(viewer(), one?.id ?? ''));
    expect([first.checkIns.length, first.history.every(({ at }) => at <= planningDay)]).toEqual([0, true]);
    await setClock(now);
    const later = value(await tracking.commitment(viewer(), one?.id ?? ''));
    expect(later.checkIns.length).toBeGreaterThan(0);
    expect(later.checkIns.every(({ at }) => at <= now)).toBe(true);
  });

  test('[TR21] what somebody does there stays at its moment', async () => {
    await setClock(now);
    const target = (await rows()).find(({ slot, display }) => slot !== null && display === 'stale');
    if (target === undefined) throw new Error('nothing waits for a check-in');
    const owner = { ...viewer(), personId: target.ownerId ?? '', viewingAs: true };
    const said = await tracking.checkIn(owner, target.id, {
      status: 'risk',
      confidence: 40,
      whatChanged: 'a try',
    });
    expect(value(said).display).toBe('risk');
    await setClock(planningDay);
    expect((await rows()).find(({ id }) => id === target.id)?.display).toBe('pending');
    await setClock(now);
    expect((await rows()).find(({ id }) => id === target.id)?.display).toBe('risk');
    await setClock(close);
    expect((await rows()).find(({ id }) => id === target.id)?.display).toBe('missed');
  });
});
