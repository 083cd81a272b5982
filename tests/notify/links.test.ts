import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CheckInLinkView } from '../../src/protocol/views/notify.ts';
import {
  checkIn as checkInRow,
  checkInLink,
  choreLease,
  leave,
  member,
  organisation,
} from '../../server/store/schema.ts';
import { checkIn } from '../tracking/promises.ts';
import { code, on, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import type { OutgoingMail } from '../../server/notify/smtp-door.ts';
import { makeNotifyWorld, type NotifyWorld } from './notify-world.ts';

const [accepted, friday, grace] = [
  on('2026-04-01', '12:00'),
  on('2026-04-03', '17:00'),
  on('2026-04-07', '17:00'),
];
const minute = 60_000;

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('a check-in link', () => {
    let opened: OpenedStore;
    let world: NotifyWorld;
    let sent: OutgoingMail[] = [];
    let promise: string;

    beforeAll(async () => {
      opened = await store.open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      await opened.store.db.delete(organisation);
      await opened.store.db.delete(choreLease);
      sent = [];
      const door = {
        server: 'here',
        deliver: async (mail: OutgoingMail, handOver: () => Promise<boolean>) => {
          await handOver();
          sent.push(mail);
          return { kind: 'sent' } as const;
        },
      };
      world = await makeNotifyWorld(opened.store, { door });
      await world.at(accepted);
      promise = await world.promises.accepted({});
      await world.at(friday);
      await world.notify.send();
      world.clock.now = friday + minute;
    });

    const tokenOf = (mail: OutgoingMail | undefined): string =>
      /\/check-in\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? 'none';
    const token = (): string => tokenOf(sent.find(({ to }) => to.startsWith('ben@')));
    const look = async (): Promise<CheckInLinkView> => value(await world.notify.checkInLink(token()));
    const said = () => opened.store.db.select().from(checkInRow).where(eq(checkInRow.commitmentId, promise));
    const input = async () => {
      const view = await look();
      if (view.state !== 'open') throw new Error(view.state);
      return { ...checkIn, version: view.sheet.version };
    };

    test('[NT32] opens one slot of one person, prefilled, and looking changes nothing', async () => {
      value(await world.tracking.checkIn(world.viewer('ben'), promise, checkIn));
      const [first] = await said();
      value(await world.tracking.act(world.viewer('ben'), promise, 'undo-check-in', { id: first?.id }));
      const before = JSON.stringify(await opened.store.db.select().from(checkInLink));
      for (let i = 0; i < 3; i += 1) {
        expect(await look()).toMatchObject({
          ...{ state: 'open', person: 'Ben', organisation: 'Acme', commitmentId: promise },
          slot: { number: 1, state: 'late' },
        });
      }
      expect(JSON.stringify(await opened.store.db.select().from(checkInLink))).toBe(before);
      expect((await said()).filter(({ undone }) => !undone)).toEqual([]);
      expect(code(await world.notify.checkInLink('never given to anybody'))).toBe('not-found');
    });

    test('[NT32] a check-in by it is Ben’s, by mail, in its slot', async () => {
      const view = value(await world.notify.checkInByLink(token(), await input()));
      expect(view).toMatchObject({ state: 'filled', byName: 'Ben', undoUntil: friday + 11 * minute });
      expect(await said()).toMatchObject([
        { by: world.people.ben, via: 'mail', status: 'on', confidence: 80 },
      ]);
      const [slot] = await world.promises.slotsOf(promise);
      expect(slot).toMatchObject({ outcome: 'filled', filled: 'late' });
      expect(code(await world.notify.checkInByLink(token(), checkIn))).toBe('link-over');
      expect(await said()).toHaveLength(1);
    });

    test('[NT34] it can be taken back for ten minutes, and done again', async () => {
      value(await world.notify.checkInByLink(token(), await input()));
      world.clock.now += 9 * minute;
      expect(value(await world.notify.undoByLink(token())).state).toBe('open');
      value(await world.notify.checkInByLink(token(), { ...(await input()), status: 'risk' }));
      world.clock.now += 11 * minute;
      expect(await look()).toMatchObject({ state: 'filled', undoUntil: null });
      expect(code(await world.notify.undoByLink(token()))).toBe('too-late');
      expect((await said()).filter(({ undone }) => !undone)).toMatchObject([{ status: 'risk' }]);
    });

    test('[NT34] what was said elsewhere is not taken back by it', async () => {
      value(await world.tracking.checkIn(world.viewer('ben'), promise, checkIn));
      expect(await look()).toMatchObject({ state: 'filled', undoUntil: null });
      expect(code(await world.notify.undoByLink(token()))).toBe('too-late');
    });

    test('[NT43] who answers for somebody on leave gets a link of their own, in whose name it speaks', async () => {
      await opened.store.db.insert(leave).values({
        ...{ id: crypto.randomUUID(), organisationId: world.organisationId, personId: world.people.ben },
        ...{ delegateId: world.people.bea, start: '2026-04-10', end: '2026-04-14' },
        createdAt: new Date(world.clock.now),
      });
      value(await world.notify.checkInByLink(token(), await input()));
      sent = [];
      await world.at(friday + 7 * 24 * 60 * minute);
      await world.notify.send();
      const mail = sent.find(({ to }) => to.startsWith('bea@'));
      expect(mail?.subject).toMatch(/^Ben: check-in due/);
      const opens = tokenOf(mail);
      const view = value(await world.notify.checkInLink(opens));
      if (view.state !== 'open') throw new Error(view.state);
      expect(view.person).toBe('Bea');
      const { version } = view.sheet;
      value(await world.notify.checkInByLink(opens, { ...checkIn, version }));
      const history = value(await world.tracking.commitment(world.viewer('ben'), promise)).history;
      expect(history.at(-1)).toMatchObject({ byName: 'Bea', onBehalfOf: 'Ben', via: 'mail' });
    });

    test('[NT32] a mail that says one was missed opens the next that waits', async () => {
      sent = [];
      await world.at(grace);
      await world.notify.send();
      const mail = sent.find(({ to }) => to.startsWith('ben@'));
      expect(mail?.subject).toMatch(/^No word on/);
      const view = value(await world.notify.checkInLink(tokenOf(mail)));
      expect(view).toMatchObject({ state: 'open', slot: { number: 2, state: 'open' } });
      // The reviewer hears of it, and answers for nobody.
      expect(tokenOf(sent.find(({ to }) => to.startsWith('ana@')))).toBe('none');
    });

    test('[NT33] it ends with the slot’s grace', async () => {
      world.clock.now = grace - 1;
      expect((await look()).state).toBe('open');
      world.clock.now = grace;
      expect((await look()).state).toBe('expired');
      expect(code(await world.notify.checkInByLink(token(), checkIn))).toBe('link-over');
      expect(await said()).toEqual([]);
    });

    test('[NT33] “not me” ends every link to that check-in', async () => {
      const given = await input();
      expect(value(await world.notify.revokeLink(token())).state).toBe('revoked');
      expect((await look()).state).toBe('revoked');
      expect(code(await world.notify.checkInByLink(token(), given))).toBe('link-over');
      expect(await said()).toEqual([]);
    });

    test('[NT33] it opens nothing once the promise is somebody else’s, has ended, or its person is gone', async () => {
      value(await world.tracking.act(world.viewer('ben'), promise, 'hand-over', { to: world.people.bea }));
      expect((await look()).state).toBe('open');
      value(await world.tracking.act(world.viewer('bea'), promise, 'take-over', {}));
      expect((await look()).state).toBe('not-yours');
      value(
        await world.tracking.act(world.viewer('bea'), promise, 'complete', {
          evidence: 'Done',
          values: { m1: 200 },
        }),
      );
      expect((await look()).state).toBe('ended');
      await opened.store.db
        .update(member)
        .set({ suspendedAt: new Date(friday) })
        .where(eq(member.personId, world.people.ben));
      expect((await look()).state).toBe('not-yours');
      expect(code(await world.notify.checkInByLink(token(), checkIn))).toBe('link-over');
    });

    test('[NT33] a faulty check-in is refused by its field, and the link still opens', async () => {
      const faulty = { ...(await input()), values: { nothing: 3 } };
      expect(code(await world.notify.checkInByLink(token(), faulty))).toBe('invalid');
      expect((await look()).state).toBe('open');
    });
  });
});
