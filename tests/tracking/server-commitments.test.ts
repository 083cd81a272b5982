import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { board, event, notDoing, slot } from '../../server/store/schema.ts';
import { code, makeTrackingWorld, on, value, type TrackingWorld } from './server-world.ts';
import { stores, type OpenedStore } from './stores.ts';
import { terms } from './situations.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('tracking', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
    });
    afterAll(() => opened.dispose());

    /** A proposed commitment of Ben's under a new key. */
    async function propose(more: Parameters<TrackingWorld['commit']>[0][number] = {}): Promise<string> {
      const key = more.key ?? randomUUID();
      return (await world.commit([{ ...more, key }])).get(key) ?? '';
    }
    const accepted = async (more: Parameters<typeof propose>[0] = {}): Promise<string> => {
      const id = await propose(more);
      value(await world.tracking.act(world.viewer(more.owner ?? 'ben'), id, 'accept', {}));
      return id;
    };
    const slotsOf = (id: string) =>
      opened.store.db.select().from(slot).where(eq(slot.commitmentId, id)).orderBy(asc(slot.number));
    const eventsOf = (id: string) =>
      opened.store.db.select().from(event).where(eq(event.objectId, id)).orderBy(asc(event.version));
    const checkIn = {
      status: 'on',
      confidence: 80,
      values: { m1: 120 },
      whatChanged: 'first users',
    } as const;

    describe('a commit', () => {
      test('[TR1] proposes all its objectives, once', async () => {
        const offers = ['one', 'two', 'three'].map((key) => ({ key }));
        const ids = await world.commit(offers);
        expect(await world.commit(offers)).toEqual(ids);
        const rows = await world.tracking.commitments(world.viewer('finn'), { boardId: world.boardId });
        const mine = rows.filter(({ objectKey }) => ids.has(objectKey));
        expect(mine.map(({ status, display, version }) => [status, display, version])).toEqual(
          mine.map(() => ['proposed', 'proposed', 1]),
        );
        expect(mine).toHaveLength(3);
      });

      test('[TR1] other terms are offered anew, a promise gets a pending change', async () => {
        const open = await propose({ key: 'open' });
        const promised = await accepted({ key: 'promised' });
        const later = { terms: { due: '2026-06-30' } };
        await world.commit([
          { key: 'open', ...later },
          { key: 'promised', ...later },
        ]);
        expect(value(await world.tracking.commitment(world.viewer('ben'), open)).due).toBe('2026-06-30');
        const detail = value(await world.tracking.commitment(world.viewer('ben'), promised));
        expect([detail.due, detail.moves.includes('agree-rescope'), detail.baseline?.due]).toEqual([
          terms.due,
          true,
          terms.due,
        ]);
        const agreed = await world.tracking.act(world.viewer('ben'), promised, 'agree-rescope', {
          reason: 'learning',
          text: 'it takes longer',
        });
        expect(value(agreed)).toMatchObject({
          due: '2026-06-30',
          baseline: { due: terms.due },
          versions: [{}, {}],
        });
      });

      test('[TR17] a card in no area belongs to its owner’s team', async () => {
        const id = await propose({ team: null, owner: 'dan' });
        expect(value(await world.tracking.commitment(world.viewer('dan'), id)).teamId).toBe(world.teams.blue);
      });

      test('[TR14] what is not being done takes its open offer back', async () => {
        const id = await propose({ key: 'given-up' });
        await world.commit([], ['given-up']);
        expect(value(await world.tracking.commitment(world.viewer('ben'), id)).status).toBe('parked');
      });
    });

    describe('commands', () => {
      test('[TR2] decided on an older version, nothing changes', async () => {
        const id = await propose();
        const refused = await world.tracking.act(world.viewer('ben'), id, 'accept', { version: 7 });
        expect(code(refused)).toBe('changed-meanwhile');
        expect(await eventsOf(id)).toHaveLength(1);
        value(await world.tracking.act(world.viewer('ben'), id, 'accept', { version: 1 }));
      });

      test('[TR3] at once: one counts, nothing is lost or doubled', async () => {
        const id = await propose();
        const both = await Promise.all([
          world.tracking.act(world.viewer('ben'), id, 'accept', { version: 1 }),
          world.tracking.act(world.viewer('ben'), id, 'decline', { version: 1, reason: 'no room' }),
        ]);
        expect(both.map(code).sort()).toEqual(['allowed', 'changed-meanwhile']);
        expect((await eventsOf(id)).map(({ version }) => version)).toEqual([1, 2]);
      });

      test('[CM3] only the owner accepts, on the server too', async () => {
        const id = await propose();
        for (const name of ['ana', 'bea', 'cleo', 'olga', 'finn'] as const) {
          expect(code(await world.tracking.act(world.viewer(name), id, 'accept', {}))).toBe('not-yours');
        }
        expect(
          value(await world.tracking.act(world.viewer('ben'), id, 'accept', { confidence: 70 })),
        ).toMatchObject({
          ...{ status: 'committed', display: 'pending', confidence: 70 },
          baseline: { version: 1, due: terms.due, doneMeans: 'Sign-ups a week: 200; Launched' },
        });
      });

      test('[TR9] a token that may only read moves nothing', async () => {
        const id = await propose();
        const reader = world.viewer('ben', { scope: 'read' });
        expect(code(await world.tracking.act(reader, id, 'accept', {}))).toBe('not-yours');
        expect(value(await world.tracking.commitment(reader, id)).moves).toEqual([]);
      });

      test('[TR8] nothing of another organisation can be seen or moved', async () => {
        const other = await makeTrackingWorld(opened.store);
        const id = await propose();
        const stranger = other.viewer('ben');
        expect(code(await world.tracking.commitment(stranger, id))).toBe('not-found');
        expect(code(await world.tracking.act(stranger, id, 'accept', {}))).toBe('not-found');
        expect(await world.tracking.commitments(stranger, { boardId: world.boardId })).toEqual([]);
        expect((await world.tracking.truth(other.organisationId, world.boardId)).commitments).toEqual({});
        const mine = await accepted();
        const handOver = { to: other.people.bea };
        expect(code(await world.tracking.act(world.viewer('ben'), mine, 'hand-over', handOver))).toBe(
          'unknown-person',
        );
        expect(code(await world.tracking.commitment(world.viewer('ben'), 'no-uuid'))).toBe('not-found');
      });

      test('[TR18] what cannot be read is refused by its field', async () => {
        const id = await accepted();
        const act = (command: string, input: object) =>
          world.tracking.act(world.viewer('ben'), id, command, input as Record<string, unknown>);
        const refused = await act('complete', { evidence: 'x', values: { m1: Number.NaN } });
        expect(refused).toMatchObject({ ok: false, refusal: { code: 'invalid', path: 'values.m1' } });
        expect(code(await act('drop', { reason: 'x', frees: '', cause: 'mood' }))).toBe('invalid');
        expect(code(await act('become-king', {}))).toBe('unknown-command');
        expect(code(await act('constructor', {}))).toBe('unknown-command');
        expect(await eventsOf(id)).toHaveLength(2);
      });

      test('[TR10] every act tells its board, a refused one nobody', async () => {
        const id = await propose();
        world.told();
        await world.tracking.act(world.viewer('ana'), id, 'accept', {});
        expect(world.told()).toEqual([]);
        await world.tracking.act(world.viewer('ben'), id, 'accept', {});
        expect(world.told()).toEqual([world.boardId]);
      });

      test('[TR16] what was declined is kept with its reason', async () => {
        const id = await propose({ key: 'declined' });
        value(
          await world.tracking.act(world.viewer('ben'), id, 'decline', { reason: 'no room this quarter' }),
        );
        const [row] = await opened.store.db
          .select()
          .from(notDoing)
          .where(and(eq(notDoing.boardId, world.boardId), eq(notDoing.objectKey, 'declined')));
        expect(row).toMatchObject({
          reason: 'no room this quarter',
          by: world.people.ben,
          title: terms.statement,
        });
      });
    });

    describe('check-ins', () => {
      test('[TR5] accepting books them until the due; another due books anew', async () => {
        const id = await accepted();
        const booked = await slotsOf(id);
        expect([booked[0]?.dueAt.getTime(), booked.at(-1)?.dueAt.getTime(), booked.length]).toEqual([
          ...[on('2026-04-03', '17:00'), on('2026-06-26', '17:00'), 13],
        ]);
        world.clock.now = on('2026-04-02');
        value(await world.tracking.checkIn(world.viewer('ben'), id, checkIn));
        const change = { change: { due: '2026-05-15' }, reason: 'learning', text: 'faster' };
        value(await world.tracking.act(world.viewer('ben'), id, 'rescope', change));
        const after = await slotsOf(id);
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
        expect((await slotsOf(id)).length).toBe(13);
        await opened.store.db
          .update(board)
          .set({ rhythm: { cadence: 'monthly', weekday: 5, time: '17:00', closeOn: '2026-07-03' } })
          .where(eq(board.id, own.boardId));
        await own.commit([{ key: 'one' }]);
        expect((await slotsOf(id)).map(({ number, label }) => [number, label])).toEqual([
          [1, '2026-04-03'],
          [2, '2026-04'],
          [3, '2026-05'],
          [4, '2026-06'],
        ]);
      });

      test('[CM3] whom the owner named speaks for him, and the log says so', async () => {
        const id = await accepted();
        const bea = () => world.viewer('bea');
        const drop = { reason: 'x', frees: '' };
        expect(code(await world.tracking.act(bea(), id, 'drop', drop))).toBe('not-yours');
        value(
          await world.tracking.act(world.viewer('ben'), id, 'name-delegate', { person: world.people.bea }),
        );
        expect(value(await world.tracking.commitment(bea(), id)).moves).toContain('check-in');
        const said = value(await world.tracking.checkIn(bea(), id, checkIn));
        expect(said.history.at(-1)).toMatchObject({ byName: 'Bea for Ben', byId: world.people.bea });
        expect(code(await world.tracking.checkIn(world.viewer('ana'), id, checkIn))).toBe('not-yours');
      });

      test('[TR7] fills its slot, and list, page and board show it at once', async () => {
        const id = await accepted({ key: 'shown' });
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
        const id = await accepted();
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
