import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitment } from '../../server/store/schema.ts';
import { readCommitmentEvents } from '../../server/tracking/read-events.ts';
import { lastCheckIn, lastValues } from '../../src/domain/commitment/check-in.ts';
import { termsNow } from '../../src/domain/commitment/commitment.ts';
import { foldAll } from '../../src/domain/commitment/fold.ts';
import { progressOf } from '../../src/domain/commitment/progress.ts';
import { dayMs } from '../../src/domain/rhythm/local-time.ts';
import { promisesIn } from './promises.ts';
import { makeTrackingWorld, value, type TrackingWorld } from './server-world.ts';
import { stores, type OpenedStore } from './stores.ts';

const WEEKS = 75;

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('a promise with a long history', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    let id: string;

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
      id = await promisesIn(world, opened.store).accepted({ terms: { due: '2027-12-31' } });
      for (let week = 0; week < WEEKS; week += 1) await liveWeek(week);
    });
    afterAll(() => opened.dispose());

    /** Mostly a check-in; now and then silence, a revision, one taken back, a note, a value named for the last time. */
    async function liveWeek(week: number): Promise<void> {
      world.clock.now += 7 * dayMs;
      const say = async (values: Record<string, number>) =>
        value(await world.tracking.checkIn(ben(), id, { status: 'on', confidence: week % 100, values }));
      if (week % 11 === 3) return;
      await say(week === 4 ? { m1: 104, m2: 1 } : { m1: 100 + week });
      if (week === 4 || week % 9 === 2) await say({ m1: 100.5 + week });
      if (week % 10 === 6) {
        const { checkIns } = await say({ m1: 1_000 });
        const last = checkIns.at(-1)?.id;
        value(await world.tracking.act(ben(), id, 'undo-check-in', { id: last }));
      }
    }
    const ben = () => world.viewer('ben');
    const whole = async () => value(await world.tracking.commitment(ben(), id, { whole: true }));

    test('[TR43] its page, read from the end, is that of the whole history', async () => {
      for (const name of ['ben', 'ana', 'dan'] as const) {
        const all = value(await world.tracking.commitment(world.viewer(name), id, { whole: true }));
        const end = value(await world.tracking.commitment(world.viewer(name), id));
        const { checkIns, history, slots, earlier, ...rest } = end;
        expect(checkIns).toEqual(all.checkIns.slice(-30));
        expect(history).toEqual(all.history.slice(-history.length));
        const passed = all.slots.filter(({ dueAt }) => dueAt <= world.clock.now).length;
        expect(passed).toBeGreaterThan(61);
        expect(slots).toEqual(all.slots.slice(passed - 30, passed + 30));
        expect(earlier).toBeGreaterThanOrEqual(all.checkIns.length - 30);
        expect(rest).toEqual(Object.fromEntries(Object.entries(all).filter(([key]) => key in rest)));
      }
      expect((await whole()).checkIns.length).toBeGreaterThan(60);
      // Named once, long ago, in what was revised since.
      expect((await whole()).values).toEqual({ m1: 174.5 });
    });

    test('[TR43] the next check-in leaves what the fold of all events says', async () => {
      world.clock.now += 7 * dayMs;
      value(await world.tracking.checkIn(ben(), id, { status: 'risk', confidence: 5, values: { m2: 1 } }));
      const events = await readCommitmentEvents(opened.store.db, [id], world.clock.now);
      const state = foldAll(events);
      if (state === null) throw new Error('no events');
      const [row] = await opened.store.db.select().from(commitment).where(eq(commitment.id, id));
      expect(lastValues(state.checkIns)).toEqual({ m1: 174.5, m2: 1 });
      expect(row?.progress).toBeCloseTo(progressOf(termsNow(state), lastValues(state.checkIns)) ?? NaN, 5);
      expect(row).toMatchObject({ reportedStatus: 'risk', confidence: 5, version: events.length });
      expect(row?.lastCheckInAt?.getTime()).toBe(lastCheckIn(state.checkIns)?.at);
    });
  });
});
