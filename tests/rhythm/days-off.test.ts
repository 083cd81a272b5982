import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { localDateOf } from '../../src/domain/rhythm/local-time.ts';
import { code, value } from '../tracking/server-world.ts';
import { planningDay, zone } from '../tracking/situations.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeCheckedPromise, type CheckedPromise } from './checked-promise.ts';

describe.each(stores)('on $name', ({ missing, open }) => {
  describe.skipIf(missing)('days off', () => {
    let opened: OpenedStore;
    let own: CheckedPromise['own'];
    let rhythm: CheckedPromise['rhythm'];
    let slots: CheckedPromise['slots'];
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      ({ own, rhythm, slots } = await makeCheckedPromise(opened.store));
    });
    const dayOf = async (index: number) => (await slots())[index]?.day ?? '';

    test('[RH27] a freeze excuses what is still due in it, and taking it back asks again', async () => {
      const before = await slots();
      expect(before.length).toBeGreaterThan(4);
      const day = await dayOf(2);
      const freeze = { start: day, end: day, label: 'Stocktaking' };
      const off = value(await rhythm.addDaysOff(own.viewer('olga'), { kind: 'freeze', days: [freeze] }));
      const frozen = await slots();
      expect(frozen[2]).toMatchObject({ outcome: 'excused', excuse: 'freeze', id: before[2]?.id });
      expect(frozen.filter(({ outcome }) => outcome === 'excused')).toHaveLength(1);
      value(await rhythm.removeDayOff(own.viewer('olga'), off[0]?.id ?? ''));
      expect(await slots()).toEqual(before);
    });

    test('[RH27] what is due within a day can be excused too; what was due before stays', async () => {
      const before = await slots();
      own.clock.now = (before[1]?.dueAt ?? 0) - 60 * 60_000;
      const from = before[0]?.day ?? '';
      const freeze = { start: from, end: before[1]?.day ?? '', label: 'Fair' };
      value(await rhythm.addDaysOff(own.viewer('olga'), { kind: 'freeze', days: [freeze] }));
      const after = await slots();
      expect(after[0]).toEqual(before[0]);
      expect(after[1]).toMatchObject({ excuse: 'freeze', id: before[1]?.id });
    });

    test('[RH27] a leave excuses its owner, unless somebody answers meanwhile', async () => {
      const day = await dayOf(2);
      const away = { personId: own.people.ben, start: day, end: day };
      const covered = value(
        await rhythm.addLeave(own.viewer('ben'), { ...away, delegateId: own.people.bea }),
      );
      expect((await slots())[2]?.excuse).toBeNull();
      value(await rhythm.removeLeave(own.viewer('ben'), covered.id));
      value(await rhythm.addLeave(own.viewer('ana'), away));
      expect((await slots())[2]).toMatchObject({ outcome: 'excused', excuse: 'owner-leave' });
    });

    test('[RH38] only who is away names who answers; when that one is away too, nobody is asked', async () => {
      const day = await dayOf(2);
      const away = { personId: own.people.ben, start: day, end: day };
      const named = { ...away, delegateId: own.people.bea };
      for (const name of ['ana', 'olga'] as const) {
        const asked = await rhythm.addLeave(own.viewer(name), named);
        expect(asked, name).toMatchObject({ ok: false, refusal: { code: 'not-yours', path: 'delegateId' } });
      }
      value(await rhythm.addLeave(own.viewer('ben'), named));
      expect((await slots())[2]?.excuse).toBeNull();
      const both = value(await rhythm.addLeave(own.viewer('bea'), { ...away, personId: own.people.bea }));
      expect((await slots())[2]?.excuse).toBe('owner-leave');
      value(await rhythm.removeLeave(own.viewer('bea'), both.id));
      expect((await slots())[2]?.excuse).toBeNull();
    });

    test('[RH27] a skipped weekly meeting excuses the check-in due a day before it', async () => {
      // Check-ins of this board are due on Fridays at 17:00; the team meets on Saturdays at that time.
      const day = await dayOf(2);
      const meets = localDateOf((await slots())[2]!.dueAt + 24 * 3_600_000, zone);
      const [weekly] = value(
        await rhythm.book(own.viewer('ana'), [
          {
            ...({ kind: 'weekly', title: 'Weekly', teams: [own.teams.red], time: '17:00', zone } as const),
            ...{ durationMinutes: 30, starts: localDateOf(planningDay + 86_400_000, zone) },
            rule: { type: 'weekly', every: 1, weekdays: [6] },
          },
        ]),
      );
      value(
        await rhythm.actOnRitual(own.viewer('ana'), weekly?.id ?? '', 'skip', {
          date: meets,
          reason: 'fair',
        }),
      );
      expect((await slots()).filter(({ excuse }) => excuse === 'skip').map((it) => it.day)).toEqual([day]);
      value(await rhythm.actOnRitual(own.viewer('ana'), weekly?.id ?? '', 'restore', { date: meets }));
      expect((await slots()).some(({ outcome }) => outcome === 'excused')).toBe(false);
    });

    test('[RH27] everybody’s weekly excuses those who have no nearer one', async () => {
      const day = await dayOf(2);
      const meets = localDateOf((await slots())[2]!.dueAt + 24 * 3_600_000, zone);
      const saturdays = (teams: readonly string[]) => ({
        ...({ kind: 'weekly', title: 'Weekly', teams, time: '17:00', zone } as const),
        ...{ durationMinutes: 30, starts: localDateOf(planningDay + 86_400_000, zone) },
        rule: { type: 'weekly' as const, every: 1, weekdays: [6] },
      });
      const [all] = value(await rhythm.book(own.viewer('olga'), [saturdays([])]));
      const skip = { date: meets, reason: 'fair' };
      value(await rhythm.actOnRitual(own.viewer('olga'), all?.id ?? '', 'skip', skip));
      expect((await slots()).filter(({ excuse }) => excuse === 'skip').map((it) => it.day)).toEqual([day]);
      value(await rhythm.actOnRitual(own.viewer('olga'), all?.id ?? '', 'restore', { date: meets }));
      value(await rhythm.book(own.viewer('ana'), [saturdays([own.teams.red])]));
      value(await rhythm.actOnRitual(own.viewer('olga'), all?.id ?? '', 'skip', skip));
      expect((await slots()).some(({ outcome }) => outcome === 'excused')).toBe(false);
    });

    test('[RH28] a holiday lengthens the grace of the team that has it', async () => {
      const before = await slots();
      const holiday = (teamId: string | null) => ({
        ...{ kind: 'holiday' as const, teamId },
        days: [{ start: before[2]?.graceUntil ?? '', end: before[2]?.graceUntil ?? '', label: 'Local' }],
      });
      value(await rhythm.addDaysOff(own.viewer('olga'), holiday(own.teams.blue)));
      expect(await slots()).toEqual(before);
      value(await rhythm.addDaysOff(own.viewer('ana'), holiday(own.teams.red)));
      const after = await slots();
      expect((after[2]?.graceUntil ?? '') > (before[2]?.graceUntil ?? '')).toBe(true);
      expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    });

    test('[RH28] a team in another zone is asked at its own time', async () => {
      const before = await slots();
      value(await rhythm.setTeamZone(own.viewer('ana'), own.teams.red, 'Pacific/Auckland'));
      const after = await slots();
      expect(after[2]?.dueAt).not.toBe(before[2]?.dueAt);
      expect(
        new Intl.DateTimeFormat('en-GB', { timeZone: 'Pacific/Auckland', timeStyle: 'short' }).format(
          after[2]?.dueAt,
        ),
      ).toBe('17:00');
      expect(code(await rhythm.setTeamZone(own.viewer('ana'), own.teams.red, 'Mars/Base'))).toBe(
        'invalid-input',
      );
      expect(code(await rhythm.setTeamZone(own.viewer('ana'), own.teams.blue, null))).toBe('forbidden');
    });

    test('[RH30] who writes leaves and holidays down', async () => {
      const leave = { personId: own.people.ben, start: '2026-08-03', end: '2026-08-07' };
      expect(code(await rhythm.addLeave(own.viewer('bea'), leave))).toBe('forbidden');
      expect(code(await rhythm.addLeave(own.viewer('cleo'), leave))).toBe('forbidden');
      expect(code(await rhythm.addLeave(own.viewer('olga'), { ...leave, end: '2026-08-01' }))).toBe(
        'invalid-input',
      );
      expect(code(await rhythm.addLeave(own.viewer('olga'), leave))).toBe('allowed');
      const day = { start: '2026-12-25', end: '2026-12-25', label: 'Christmas' };
      expect(code(await rhythm.addDaysOff(own.viewer('ana'), { kind: 'holiday', days: [day] }))).toBe(
        'forbidden',
      );
      const mine = { kind: 'holiday' as const, teamId: own.teams.red, days: [day] };
      expect(code(await rhythm.addDaysOff(own.viewer('ana'), mine))).toBe('allowed');
      expect(code(await rhythm.addDaysOff(own.viewer('ben'), mine))).toBe('forbidden');
    });
  });
});
