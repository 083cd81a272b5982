import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { board, leave, period } from '../../server/store/schema.ts';
import { code, makeTrackingWorld, on, value, type TrackingWorld } from './server-world.ts';
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

    describe('check-ins', () => {
      test('[TR5] accepting books them until the due; another due books anew', async () => {
        const id = await promises.accepted();
        const booked = await promises.slotsOf(id);
        expect([booked[0]?.dueAt.getTime(), booked.at(-1)?.dueAt.getTime(), booked.length]).toEqual([
          ...[on('2026-04-03', '17:00'), on('2026-06-26', '17:00'), 13],
        ]);
        world.clock.now = on('2026-04-02');
        value(await world.tracking.checkIn(world.viewer('ben'), id, checkIn));
        const change = { change: { due: '2026-05-15' }, reason: 'learning', text: 'faster' };
        value(await world.tracking.act(world.viewer('ben'), id, 'rescope', change));
        const after = await promises.slotsOf(id);
        expect(after.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
        expect([after[0]?.id, after[0]?.filled]).toEqual([booked[0]?.id, 'on-time']);
        world.clock.now = on('2026-04-01');
      });

      test('[TR5] another rhythm of a later commit asks from then on; what is open stays', async () => {
        const own = await makeTrackingWorld(opened.store);
        const id = (await own.commit([{ key: 'one' }])).get('one') ?? '';
        value(await own.tracking.act(own.viewer('ben'), id, 'accept', {}));
        own.clock.now = on('2026-04-02', '18:00');
        await own.commit([{ key: 'one' }]);
        expect((await promises.slotsOf(id)).length).toBe(13);
        await opened.store.db
          .update(board)
          .set({ rhythm: { cadence: 'monthly', weekday: 5, time: '17:00', closeOn: '2026-07-03' } })
          .where(eq(board.id, own.boardId));
        await own.commit([{ key: 'one' }]);
        expect((await promises.slotsOf(id)).map(({ number, label }) => [number, label])).toEqual([
          [1, '2026-04-03'],
          [2, '2026-04'],
          [3, '2026-05'],
        ]);
      });

      test('[CM3] whom the owner named speaks for him, and the log says so', async () => {
        const id = await promises.accepted();
        const bea = () => world.viewer('bea');
        const drop = { reason: 'x', frees: '' };
        expect(code(await world.tracking.act(bea(), id, 'drop', drop))).toBe('not-yours');
        value(
          await world.tracking.act(world.viewer('ben'), id, 'name-delegate', { person: world.people.bea }),
        );
        expect(value(await world.tracking.commitment(bea(), id)).moves).toContain('check-in');
        const said = value(await world.tracking.checkIn(bea(), id, checkIn));
        expect(said.history.at(-1)).toMatchObject({
          byName: 'Bea',
          onBehalfOf: 'Ben',
          byId: world.people.bea,
        });
        expect(code(await world.tracking.checkIn(world.viewer('ana'), id, checkIn))).toBe('not-yours');
      });

      test('[CM49] whom the owner named for one promise finds its check-in in the week while it waits', async () => {
        const own = await makeTrackingWorld(opened.store);
        const in_ = promisesIn(own, opened.store);
        const [id, other] = [await in_.accepted(), await in_.accepted()];
        const waits = async (name: 'bea' | 'ben' | 'cleo') =>
          (await own.tracking.inbox(own.viewer(name))).standingIn.map((it) => [it.id, it.ownerId]);
        expect(await waits('bea')).toEqual([]);
        value(await own.tracking.act(own.viewer('ben'), id, 'name-delegate', { person: own.people.bea }));
        expect(await waits('bea')).toEqual([[id, own.people.ben]]);
        expect([await waits('cleo'), await waits('ben')]).toEqual([[], []]);
        expect(code(await own.tracking.checkIn(own.viewer('bea'), other, checkIn))).toBe('not-yours');
        value(await own.tracking.checkIn(own.viewer('bea'), id, checkIn));
        expect(await waits('bea')).toEqual([]);
        own.clock.now = on('2026-04-09');
        expect((await own.tracking.inbox(own.viewer('bea'))).oneTap).toEqual([id]);
        value(await own.tracking.act(own.viewer('ben'), id, 'name-delegate', { person: null }));
        expect(await waits('bea')).toEqual([]);
      });

      test('[CM47] who was named to answer during a leave speaks for its owner, on its days only', async () => {
        const id = await promises.accepted();
        const offered = await promises.propose();
        const bea = () => world.viewer('bea');
        const of = { organisationId: world.organisationId, personId: world.people.ben };
        const days = { start: '2026-04-02', end: '2026-04-03' };
        await opened.store.db.insert(leave).values({
          ...{ ...of, ...days, id: randomUUID(), delegateId: world.people.bea },
          createdAt: new Date(world.clock.now),
        });
        expect((await world.tracking.inbox(bea())).standingIn).toEqual([]);
        expect(code(await world.tracking.checkIn(bea(), id, checkIn))).toBe('not-yours');
        world.clock.now = on('2026-04-02', '00:00');
        const waits = (await world.tracking.inbox(bea())).standingIn.map((it) => it.id);
        expect(waits).toEqual(expect.arrayContaining([id, offered]));
        expect((await world.tracking.inbox(world.viewer('cleo'))).standingIn).toEqual([]);
        expect(value(await world.tracking.commitment(bea(), id)).moves).toContain('check-in');
        const said = value(await world.tracking.checkIn(bea(), id, checkIn));
        expect(said.history.at(-1)).toMatchObject({ byName: 'Bea', onBehalfOf: 'Ben' });
        expect(said.slots[0]).toMatchObject({ state: 'filled', filled: 'on-time' });
        expect(code(await world.tracking.checkIn(world.viewer('cleo'), id, checkIn))).toBe('not-yours');
        world.clock.now = on('2026-04-04', '00:00');
        expect(code(await world.tracking.checkIn(bea(), id, checkIn))).toBe('not-yours');
        world.clock.now = on('2026-04-01');
      });

      test('[TR44] a list names the check-in that waits and the period its due counts for where the team is', async () => {
        const own = await makeTrackingWorld(opened.store);
        const [march, april] = [randomUUID(), randomUUID()];
        const made = {
          organisationId: own.organisationId,
          kind: 'quarter',
          createdAt: new Date(own.clock.now),
        } as const;
        await opened.store.db.insert(period).values([
          { ...made, id: march, label: '2026 Q1', start: '2026-01-01', end: '2026-03-31' },
          { ...made, id: april, label: '2026 Q2', start: '2026-04-01', end: '2026-06-30' },
        ]);
        own.clock.now = on('2026-03-26');
        const id = await promisesIn(own, opened.store).accepted();
        own.clock.now = on('2026-04-02');
        const [row] = await own.tracking.commitments(own.viewer('ben'), {});
        expect(row?.slot).toMatchObject({ label: '2026-04-03', countsFor: '2026 Q2', state: 'open' });
        const [mine] = (await own.tracking.inbox(own.viewer('ben'))).toCheckIn;
        expect(mine?.slot).toEqual(row?.slot);
        expect(value(await own.tracking.commitment(own.viewer('ben'), id)).slot).toEqual(row?.slot);
      });

      test('[TR7] fills its slot, and list, page and board show it at once', async () => {
        const id = await promises.accepted({ key: 'shown' });
        const ben = () => world.viewer('ben');
        world.clock.now = on('2026-04-02');
        const before = await world.tracking.inbox(ben());
        expect(before.toCheckIn.map((row) => row.id)).toContain(id);
        const detail = value(await world.tracking.checkIn(ben(), id, { ...checkIn, status: 'risk' }));
        expect(detail).toMatchObject({
          ...{ display: 'risk', reportedStatus: 'risk', confidence: 80, slot: null, values: { m1: 120 } },
          progress: 0.1,
          checkIns: [
            { status: 'risk', whatChanged: 'first users', byName: 'Ben', slotNumber: 1, progress: 0.1 },
          ],
        });
        expect(detail.slots.slice(0, 2).map(({ state, filled }) => [state, filled])).toEqual([
          ['filled', 'on-time'],
          ['upcoming', null],
        ]);
        const [row] = (await world.tracking.commitments(ben(), { boardId: world.boardId })).filter(
          (it) => it.id === id,
        );
        expect(row).toMatchObject({
          display: 'risk',
          progress: 0.1,
          slot: null,
          lastCheckInAt: world.clock.now,
        });
        const truth = await world.tracking.truth(world.organisationId, world.boardId);
        expect(truth.commitments['shown']).toMatchObject({
          id,
          display: 'risk',
          confidence: 80,
          checkInOpen: false,
        });
        expect((await world.tracking.inbox(ben())).toCheckIn.map((it) => it.id)).not.toContain(id);

        const again = value(await world.tracking.checkIn(ben(), id, checkIn));
        expect([again.checkIns.length, again.checkIns[1]?.revises, again.display]).toEqual([
          2,
          again.checkIns[0]?.id,
          'on',
        ]);
        const undo = { id: again.checkIns[1]?.id };
        expect(value(await world.tracking.act(ben(), id, 'undo-check-in', undo)).display).toBe('risk');

        world.clock.now = on('2026-04-14', '16:59');
        expect(value(await world.tracking.commitment(ben(), id)).display).toBe('risk');
        world.clock.now = on('2026-04-14', '17:00');
        expect(value(await world.tracking.commitment(ben(), id)).display).toBe('stale');
        const rows = await world.tracking.commitments(ben(), { boardId: world.boardId });
        expect(rows.find((it) => it.id === id)?.display).toBe('stale');
        world.clock.now = on('2026-04-01');
      });

      test('[TR6] once it has ended nobody is asked any more', async () => {
        const id = await promises.accepted();
        world.clock.now = on('2026-04-09');
        const drop = { reason: 'not needed', frees: 'two people' };
        expect(value(await world.tracking.act(world.viewer('ben'), id, 'drop', drop)).slot).toBeNull();
        expect((await world.tracking.inbox(world.viewer('ben'))).toCheckIn.map((it) => it.id)).not.toContain(
          id,
        );
        const states = value(await world.tracking.commitment(world.viewer('ben'), id)).slots.map(
          ({ state }) => state,
        );
        expect([...new Set(states)]).toEqual(['missed', 'excused']);
        world.clock.now = on('2026-04-01');
      });
    });
  });
});
