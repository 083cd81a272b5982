import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeSentence } from '../../server/insight/change-sentence.ts';
import { board, event } from '../../server/store/schema.ts';
import { value } from '../tracking/server-world.ts';
import { on, planningDay, zone } from '../tracking/situations.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeCheckedPromise, type CheckedPromise } from './checked-promise.ts';

describe.each(stores)('on $name', ({ missing, open }) => {
  describe.skipIf(missing)('check-ins that are moved', () => {
    let opened: OpenedStore;
    let own: CheckedPromise['own'];
    let rhythm: CheckedPromise['rhythm'];
    let promise: string;
    let slots: CheckedPromise['slots'];
    let booked: CheckedPromise['booked'];
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      ({ own, rhythm, promise, slots, booked } = await makeCheckedPromise(opened.store));
    });

    test('[RT24] check-ins due a day before the weekly follow it to another day, for all meetings ahead', async () => {
      const before = await slots();
      const weekly = await booked();
      const change = async (terms: object) =>
        value(await rhythm.actOnRitual(own.viewer('ana'), weekly, 'change', { terms }));
      await change({ durationMinutes: 45 });
      expect(await slots()).toEqual(before);
      await change({ rule: { type: 'weekly', every: 1, weekdays: [4] }, time: '09:30' });
      const after = await slots();
      expect(after.length).toBeGreaterThan(10);
      for (const { dueAt } of after.slice(1)) {
        const words = new Intl.DateTimeFormat('en-GB', {
          ...{ timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' },
        }).format(dueAt);
        expect(words).toBe('Wed 09:30');
      }
    });

    const thursdays = { rule: { type: 'weekly', every: 1, weekdays: [4] }, time: '09:30' };

    test('[RT24] an open check-in stays with its identity, and its week is not asked twice', async () => {
      const [first, second] = await slots();
      const weekly = await booked();
      own.clock.now = planningDay + 6.75 * 86_400_000;
      value(await rhythm.actOnRitual(own.viewer('ana'), weekly, 'change', { terms: thursdays }));
      const after = await slots();
      expect(after.slice(0, 2).map(({ id }) => id)).toEqual([first?.id, second?.id]);
      expect(after.slice(0, 4).map(({ day }) => day)).toEqual([
        ...['2026-04-03', '2026-04-10', '2026-04-15', '2026-04-22'],
      ]);
    });

    test('[RT24] moved from one meeting on, those before it keep their check-ins', async () => {
      const before = await slots();
      const weekly = await booked();
      const input = { from: '2026-04-18', reason: 'Fridays are full', terms: thursdays };
      value(await rhythm.actOnRitual(own.viewer('ana'), weekly, 'split', input));
      const after = await slots();
      expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
      expect(after.slice(0, 4).map(({ day }) => day)).toEqual([
        ...['2026-04-03', '2026-04-10', '2026-04-22', '2026-04-29'],
      ]);
    });

    test('[RH39] an open check-in of the rhythm before is never lost by planning anew', async () => {
      const weekly = await booked();
      // Monday before the second one: it is due on Friday, and opened this afternoon.
      const [, second] = await slots();
      own.clock.now = (second?.dueAt ?? 0) - 2.5 * 86_400_000;
      value(await rhythm.actOnRitual(own.viewer('ana'), weekly, 'change', { terms: thursdays }));
      const moved = await slots();
      expect(moved[1]).toEqual(second);
      // Any later reason to plan anew, on another day and for another team's sake.
      own.clock.now += 3_600_000;
      const freeze = { start: '2026-06-01', end: '2026-06-02', label: 'Fair' };
      value(await rhythm.addDaysOff(own.viewer('olga'), { kind: 'freeze', days: [freeze] }));
      expect((await slots()).slice(0, 4)).toEqual(moved.slice(0, 4));
      expect(moved.slice(0, 4).map(({ day }) => day)).toEqual([
        ...['2026-04-03', '2026-04-10', '2026-04-15', '2026-04-22'],
      ]);
      // Nor by its owner's own change of the promise.
      const it = value(await own.tracking.commitment(own.viewer('ben'), promise));
      const change = { change: { due: '2026-06-19' }, reason: 'learning', text: 'sooner' };
      value(
        await own.tracking.act(own.viewer('ben'), promise, 'rescope', { version: it.version, ...change }),
      );
      expect((await slots())[1]).toEqual(second);
    });

    test('[RH39] an open monthly check-in gets its new due when a holiday falls on it, and stays the same one', async () => {
      await opened.store.db
        .update(board)
        .set({ rhythm: { cadence: 'monthly', weekday: 5, time: '17:00', closeOn: '2026-07-03' } })
        .where(eq(board.id, own.boardId));
      own.clock.now = on('2026-04-02', '18:00');
      await own.commit([{ key: 'one', owner: 'ben', team: 'red' }]);
      const april = (await slots()).find(({ day }) => day === '2026-05-01');
      own.clock.now = on('2026-04-29');
      const off = {
        kind: 'holiday' as const,
        days: [{ start: '2026-05-01', end: '2026-05-01', label: 'Local' }],
      };
      value(await rhythm.addDaysOff(own.viewer('olga'), off));
      const after = (await slots()).filter(({ day }) => day >= '2026-05-01' && day < '2026-06-01');
      expect(after).toEqual([
        { ...april, day: '2026-05-04', dueAt: on('2026-05-04', '17:00'), graceUntil: '2026-05-07' },
      ]);
    });

    test('[RT25] board and promises keep a line of a moved weekly, by whom, and why where somebody said so', async () => {
      const weekly = await booked();
      value(await rhythm.actOnRitual(own.viewer('ana'), weekly, 'change', { terms: thursdays }));
      const sentence =
        'Check-ins are due on Wednesdays at 09:30, not on Fridays at 17:00: the weekly meeting moved.';
      const moved = { before: { weekday: 5, time: '17:00' }, after: { weekday: 3, time: '09:30' } };
      const [line] = await opened.store.db
        .select()
        .from(event)
        .where(and(eq(event.objectId, own.boardId), eq(event.type, 'check-ins-moved')));
      expect(line).toMatchObject({ objectKind: 'board', actorPersonId: own.people.ana, data: moved });
      const told = changeSentence({ type: 'check-ins-moved', data: line?.data }, new Map());
      expect(told).toBe(sentence);
      const look = async () => {
        const { history, version } = value(await own.tracking.commitment(own.viewer('ben'), promise));
        return { version, last: history.at(-1) };
      };
      expect(await look()).toMatchObject({
        last: {
          byId: own.people.ana,
          sentence,
        },
      });
      const tuesdays = { terms: { rule: { type: 'weekly', every: 1, weekdays: [2] }, time: '10:00' } };
      const split = { from: '2026-04-23', reason: 'Thursdays are full', ...tuesdays };
      const before = await look();
      value(await rhythm.actOnRitual(own.viewer('ana'), weekly, 'split', split));
      expect(await look()).toMatchObject({
        version: before.version + 1,
        last: { reason: 'Thursdays are full' },
      });
      // What is written down is read back the same: a check-in on this version is taken.
      const { version } = await look();
      const said = { status: 'on' as const, confidence: 80, version };
      value(await own.tracking.checkIn(own.viewer('ben'), promise, said));
    });
  });
});
