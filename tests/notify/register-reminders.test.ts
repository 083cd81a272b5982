import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { choreLease, leave, organisation, notifyPreference } from '../../server/store/schema.ts';
import type { RegisterKind } from '../../src/protocol/views/registers.ts';
import { on, value, type Name } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeNotifyWorld, type NotifyWorld } from './notify-world.ts';

type Input = Readonly<Record<string, unknown>>;

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('what the registers remind of', () => {
    let opened: OpenedStore;
    let world: NotifyWorld;

    beforeAll(async () => {
      opened = await store.open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      await opened.store.db.delete(organisation);
      await opened.store.db.delete(choreLease);
      world = await makeNotifyWorld(opened.store);
      await world.at(on('2026-04-01', '12:00'));
    });

    const create = async (name: Name, kind: RegisterKind, input: Input): Promise<string> =>
      value(await world.registers.create(world.viewer(name), kind, { team: world.teams.red, ...input })).id;
    const act = async (name: Name, kind: RegisterKind, id: string, command: string, input: Input) =>
      value(await world.registers.act(world.viewer(name), kind, id, command, input));
    const decision = (more: Input = {}) =>
      create('ana', 'decision', { question: 'Which bank?', decider: world.people.ben, ...more });

    /** Two nodes look every few hours until then. */
    async function until(date: string, time = '12:00'): Promise<void> {
      const other = world.node();
      for (let at = world.clock.now; at < on(date, time); at += 6 * 3_600_000) {
        await world.at(at);
        await other.plan();
      }
      await world.at(on(date, time));
    }
    const told = async (name: Name) =>
      (await world.notices(name)).map(({ rung, title, link }) => ({ rung, title, link }));

    test('[NT44] a decision is asked of its decider on its day and once more after it, by nobody else', async () => {
      const id = await decision({ neededBy: '2026-04-09' });
      await until('2026-04-08', '23:00');
      expect(await told('ben')).toEqual([]);
      await until('2026-04-09');
      const needed = {
        ...{ rung: 'decision-needed:20260409', title: 'Decision needed today: “Which bank?”' },
        link: `/decisions/${id}`,
      };
      expect(await told('ben')).toEqual([needed]);
      await until('2026-04-20');
      const overdue = {
        ...{ rung: 'decision-overdue:20260409', title: 'Decision overdue: “Which bank?”' },
        link: `/decisions/${id}`,
      };
      expect(await told('ben')).toEqual([needed, overdue]);
      expect(await told('ana')).toEqual([]);
      const { notices } = await world.notify.inbox(world.viewer('ben'), {});
      expect(notices.map(({ rule, subjectKind }) => [rule, subjectKind])).toEqual([
        ['NT44', 'decision'],
        ['NT44', 'decision'],
      ]);
    });

    test('[NT44] what weighs as much as a warning is left to the warning', async () => {
      const heavy = await world.promises.accepted({ terms: { weight: 8 } });
      await decision({ neededBy: '2026-04-09', affects: [heavy] });
      await until('2026-04-14');
      const rungs = (await told('ben')).map(({ rung }) => rung.split(':')[0]);
      expect(rungs).toContain('decision-needed');
      expect(rungs).not.toContain('decision-overdue');
    });

    test('[NT45] a decision is up for another look on its day, or when its assumption fails before', async () => {
      const basis = await create('ana', 'assumption', {
        statement: 'Rates stay low',
        owner: world.people.ben,
      });
      const one = { chosen: 'North', decider: world.people.ana };
      await create('ana', 'decision', { question: 'Where?', ...one, revisitOn: '2026-04-14' });
      await create('ana', 'decision', {
        ...{ question: 'How?', ...one, revisitOn: '2026-09-01', triggerAssumption: basis },
      });
      await until('2026-04-13');
      expect(await told('ana')).toEqual([]);
      await act('ben', 'assumption', basis, 'invalidate', { reason: 'they rose' });
      await until('2026-04-15');
      expect((await told('ana')).map(({ rung, title }) => [rung, title])).toEqual([
        ['decision-revisit:20260413', 'Look at a decision again: “How?”'],
        ['decision-revisit:20260414', 'Look at a decision again: “Where?”'],
      ]);
    });

    test('[NT45] a check reaches owner and who is asked, a review and an action their owners, each day once', async () => {
      const { ben, bea, cleo } = world.people;
      const basis = await create('ben', 'assumption', {
        ...{ statement: 'It rains', owner: ben, nextCheck: '2026-04-08', cadence: 'weekly' },
        signpost: { kind: 'question', person: cleo, text: 'Does it?' },
      });
      const wet = await create('ana', 'risk', { title: 'Wet' });
      await act('ana', 'risk', wet, 'accept', { reason: 'we bear it', reviewOn: '2026-04-09' });
      const owned = await create('ana', 'risk', { title: 'Cold' });
      await act('ana', 'risk', owned, 'own', { owner: bea });
      const item = await create('ana', 'triage-item', { title: 'Gate' });
      await act('ana', 'triage-item', item, 'place', { where: 'now' });
      await act('ana', 'triage-item', item, 'act', { owner: bea, by: '2026-04-07', text: 'mend it' });
      await until('2026-04-11');
      expect(await told('ben')).toEqual([
        {
          ...{ rung: 'assumption-check:20260408', title: 'Check an assumption: “It rains”' },
          link: `/assumptions/${basis}`,
        },
      ]);
      expect((await told('cleo')).map(({ rung }) => rung)).toEqual(['assumption-question:20260408']);
      expect((await told('ana')).map(({ rung, link }) => [rung, link])).toEqual([
        ['risk-review:20260409', `/risks/${wet}`],
      ]);
      expect((await told('bea')).map(({ rung, link }) => [rung.split(':')[0], link])).toEqual([
        ['triage-act', `/triage/${item}`],
        ['risk-no-follow-up', `/risks/${owned}`],
      ]);
      await act('ben', 'assumption', basis, 'check', { answer: 'holds' });
      await until('2026-04-19');
      expect((await told('ben')).map(({ rung }) => rung)).toEqual([
        'assumption-check:20260408',
        'assumption-check:20260418',
      ]);
    });

    test('[NT45] who gets an entry that is due already is told at once, who makes it is not', async () => {
      await create('ana', 'assumption', {
        ...{ statement: 'It rains', owner: world.people.ben, nextCheck: '2026-04-01' },
      });
      await create('ana', 'assumption', {
        ...{ statement: 'It snows', owner: world.people.ana, nextCheck: '2026-04-01' },
      });
      await world.at(world.clock.now + 60_000);
      expect([await told('ben'), await told('ana')].map((its) => its.length)).toEqual([1, 0]);
      await world.at(world.clock.now + 60_000);
      expect(await told('ben')).toHaveLength(1);
    });

    test('[NT45] the mail is the digest of a day, held to cap and wishes; snoozed it comes back', async () => {
      await decision({ neededBy: '2026-04-09' });
      await create('ana', 'risk', { title: 'Wet' });
      await until('2026-04-09');
      const [mail, ...more] = await world.mails('ben');
      expect([mail?.messageId.startsWith('<digest.'), more.length]).toEqual([true, 0]);
      const [notice] = (await world.notify.inbox(world.viewer('ben'), {})).notices;
      value(await world.notify.snooze(world.viewer('ben'), notice?.id ?? '', 'tomorrow'));
      expect((await world.notify.inbox(world.viewer('ben'), {})).notices).toEqual([]);
      world.clock.now = on('2026-04-10', '12:00');
      expect((await world.notify.inbox(world.viewer('ben'), {})).notices).toHaveLength(1);
    });

    test('[NT45] the wish for no mail leaves it to the inbox, and a delegate gets it meanwhile', async () => {
      const { organisationId, people } = world;
      await opened.store.db
        .insert(notifyPreference)
        .values({ personId: people.ben, organisationId, byMail: false });
      await decision({ neededBy: '2026-04-09' });
      await until('2026-04-09');
      expect([(await told('ben')).length, (await world.mails()).length]).toEqual([1, 0]);
      await opened.store.db.insert(leave).values({
        ...{ id: crypto.randomUUID(), organisationId, personId: people.ben, delegateId: people.bea },
        ...{ start: '2026-04-10', end: '2026-04-20', createdAt: new Date(world.clock.now) },
      });
      await until('2026-04-10');
      expect((await told('bea')).map(({ title }) => title)).toEqual([
        expect.stringMatching(/^Ben: Decision overdue/),
      ]);
      const [mail] = await world.mails('bea');
      world.clock.now = mail?.notBefore.getTime() ?? 0;
      await world.notify.send();
      expect((await world.mails('bea'))[0]?.text).toContain('Decision overdue: “Which bank?”');
    });

    test('[NT46] decided, checked or put off before its mail leaves it is not mailed', async () => {
      const settled = await decision({ neededBy: '2026-04-09' });
      await decision({ question: 'Which road?', neededBy: '2026-04-09' });
      const later = await decision({ question: 'Which shop?', neededBy: '2026-04-09' });
      await until('2026-04-09', '00:10');
      const [mail] = await world.mails('ben');
      expect(mail?.notices).toHaveLength(3);
      await act('ben', 'decision', settled, 'decide', { chosen: 'North' });
      await act('ana', 'decision', later, 'amend', { neededBy: '2026-05-09' });
      world.clock.now = mail?.notBefore.getTime() ?? 0;
      await world.notify.send();
      const [sent] = await world.mails('ben');
      expect([sent?.status, sent?.subject]).toEqual(['captured', 'Decision needed today: “Which road?”']);
      expect(sent?.text).toMatch(/https:\/\/plan\.example\.org\/decisions\/[0-9a-f-]{36}\n\(rule NT44\)/);
      expect(sent?.text).not.toContain('Which shop?');
    });

    test('[NT46] handed to another decider before its mail leaves it is not mailed to the former one', async () => {
      const id = await decision({ neededBy: '2026-04-09' });
      await until('2026-04-09', '00:10');
      await act('ana', 'decision', id, 'amend', { decider: world.people.bea });
      await world.at(on('2026-04-09', '00:12'));
      expect((await told('bea')).map(({ rung }) => rung)).toEqual(['decision-needed:20260409']);
      world.clock.now = on('2026-04-09', '12:00');
      await world.notify.send();
      expect((await world.mails('ben')).map(({ status }) => status)).not.toContain('captured');
      expect((await world.mails('bea')).map(({ status }) => status)).toEqual(['captured']);
    });

    test('[NT45] in the example it is in the inbox and is not mailed', async () => {
      const example = await makeNotifyWorld(opened.store, { kind: 'example', clockNow: on('2026-04-01') });
      value(
        await example.registers.create(example.viewer('ana'), 'decision', {
          ...{ question: 'Which bank?', decider: example.people.ben, neededBy: '2026-04-09' },
        }),
      );
      await opened.store.db
        .update(organisation)
        .set({ clockNow: new Date(on('2026-04-09', '12:00')) })
        .where(eq(organisation.id, example.organisationId));
      await world.notify.plan();
      await world.notify.plan();
      expect((await example.notices('ben')).map(({ rung }) => rung)).toEqual(['decision-needed:20260409']);
      expect(await example.mails()).toEqual([]);
    });
  });
});
