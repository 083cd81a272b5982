import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { board, commitment, member, occurrence, period, triageItem } from '../../server/store/schema.ts';
import { localDateOf } from '../../src/domain/rhythm/local-time.ts';
import type { RitualAsked } from '../../src/domain/rhythm/ritual.ts';
import { rhythmOf } from '../rhythm/rhythm-of.ts';
import { code, on, value } from '../tracking/server-world.ts';
import { zone } from '../tracking/situations.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeSessionWorld, type SessionWorld } from './session-world.ts';

describe.each(stores)('sessions of the calendar on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: SessionWorld;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    const fresh = async () => (world = await makeSessionWorld(opened.store));
    const one = async (id: string) =>
      value(await world.facilitation.session(world.viewer('ana'), id)).session;

    /** A meeting of the red team every Monday, and its first ones. */
    async function mondays(more: Partial<RitualAsked> = {}) {
      const rhythm = rhythmOf(opened.store, () => world.clock.now);
      const asked: RitualAsked = {
        ...({ kind: 'weekly', title: 'Red on Mondays', teams: [world.teams.red], time: '09:00' } as const),
        ...{ zone, durationMinutes: 45, starts: localDateOf(world.clock.now, zone) },
        ...{ rule: { type: 'weekly', every: 1, weekdays: [1] }, ...more },
      };
      const [booked] = value(await rhythm.book(world.viewer('ana'), [asked]));
      const ritualId = booked?.id ?? '';
      return {
        ritualId,
        meetings: value(await rhythm.ritual(world.viewer('ana'), ritualId)).occurrences,
        act: async (command: string, input: object) =>
          value(await rhythm.actOnRitual(world.viewer('ana'), ritualId, command, { ...input })),
      };
    }

    test('[SN26] of a meeting of the calendar there is one session; starting it holds the meeting', async () => {
      await fresh();
      const { store, teams, facilitation } = world;
      const { ritualId, meetings } = await mondays();
      const occurrenceId = meetings[0]?.id ?? '';
      const first = value(await facilitation.plan(world.viewer('ana'), { occurrenceId })).session;
      const again = value(await facilitation.plan(world.viewer('ben'), { occurrenceId })).session;
      expect(again.id).toBe(first.id);
      expect(first).toMatchObject({
        kind: 'weekly',
        title: 'Red on Mondays',
        team: teams.red,
        ritual: ritualId,
      });
      value(await facilitation.beat(world.viewer('ana'), first.id));
      await world.do('ana', first.id, { type: 'start' });
      const [held] = await store.db.select().from(occurrence).where(eq(occurrence.id, occurrenceId));
      expect(held?.status).toBe('held');
      expect(code(await facilitation.plan(world.viewer('ana'), { occurrenceId: randomUUID() }))).toBe(
        'not-found',
      );
    });

    test('[RT17] whose turn it is leads the session, with whoever prepared it', async () => {
      await fresh();
      const { ben, bea } = world.people;
      const { meetings } = await mondays({ rota: [ben, bea] });
      const leads = async (index: number) => {
        const occurrenceId = meetings[index]?.id ?? '';
        const { session } = value(await world.facilitation.plan(world.viewer('ana'), { occurrenceId }));
        return session.facilitators;
      };
      expect(await leads(0)).toEqual([ben, world.people.ana]);
      expect(await leads(1)).toEqual([bea, world.people.ana]);
      await opened.store.db.update(member).set({ role: 'observer' }).where(eq(member.personId, ben));
      expect(await leads(2)).toEqual([world.people.ana]);
    });

    test('[RT22] a session goes with its meeting: when it is moved, and into the next one when it is skipped', async () => {
      await fresh();
      const { facilitation } = world;
      const ana = () => world.viewer('ana');
      const { ritualId, meetings, act } = await mondays();
      const prepare = async (index: number) =>
        value(await facilitation.plan(ana(), { occurrenceId: meetings[index]?.id ?? '' })).session;
      const listed = async () =>
        (await facilitation.sessions(ana(), { ritualId })).map(({ id, plannedAt }) => ({ id, plannedAt }));
      const skipped = await prepare(0);
      const stage = { ...skipped.stages[0]!, id: 'offsite', title: 'Plan the offsite', minutes: 7 };
      await world.do('ana', skipped.id, { type: 'insert', stage, before: null });
      await world.do('ana', skipped.id, { type: 'park', id: randomUUID(), title: 'Who orders the cake?' });
      await act('skip', { date: meetings[0]?.originalDate, reason: 'holidays' });
      expect(await listed()).toEqual([]);
      const next = await prepare(1);
      expect(next.stages.map(({ title, minutes }) => `${title} ${minutes}`)).toContain('Plan the offsite 7');
      const first = next.stages.find(({ rows }) => rows.includes('left-parked'))?.id ?? '';
      const rows = value(await facilitation.rows(ana(), next.id, first));
      expect(rows.groups.find(({ source }) => source === 'left-parked')?.rows).toMatchObject([
        { title: 'Who orders the cake?', settled: false },
      ]);
      await act('move', { date: meetings[1]?.originalDate, toDate: '2026-04-23', toTime: '08:30' });
      expect(await listed()).toEqual([{ id: next.id, plannedAt: on('2026-04-23', '08:30') }]);
    });

    test('[SN27][TR31] a close: each promise ends with a cause, what is carried is asked anew, and the period is closed', async () => {
      await fresh();
      const { store, organisationId, boardId, facilitation, tracking } = world;
      const periodId = randomUUID();
      await store.db.insert(period).values({
        ...{
          id: periodId,
          organisationId,
          kind: 'quarter',
          label: 'Q2 2026',
          start: '2026-04-01',
          end: '2026-06-30',
        },
        createdAt: new Date(world.clock.now),
      });
      await store.db.update(board).set({ periodId }).where(eq(board.id, boardId));
      const ids = await world.commit([{ key: 'a' }, { key: 'b', terms: { statement: 'Sell it' } }]);
      for (const id of ids.values())
        value(await tracking.act(world.viewer('ben'), id, 'accept', { confidence: 60 }));
      await store.db.update(commitment).set({ periodId }).where(eq(commitment.boardId, boardId));
      const [a, b] = [ids.get('a') ?? '', ids.get('b') ?? ''];
      world.clock.now = on('2026-06-24');
      const id = await world.running({ kind: 'quarterly-close', boardId }, ['ana', 'ben', 'bea']);
      const ending = { type: 'end', leaveOpen: false } as const;
      const open1 = await facilitation.command(world.viewer('ana'), id, {
        command: ending,
        expectedRev: (await one(id)).rev,
      });
      expect(open1.ok ? [] : open1.refusal.faults?.map(({ message }) => message).slice(0, 2)).toEqual([
        'Double the sign-ups: done, missed, dropped or carried?',
        'Sell it: done, missed, dropped or carried?',
      ]);
      const act = (on2: string, name: string, input: object) =>
        facilitation.act(world.viewer('ben'), id, {
          stage: 'stories',
          kind: 'commitment',
          id: on2,
          act: name,
          input: { ...input },
        });
      value(await act(a, 'miss', { cause: null, text: '' }));
      value(await act(b, 'carry', { cause: null, text: '' }));
      const open2 = await facilitation.command(world.viewer('ana'), id, {
        command: ending,
        expectedRev: (await one(id)).rev,
      });
      expect(open2.ok ? [] : open2.refusal.faults?.map(({ message }) => message).slice(0, 2)).toEqual([
        'Double the sign-ups: what was the cause?',
        'Sell it: what was the cause?',
      ]);
      for (const each of [a, b]) value(await act(each, 'give-cause', { cause: 'capacity', text: '' }));
      await world.do('ana', id, { type: 'end', leaveOpen: true });
      const { minutes } = value(await facilitation.minutes(world.viewer('ana'), id));
      expect(minutes.leftOpen.map(({ row }) => row)).not.toContainEqual(
        expect.objectContaining({ source: 'stories' }),
      );
      expect(minutes.acts.map(({ text }) => text)).toContain('Q2 2026 is closed');
      expect(minutes.outputs.map(({ output }) => output)).toEqual(
        expect.arrayContaining(['carried', 'causes']),
      );
      const [closed] = await store.db.select().from(period).where(eq(period.id, periodId));
      expect(closed).toMatchObject({ closed: true });
      const issues = await opened.store.db.select().from(triageItem).where(eq(triageItem.boardId, boardId));
      expect(issues).toMatchObject([{ title: 'Sell it', kind: 'issue' }]);
      const asked = await tracking.commitments(world.viewer('ben'), {
        ownerId: world.people.ben,
        state: 'proposed',
      });
      expect(asked).toMatchObject([{ statement: 'Sell it', due: null, boardId: null }]);
    });
  });
});
