import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { choreLease, leave, member, notifyPreference, organisation } from '../../server/store/schema.ts';
import { checkIn } from '../tracking/promises.ts';
import { on, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeNotifyWorld, type NotifyWorld } from './notify-world.ts';

/** The first check-in of a promise accepted on Wednesday 1 April: due on Friday at five. */
const [accepted, thursday, friday, grace] = [
  on('2026-04-01', '12:00'),
  on('2026-04-02', '17:00'),
  on('2026-04-03', '17:00'),
  on('2026-04-07', '17:00'),
];

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('messages', () => {
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

    /** Ben's promise, with a reviewer and a sponsor. */
    const promise = (): Promise<string> =>
      world.promises.accepted({
        extra: { reviewer: world.people.bea, sponsor: world.people.olga },
      });

    test('[NT2][NT3][NT4][NT5][NT6] the ladder from the first reminder to the sponsor', async () => {
      await promise();
      await world.at(accepted + 60_000);
      for (const at of [thursday, friday, grace, on('2026-04-14', '17:00'), on('2026-04-21', '17:00')]) {
        await world.at(at - 60_000);
        await world.at(at);
      }
      const said = (await world.said()).filter((it) => !it.includes('promise'));
      expect([...said].sort()).toEqual([
        'ana overdue-7:1',
        ...['bea grace-end:1', 'bea grace-end:2', 'bea grace-end:3'],
        ...['ben due-soon:1', 'ben due:1', 'ben due:2', 'ben due:3'],
        ...['ben grace-end:1', 'ben grace-end:2', 'ben grace-end:3'],
        'ben open:1',
        'olga overdue-14:1',
      ]);
      expect(said.slice(0, 3)).toEqual(['ben open:1', 'ben due-soon:1', 'ben due:1']);
      const [overdue] = (await world.notices('ana')).filter(({ rung }) => rung === 'overdue-7:1');
      expect(overdue).toMatchObject({ link: expect.stringContaining('/commitments/') as string });
      expect(overdue?.body).toContain('Last word: none yet');
    });

    test('[NT1] what opens is told with the digest of the next morning', async () => {
      const id = await promise();
      world.clock.now = thursday - 60_000;
      value(await world.tracking.checkIn(world.viewer('ben'), id, checkIn));
      await world.at(thursday);
      await world.at(grace);
      expect(await world.said()).toContain('ben open:2');
      const digest = (await world.mails('ben')).find(({ messageId }) => messageId.startsWith('<digest.'));
      expect(digest?.notBefore.getTime()).toBe(on('2026-04-08', '08:00'));
      world.clock.now = on('2026-04-08', '08:00');
      await world.notify.send();
      const [sent] = (await world.mails('ben')).filter(({ id: mailId }) => mailId === digest?.id);
      expect(sent).toMatchObject({
        status: 'captured',
        subject: expect.stringMatching(/^Check in on/) as string,
      });
      expect(sent?.text).toMatch(/Last word: on track, 80 % sure, 5 days ago/);
    });

    test('[NT22] a message carries rule, evidence and link', async () => {
      await promise();
      await world.at(friday);
      const { notices } = await world.notify.inbox(world.viewer('ben'));
      const due = notices.find(({ title }) => title.startsWith('Check-in due'));
      expect(due).toMatchObject({ rule: 'NT3', link: expect.stringMatching(/^\/commitments\//) as string });
      expect(due?.evidence).toContain('It was due Fri 3 Apr, 17:00');
    });

    test('[NT7] who has checked in is not reminded, and a reminder that still waits is not mailed', async () => {
      const id = await promise();
      await world.at(on('2026-04-02', '19:00'));
      const [waiting] = await world.mails('ben');
      expect(waiting).toMatchObject({ status: 'queued' });
      value(await world.tracking.checkIn(world.viewer('ben'), id, checkIn));
      await world.at(friday);
      await world.notify.send();
      expect((await world.mails('ben')).filter(({ status }) => status !== 'queued')).toEqual([]);
      expect(await world.said()).not.toContain('ben due:1');
    });

    test('[NT8] what passed while the server stood still is not made up for', async () => {
      await promise();
      await world.at(friday);
      expect((await world.said()).filter((it) => it.includes(':1') && !it.includes('promise'))).toEqual([
        'ben due:1',
      ]);
    });

    test('[NT9][NT10][NT15] both sides of an ask hear of each other’s moves, and nobody of their own', async () => {
      await promise();
      const ask = value(
        await world.tracking.saveDependency(world.viewer('ana'), world.boardId, {
          ...{ objectKey: 'arrow', requesterKey: null, requesterTeam: 'red', providerTeam: 'blue' },
          ...{ what: 'Ledger API', neededBy: '2026-05-01', hardness: 'hard' },
        }),
      );
      const move = async (name: 'ana' | 'cleo', command: string, input: Record<string, unknown> = {}) => {
        value(await world.tracking.actOnDependency(world.viewer(name), ask.id, command, input));
        await world.at(world.clock.now + 60_000);
      };
      await move('ana', 'send');
      expect((await world.notices('cleo')).map(({ title }) => title)).toEqual(['Red asks: Ledger API']);
      await move('cleo', 'counter', { date: '2026-05-20', scope: 'Read only' });
      await move('ana', 'accept-counter');
      await move('cleo', 'deliver', { evidence: 'It runs.' });
      expect((await world.notices('ana')).map(({ title }) => title)).toEqual([
        'Counter-offer: Ledger API',
        'Delivered: Ledger API',
      ]);
      expect((await world.notices('cleo')).map(({ title }) => title)).toEqual([
        'Red asks: Ledger API',
        'Agreed: Ledger API',
      ]);
      await world.at(on('2026-04-07', '12:00'));
      expect((await world.notices('ana')).at(-1)?.title).toBe('Did it arrive? Ledger API');
      await world.at(on('2026-04-17', '12:00'));
      expect((await world.said()).filter((it) => it.includes('unconfirmed'))).toHaveLength(1);
    });

    test('[NT13] an absent owner gets a mail about a promise to accept, one who answers at once gets none', async () => {
      await world.promises.propose({ owner: 'ben' });
      await world.promises.propose({ owner: 'dan', team: 'blue' });
      const here = await world.promises.propose({ owner: 'cleo', team: 'blue' });
      await world.at(accepted + 60_000);
      value(await world.tracking.act(world.viewer('cleo'), here, 'accept', {}));
      await world.at(accepted + 29 * 60_000);
      await world.notify.send();
      expect((await world.mails()).filter(({ status }) => status !== 'queued')).toEqual([]);
      await world.at(accepted + 32 * 60_000);
      await world.notify.send();
      const sent = (await world.mails()).filter(({ status }) => status === 'captured');
      expect(sent.map(({ to }) => to.split('@', 1)[0]).sort()).toEqual(['ben', 'dan']);
      expect(sent[0]?.text).toContain('It counts once you say yes.');
    });

    test('[NT14] who must decide hears of it: a handover, a completion', async () => {
      const id = await promise();
      value(await world.tracking.act(world.viewer('ben'), id, 'hand-over', { to: world.people.bea }));
      value(
        await world.tracking.act(world.viewer('ben'), id, 'complete', {
          evidence: 'Shipped',
          values: { m1: 200 },
        }),
      );
      await world.at(accepted + 60_000);
      expect((await world.notices('bea')).map(({ title }) => title.split(':', 1)[0]).sort()).toEqual([
        'Ben hands it over to you',
        'Ben says it is done',
      ]);
      expect(await world.notices('ben')).toEqual([]);
    });

    test('[NT16] the delegate is told for who is away; without one it waits in the inbox and no mail is written', async () => {
      await promise();
      const { organisationId, people } = world;
      const dates = { start: '2026-04-01', end: '2026-04-30', createdAt: new Date(accepted) };
      await opened.store.db.insert(leave).values({
        id: crypto.randomUUID(),
        organisationId,
        personId: people.ben,
        delegateId: people.bea,
        ...dates,
      });
      await world.at(thursday);
      expect((await world.notices('bea')).at(-1)?.title).toMatch(/^Ben: due within a day/);
      await opened.store.db.delete(leave).where(eq(leave.personId, people.ben));
      await opened.store.db.insert(leave).values({
        id: crypto.randomUUID(),
        organisationId,
        personId: people.ben,
        delegateId: null,
        ...dates,
      });
      await world.at(friday);
      expect((await world.notices('ben')).map(({ rung }) => rung)).toContain('due:1');
      expect(await world.mails('ben')).toEqual([]);
    });

    test('[NT17][NT36] mails wait for business time in the reader’s own zone', async () => {
      await promise();
      const far = {
        organisationId: world.organisationId,
        personId: world.people.ben,
        timezone: 'America/New_York',
      };
      await opened.store.db.insert(notifyPreference).values({ ...far, quietFrom: '20:00', quietTo: '12:00' });
      await world.at(friday);
      const due = (await world.mails('ben')).find(({ subject }) => subject.startsWith('Check-in due'));
      expect(due?.notBefore.toISOString()).toBe('2026-04-03T16:00:00.000Z');
    });

    test('[NT20] a digest gathers the day', async () => {
      await opened.store.db.insert(notifyPreference).values({
        ...{ organisationId: world.organisationId, personId: world.people.ben, digestAt: '09:00' },
      });
      await promise();
      await world.promises.accepted({});
      await world.at(thursday);
      await world.at(thursday + 60_000);
      await world.at(on('2026-04-03', '09:00'));
      await world.notify.send();
      const sent = (await world.mails('ben')).filter(({ status }) => status === 'captured');
      expect(sent).toHaveLength(1);
      expect(sent[0]?.subject).toMatch(/^2 things wait for you/);
    });

    test('[NT23] planned once, whatever nodes plan at the same moment', async () => {
      await promise();
      world.clock.now = friday;
      const nodes = [world.notify, world.node(), world.node(), world.node()];
      await opened.store.db.delete(choreLease);
      await Promise.all(nodes.map((node) => node.plan()));
      for (const node of nodes) {
        // Without its lease the chore is done again by each.
        await opened.store.db.delete(choreLease);
        await node.plan();
      }
      expect((await world.said()).filter((it) => it === 'ben due:1')).toHaveLength(1);
      expect(
        (await world.mails('ben')).filter(({ subject }) => subject.startsWith('Check-in due')),
      ).toHaveLength(1);
    });

    test('[NT24] one node does the chore; when it is gone another takes over, and misses nothing', async () => {
      await promise();
      world.clock.now = thursday;
      const other = world.node();
      await opened.store.db
        .update(choreLease)
        .set({ until: new Date(thursday + 60_000), holder: 'a node that died' });
      await other.plan();
      expect(await world.said()).not.toContain('ben due-soon:1');
      world.clock.now = thursday + 60_000;
      await other.plan();
      expect(await world.said()).toContain('ben due-soon:1');
    });

    test('[NT30] the example has messages by its own clock, and never a mail', async () => {
      const example = await makeNotifyWorld(opened.store, { kind: 'example', clockNow: friday });
      await example.commit([{ key: 'card' }]);
      await opened.store.db.delete(choreLease);
      await example.notify.plan();
      await example.notify.send();
      expect((await example.said()).length).toBeGreaterThan(0);
      expect(await example.mails()).toEqual([]);
      expect((await example.notify.mails(example.viewer('olga'))).ok).toBe(false);
      expect((await example.notify.testMail(example.viewer('olga'))).ok).toBe(false);
    });

    test('[NT37] who is suspended or gone is told nothing', async () => {
      await promise();
      await opened.store.db
        .update(member)
        .set({ suspendedAt: new Date(accepted) })
        .where(eq(member.personId, world.people.ben));
      const before = (await world.notices('ben')).length;
      await world.at(friday);
      expect(await world.notices('ben')).toHaveLength(before);
    });
  });
});
