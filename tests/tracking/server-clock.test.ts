import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitment } from '../../server/store/schema.ts';
import { readCommitmentEvents } from '../../server/tracking/read-events.ts';
import { foldAll } from '../../src/domain/commitment/fold.ts';
import { dayMs } from '../../src/domain/rhythm/local-time.ts';
import { makeTrackingWorld, on, value, type TrackingWorld } from './server-world.ts';
import { checkIn, promisesIn } from './promises.ts';
import { stores, type OpenedStore } from './stores.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('tracking', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    let promises: ReturnType<typeof promisesIn>;

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
      promises = promisesIn(world, opened.store);
    });
    afterAll(() => opened.dispose());

    describe('the clock', () => {
      test('[TR11] writes missed promises and never-accepted offers once', async () => {
        const own = await makeTrackingWorld(opened.store);
        const ids = await own.commit([{ key: 'promise' }, { key: 'offer' }]);
        const promise = ids.get('promise') ?? '';
        value(await own.tracking.act(own.viewer('ben'), promise, 'accept', {}));
        own.clock.now = on('2026-07-20');
        own.told();
        await Promise.all([own.tracking.advanceClock(), own.tracking.advanceClock()]);
        await own.tracking.advanceClock();
        const detail = value(await own.tracking.commitment(own.viewer('ben'), promise));
        expect(detail).toMatchObject({ status: 'missed', display: 'missed' });
        expect(detail.history.at(-1)).toMatchObject({
          type: 'missed',
          byName: 'the clock',
          at: on('2026-07-01', '00:00'),
        });
        expect((await promises.eventsOf(promise)).map(({ type }) => type)).toEqual([
          'offered',
          'accepted',
          'missed',
        ]);
        expect(value(await own.tracking.commitment(own.viewer('ben'), ids.get('offer') ?? '')).status).toBe(
          'declined',
        );
        expect((await promises.slotsOf(promise)).filter(({ outcome }) => outcome === 'missed')).toHaveLength(
          13,
        );
        expect(own.told().filter((id) => id === own.boardId).length).toBeGreaterThan(0);
      });

      test('[TR11] tells a board when a check-in opens or falls silent, though nobody did anything', async () => {
        const own = await makeTrackingWorld(opened.store);
        const ids = await own.commit([{ key: 'promise' }]);
        value(await own.tracking.act(own.viewer('ben'), ids.get('promise') ?? '', 'accept', {}));
        own.told();
        own.clock.now = on('2026-04-02', '12:00');
        await own.tracking.advanceClock();
        own.clock.now = on('2026-04-07', '16:59');
        await own.tracking.advanceClock();
        own.told();
        own.clock.now = on('2026-04-07', '17:00');
        await own.tracking.advanceClock();
        expect(own.told()).toContain(own.boardId);
      });
    });

    test('[TR4] the stored state is the fold of the event log', async () => {
      const id = await promises.accepted({ key: 'folded' });
      world.clock.now = on('2026-04-02');
      value(await world.tracking.checkIn(world.viewer('ben'), id, checkIn));
      value(
        await world.tracking.act(world.viewer('ben'), id, 'complete', {
          evidence: 'done',
          values: { m1: 200 },
        }),
      );
      const [row] = await opened.store.db.select().from(commitment).where(eq(commitment.id, id));
      const events = await readCommitmentEvents(opened.store.db, [id], world.clock.now + dayMs);
      expect(row?.version).toBe(events.length);
      expect({ ...foldAll(events), checkIns: [] }).toEqual(row?.state);
      world.clock.now = on('2026-04-01');
    });
  });
});
