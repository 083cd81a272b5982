import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openMailDoor, type MailDoor } from '../../server/notify/smtp-door.ts';
import { checkInLink, choreLease, mail, member, organisation } from '../../server/store/schema.ts';
import { on, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { refusal, startMailServer, type MailServerBehaviour, type TestMailServer } from './mail-server.ts';
import { makeNotifyWorld, type NotifyWorld } from './notify-world.ts';

const [accepted, friday] = [on('2026-04-01', '12:00'), on('2026-04-03', '17:00')];
const from = 'Throughline <plan@example.org>';
const minute = 60_000;

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('mails', () => {
    let opened: OpenedStore;
    let server: TestMailServer | null = null;

    beforeAll(async () => {
      opened = await store.open();
    });
    afterAll(() => opened.dispose());
    afterEach(async () => {
      await server?.close();
      server = null;
      // A chore looks at all organisations: each test has the store for itself.
      await opened.store.db.delete(organisation);
      await opened.store.db.delete(choreLease);
    });

    /** Ben's check-in is due: one mail waits to be sent. */
    async function dueMail(behaviour: MailServerBehaviour = {}, url?: string): Promise<NotifyWorld> {
      server = await startMailServer(behaviour);
      const world = await makeNotifyWorld(opened.store, { door: openMailDoor(url ?? server.url, from) });
      await world.at(accepted);
      await world.promises.accepted({});
      await world.at(friday);
      return world;
    }
    const only = async (world: NotifyWorld) => (await world.mails('ben'))[0];

    test('[NT22][NT25] a reminder reaches a real mail server, with everything in it', async () => {
      const world = await dueMail();
      await world.notify.send();
      expect(server?.received).toHaveLength(1);
      const [got] = server?.received ?? [];
      const row = await only(world);
      expect(row).toMatchObject({ status: 'sent', attempts: 1, error: null });
      expect(row?.sentAt?.getTime()).toBe(friday);
      expect(got?.messageId).toBe(row?.messageId);
      expect(got?.messageId).toMatch(/^<[\w.-]+@example\.org>$/);
      expect(got?.to).toEqual([row?.to]);
      expect(got?.text).toContain('It was due Fri 3 Apr, 17:00');
      expect(got?.text).toContain('(rule NT3)');
      expect(got?.text).toMatch(/https:\/\/plan\.example\.org\/check-in\/[\w-]{43}\n/);
      expect(got?.text).toContain('https://plan.example.org/settings/notifications');
    });

    test('[NT41] no token of a link is stored', async () => {
      const world = await dueMail();
      await world.notify.send();
      const token = /check-in\/([\w-]{43})/.exec(server?.received[0]?.text ?? '')?.[1] ?? 'none';
      expect(token).toHaveLength(43);
      const kept = JSON.stringify([
        await opened.store.db.select().from(mail),
        await opened.store.db.select().from(checkInLink),
      ]);
      expect(kept).not.toContain(token);
      expect(kept).toContain('(personal link, not kept)');
    });

    test('[NT36][NT37] who was suspended, or wants no mails any more, gets none that waits', async () => {
      const world = await dueMail();
      const waiting = await only(world);
      value(await world.notify.changePreferences(world.viewer('ben'), { byMail: false }));
      await world.notify.send();
      expect(await only(world)).toBeUndefined();
      value(await world.notify.changePreferences(world.viewer('ben'), { byMail: true }));
      await opened.store.db.insert(mail).values({ ...waiting, subject: 'again' } as typeof mail.$inferInsert);
      const gone = { suspendedAt: new Date(friday) };
      await opened.store.db.update(member).set(gone).where(eq(member.personId, world.people.ben));
      await world.notify.send();
      expect(await only(world)).toBeUndefined();
      expect(server?.received).toEqual([]);
    });

    test('[NT7] whoever handed the promise over since is not mailed about its check-in', async () => {
      const world = await dueMail();
      const [promise] = await world.tracking.commitments(world.viewer('ben'), {});
      const act = async (name: 'ben' | 'bea', what: string, input: object) =>
        value(await world.tracking.act(world.viewer(name), promise?.id ?? '', what, { ...input }));
      await act('ben', 'hand-over', { to: world.people.bea });
      await act('bea', 'take-over', {});
      expect(await only(world)).toMatchObject({ status: 'queued' });
      await world.notify.send();
      expect(server?.received.filter(({ to }) => to[0]?.startsWith('ben@'))).toEqual([]);
    });

    test('[NT25] several nodes at once send each mail once', async () => {
      const world = await dueMail();
      for (let i = 0; i < 12; i += 1)
        value(await world.notify.testMail(world.viewer('olga', { accountId: await olga(world) })));
      const door = openMailDoor(server?.url ?? '', from);
      const nodes = [world.notify, ...[1, 2, 3].map(() => world.node({}, door))];
      await Promise.all(nodes.map((node) => node.send()));
      await server?.until(13);
      await Promise.all(nodes.map((node) => node.send()));
      const ids = server?.received.map(({ messageId }) => messageId) ?? [];
      expect(ids).toHaveLength(13);
      expect(new Set(ids).size).toBe(13);
    });

    test('[NT28][NT25] what is refused for now is tried again later, with the same Message-ID', async () => {
      let refusals = 2;
      const tried: string[] = [];
      const world = await dueMail({
        received: ({ messageId }) => {
          tried.push(messageId);
          refusals -= 1;
          if (refusals >= 0) throw refusal(451, 'come back later');
        },
      });
      await world.notify.send();
      expect(await only(world)).toMatchObject({
        status: 'queued',
        attempts: 1,
        error: expect.stringContaining('451') as string,
      });
      world.clock.now = friday + minute - 1;
      await world.notify.send();
      expect(tried).toHaveLength(1);
      world.clock.now = friday + minute;
      await world.notify.send();
      world.clock.now = friday + 5 * minute;
      await world.notify.send();
      expect(tried).toHaveLength(2);
      world.clock.now = friday + 7 * minute;
      await world.notify.send();
      expect(await only(world)).toMatchObject({ status: 'sent', attempts: 3, error: null });
      expect(new Set(tried).size).toBe(1);
      expect(server?.received).toHaveLength(1);
    });

    test('[NT28] what is refused for good is not tried again; administrators see why, and may send it again', async () => {
      let wrong = true;
      const world = await dueMail({
        named: () => {
          if (wrong) throw refusal(550, 'no such mailbox');
        },
      });
      await world.notify.send();
      world.clock.now = friday + 60 * minute;
      await world.notify.send();
      const row = await only(world);
      expect(row).toMatchObject({ status: 'failed', attempts: 1 });
      const box = value(await world.notify.mails(world.viewer('olga')));
      expect(box).toMatchObject({ mode: 'smtp', server: new URL(server?.url ?? '').host });
      expect(box.mails[0]?.error).toContain('no such mailbox');
      wrong = false;
      value(await world.notify.sendAgain(world.viewer('olga'), row?.id ?? ''));
      await server?.until(1);
      expect(server?.received[0]?.messageId).toBe(row?.messageId);
    });

    test('[NT28] a mail server that is away is tried again, and nothing is lost', async () => {
      const world = await dueMail({}, 'smtp://127.0.0.1:9');
      await world.notify.send();
      expect(await only(world)).toMatchObject({ status: 'queued', attempts: 1 });
      expect((await only(world))?.error).toMatch(/ECONNREFUSED|connect/i);
      world.clock.now = friday + minute;
      await world.node({}, openMailDoor(server?.url ?? '', from)).send();
      expect(server?.received).toHaveLength(1);
    });

    test('[NT28] a wrong password is said, and mended without losing the mail', async () => {
      const user = { name: 'plan', password: 'right' };
      const world = await dueMail({ user });
      const wrong = openMailDoor((server?.url ?? '').replace('right', 'wrong'), from);
      await world.node({}, wrong).send();
      expect(await only(world)).toMatchObject({ status: 'queued' });
      expect((await only(world))?.error).toContain('wrong password');
      world.clock.now = friday + minute;
      await world.notify.send();
      expect(server?.received).toHaveLength(1);
    });

    test('[NT25] a node that has lost its lease before handing over sends nothing', async () => {
      const taken = Promise.withResolvers<undefined>();
      const world = await dueMail({
        named: async () => {
          await opened.store.db.update(mail).set({ leasedBy: 'another node' });
          taken.resolve(undefined);
        },
      });
      await world.notify.send();
      await taken.promise;
      expect(server?.received).toEqual([]);
      expect(await only(world)).toMatchObject({ status: 'sending', leasedBy: 'another node' });
    });

    test('[NT27] a line that breaks after handing over leaves it unsure; only an administrator sends it again', async () => {
      const world = await dueMail();
      const real = openMailDoor(server?.url ?? '', from);
      const door: MailDoor = {
        server: real.server,
        deliver: async (_mail, handOver) => {
          await handOver();
          return { kind: 'unknown', reason: 'the line broke' };
        },
      };
      const node = world.node({}, door);
      await node.send();
      expect(await only(world)).toMatchObject({ status: 'unsure', error: 'the line broke' });
      world.clock.now = friday + 24 * 60 * minute;
      await world.notify.send();
      expect(await only(world)).toMatchObject({ status: 'unsure' });
      expect(server?.received).toEqual([]);
      expect((await world.notify.sendAgain(world.viewer('ben'), (await only(world))?.id ?? '')).ok).toBe(
        false,
      );
    });

    test('[NT29][NT38] without a mail server mails are captured, for administrators only, without personal links', async () => {
      const world = await makeNotifyWorld(opened.store);
      await world.at(accepted);
      await world.promises.accepted({});
      await world.at(friday);
      await world.notify.send();
      const box = value(await world.notify.mails(world.viewer('olga')));
      expect(box).toMatchObject({ mode: 'captured', server: null });
      const due = box.mails.find(({ subject }) => subject.startsWith('Check-in due'));
      expect(due).toMatchObject({ status: 'captured' });
      expect(due?.text).toContain('(personal link, not kept)');
      expect(due?.text).not.toMatch(/check-in\/[\w-]{20}/);
      for (const name of ['ben', 'ana', 'finn'] as const) {
        expect(await world.notify.mails(world.viewer(name))).toMatchObject({
          ok: false,
          refusal: { code: 'forbidden' },
        });
      }
      const elsewhere = await makeNotifyWorld(opened.store);
      expect(value(await elsewhere.notify.mails(elsewhere.viewer('olga'))).mails).toEqual([]);
      expect((await elsewhere.notify.sendAgain(elsewhere.viewer('olga'), due?.id ?? '')).ok).toBe(false);
    });

    test('[NT38] a test mail goes to the administrator who asks, and to nobody else', async () => {
      server = await startMailServer();
      const world = await makeNotifyWorld(opened.store, { door: openMailDoor(server.url, from) });
      expect((await world.notify.testMail(world.viewer('ben'))).ok).toBe(false);
      const test = value(await world.notify.testMail(world.viewer('olga', { accountId: await olga(world) })));
      await server.until(1);
      expect(server.received[0]).toMatchObject({ to: [test.to], subject: 'A test from Throughline' });
      expect(test.to).toMatch(/^olga@/);
    });

    async function olga(world: NotifyWorld): Promise<string> {
      const [found] = await opened.store.db
        .select()
        .from(member)
        .where(eq(member.personId, world.people.olga));
      return found?.accountId ?? '';
    }
  });
});
