import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { choreLease, dayOff, notice, organisation, team } from '../../server/store/schema.ts';
import { on, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeNotifyWorld, type NotifyWorld } from './notify-world.ts';

const [accepted, friday] = [on('2026-04-01', '12:00'), on('2026-04-03', '17:00')];

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('inbox', () => {
    let opened: OpenedStore;
    let world: NotifyWorld;

    beforeAll(async () => {
      opened = await store.open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      // A chore looks at all organisations: each test has the store for itself.
      await opened.store.db.delete(organisation);
      await opened.store.db.delete(choreLease);
      world = await makeNotifyWorld(opened.store);
      await world.at(accepted);
    });

    const promise = (): Promise<string> => world.promises.accepted();

    test('[NT37] nothing of another’s inbox can be seen or moved', async () => {
      await promise();
      await world.at(friday);
      const [mine] = (await world.notify.inbox(world.viewer('ben'))).notices;
      const other = await makeNotifyWorld(opened.store);
      for (const stranger of [world.viewer('ana'), other.viewer('ben')]) {
        expect((await world.notify.inbox(stranger)).notices.map(({ id }) => id)).not.toContain(mine?.id);
        expect((await world.notify.read(stranger, mine?.id ?? '')).ok).toBe(false);
        expect((await world.notify.snooze(stranger, mine?.id ?? '', 'tomorrow')).ok).toBe(false);
      }
    });

    test('[NT21][NT35] read, put off until tomorrow at nine, and back unread', async () => {
      await promise();
      await world.at(friday);
      const ben = () => world.viewer('ben');
      const before = await world.notify.inbox(ben());
      const [first] = before.notices;
      expect(before.unread).toBe(before.notices.length);
      value(await world.notify.read(ben(), first?.id ?? ''));
      expect(await world.notify.unread(ben())).toBe(before.unread - 1);
      const away = value(await world.notify.snooze(ben(), first?.id ?? '', 'tomorrow'));
      expect(away.snoozedUntil).toBe(on('2026-04-04', '09:00'));
      const hidden = await world.notify.inbox(ben());
      expect(hidden.notices.map(({ id }) => id)).not.toContain(first?.id);
      expect(hidden.snoozed).toBe(1);
      expect(value(await world.tracking.commitment(ben(), first?.subjectId ?? '')).slot?.state).toBe('late');
      world.clock.now = on('2026-04-04', '09:00');
      expect(await world.notify.unread(ben())).toBe(before.unread);
      expect((await world.notify.snooze(ben(), first?.id ?? '', 'never')).ok).toBe(false);
      expect(await world.notify.readAll(ben())).toBe(before.unread);
      const rows = await opened.store.db
        .select()
        .from(notice)
        .where(
          inArray(
            notice.id,
            before.notices.map(({ id }) => id),
          ),
        );
      expect(rows.every(({ readAt }) => readAt !== null)).toBe(true);
    });

    test('[NT36] everybody chooses for themselves, and a wrong value is refused by its field', async () => {
      const ben = world.viewer('ben');
      expect(await world.notify.preferences(ben)).toMatchObject({
        byMail: true,
        quietFrom: '18:00',
        weeklyCap: 10,
      });
      const changed = value(
        await world.notify.changePreferences(ben, {
          quietFrom: '20:00',
          digestAt: '09:30',
          timezone: 'Asia/Kolkata',
        }),
      );
      expect(changed).toMatchObject({
        quietFrom: '20:00',
        quietTo: '08:00',
        digestAt: '09:30',
        byMail: true,
      });
      expect((await world.notify.preferences(world.viewer('ana'))).quietFrom).toBe('18:00');
      for (const [path, wrong] of Object.entries({
        quietTo: '25:00',
        timezone: 'Mars/Base',
        weeklyCap: 51,
      })) {
        const refused = await world.notify.changePreferences(ben, { [path]: wrong });
        expect(refused).toMatchObject({ ok: false, refusal: { code: 'invalid', faults: [{ path }] } });
      }
      const looking = { ...ben, viewingAs: true };
      expect((await world.notify.changePreferences(looking, { byMail: false })).ok).toBe(false);
    });

    test('[NT17] holidays and time zone of the reader’s own team', async () => {
      const { organisationId, teams } = world;
      await opened.store.db.insert(dayOff).values({
        ...{ id: crypto.randomUUID(), organisationId, kind: 'holiday', teamId: teams.red, label: 'Easter' },
        ...{ start: '2026-04-06', end: '2026-04-07', createdAt: new Date(accepted) },
      });
      await opened.store.db.update(team).set({ timezone: 'Asia/Tokyo' }).where(eq(team.id, teams.red));
      await promise();
      await world.promises.accepted({ owner: 'dan', team: 'blue' });
      // Five on Friday in Berlin is past midnight in Tokyo.
      await world.at(friday + 3 * 3_600_000);
      const leaves = async (name: 'ben' | 'dan') =>
        (await world.mails(name)).at(-1)?.notBefore.toISOString() ?? 'no mail';
      expect(await leaves('dan')).toBe('2026-04-06T06:00:00.000Z');
      expect(await leaves('ben')).toBe('2026-04-07T23:00:00.000Z');
    });

    test('[NT24] a clock that went ahead and was put right keeps nobody from being told', async () => {
      await world.notify.plan();
      const ahead = new Date(friday + 400 * 86_400_000);
      await opened.store.db
        .update(choreLease)
        .set({ until: ahead, ranAt: ahead, holder: 'a node with a wrong clock' });
      await world.promises.propose();
      world.clock.now = accepted + 60_000;
      await world.notify.plan();
      expect((await world.said()).some((it) => it.startsWith('ben promise'))).toBe(true);
    });
  });
});
