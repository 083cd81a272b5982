import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { session } from '../../server/store/schema.ts';
import { makeTrackingWorld, on, value, type TrackingWorld } from './server-world.ts';
import { arrow, asksOf, plan } from './asks-of.ts';
import { stores, type OpenedStore } from './stores.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('tracking', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    let asks: ReturnType<typeof asksOf>;

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
      asks = asksOf(world);
    });
    afterAll(() => opened.dispose());

    const save: ReturnType<typeof asksOf>['save'] = (...given) => asks.save(...given);
    const move: ReturnType<typeof asksOf>['move'] = (...given) => asks.move(...given);

    describe('what an ask says', () => {
      test('[DP1] how the asking side will know stays with the ask and is shown with it', async () => {
        const { id } = value(await save('ben', 'known'));
        const acceptanceTest = 'The staging account answers';
        expect(value(await move('ben', id, 'send', { acceptanceTest }))).toMatchObject({ acceptanceTest });
        value(await move('cleo', id, 'accept', { person: world.people.dan, confidence: 70, servedBy: null }));
        expect(value(await save('ben', 'known', { servedBy: null }))).toMatchObject({ word: 'agreed' });
        const seen = value(await world.tracking.dependency(world.viewer('dan'), id));
        expect(seen).toMatchObject({
          acceptanceTest,
          confidence: 70,
          riskOwnerId: null,
          servedByTitle: null,
        });
        const other = { servedBy: null, neededBy: '2026-05-15' };
        expect(value(await save('ben', 'known', other))).toMatchObject({
          acceptanceTest,
          flags: ['reopened'],
        });
      });

      test('[DP3] in a session on the board the answer is due at its end, else within five business days', async () => {
        const own = await makeTrackingWorld(opened.store);
        own.setPlan(plan);
        const ask = async (key: string) => {
          const saved = await own.tracking.saveDependency(own.viewer('ben'), own.boardId, arrow(key));
          return value(await own.tracking.actOnDependency(own.viewer('ben'), value(saved).id, 'send', {}));
        };
        const { now } = own.clock;
        expect((await ask('outside')).respondBy).toBe(on('2026-04-08'));
        const at = new Date(now - 30 * 60_000);
        await opened.store.db.insert(session).values({
          ...{ id: randomUUID(), organisationId: own.organisationId, boardId: own.boardId, teamId: null },
          ...{
            kind: 'quarterly-plan',
            title: 'Plan',
            status: 'running',
            rev: 1,
            startedAt: at,
            createdAt: at,
          },
          state: { plannedMinutes: 120 },
        });
        expect((await ask('inside')).respondBy).toBe(now + 90 * 60_000);
        own.clock.now = now + 100 * 60_000;
        expect((await ask('overrun')).respondBy).toBe(on('2026-04-08', '13:40'));
      });
    });
  });
});
