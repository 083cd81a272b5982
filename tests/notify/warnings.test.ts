import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Insight } from '../../server/app-insight.ts';
import { createInsight } from '../../server/insight/insight.ts';
import { createNotify } from '../../server/notify/notify.ts';
import { notice, notifyPreference, organisation, signal, teamMember } from '../../server/store/schema.ts';
import { storeWithin } from '../../server/store/within.ts';
import { checkIn } from '../tracking/promises.ts';
import { on, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeNotifyWorld, type NotifyWorld } from './notify-world.ts';

describe.each(stores)('early warnings told on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: NotifyWorld;
    let insight: Insight;
    /** Fails once where the message is written, as a killed process does. */
    let breaks = false;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      breaks = false;
      world = await makeNotifyWorld(opened.store);
      insight = createInsight({
        ...{ store: opened.store, now: () => world.clock.now, newId: randomUUID },
        async said(tx, id, warnings) {
          if (id !== world.organisationId) return;
          await createNotify({ ...world.deps, store: storeWithin(opened.store, tx) }, null).warn(
            id,
            warnings,
          );
          if (breaks) throw new Error('killed');
        },
      });
    });
    const heavy = () => world.promises.accepted({ terms: { weight: 8 } });
    const silent = on('2026-04-10', '18:00');
    const told = async (...names: ('ben' | 'ana' | 'cleo')[]) => {
      const all = await Promise.all(names.map((name) => world.notices(name)));
      return all.map((rows) => rows.map(({ rung }) => rung.split(':')[0]));
    };
    const setDepth = (depth: 'light' | 'standard') =>
      opened.store.db.update(organisation).set({ depth }).where(eq(organisation.id, world.organisationId));

    test('[NT42] one that begins is in the inbox of those it is for, once, with rule, evidence and what is asked', async () => {
      const id = await heavy();
      world.clock.now = silent;
      await Promise.all([insight.keepSignals(), insight.keepSignals()]);
      await insight.keepSignals();
      expect(await told('ben', 'ana', 'cleo')).toEqual([['W4'], ['W4'], []]);
      const inbox = await world.notify.inbox(world.viewer('ben'), {});
      expect(inbox.notices).toHaveLength(1);
      expect(inbox.notices[0]).toMatchObject({
        ...{ rule: 'W4', subjectKind: 'commitment', subjectId: id, link: `/commitments/${id}` },
        evidence: expect.stringMatching(/^No word for 7 days: 1 check-in went unanswered\. \S/),
      });
    });

    test('[SG17] a new owner, and a new lead, are told what was said to the former ones, once', async () => {
      const id = await heavy();
      const { people, teams } = world;
      const look = () => insight.keepSignals();
      world.clock.now = silent;
      await look();
      value(await world.tracking.act(world.viewer('ben'), id, 'hand-over', { to: people.bea }));
      await look();
      expect(await world.notices('bea')).toEqual([]);
      value(await world.tracking.act(world.viewer('bea'), id, 'take-over', {}));
      await look();
      await look();
      const rungs = async (name: 'ana' | 'ben' | 'bea' | 'cleo') =>
        (await world.notices(name)).map(({ rung }) => rung.split(':')[0]).filter((it) => it === 'W4');
      expect(await Promise.all((['ben', 'ana', 'bea'] as const).map(rungs))).toEqual([
        ['W4'],
        ['W4'],
        ['W4'],
      ]);
      await opened.store.db.insert(teamMember).values({
        ...{ organisationId: world.organisationId, teamId: teams.red },
        personId: people.cleo,
        role: 'lead',
      });
      await look();
      await look();
      expect(await rungs('cleo')).toEqual(['W4']);
      expect(await rungs('bea')).toEqual(['W4']);
    });

    test('[NT42] it goes into one digest mail, and is not mailed once it is over', async () => {
      await heavy();
      const other = await world.promises.accepted({ owner: 'bea', terms: { weight: 8 } });
      world.clock.now = silent;
      await insight.keepSignals();
      const mails = await world.mails();
      expect(mails.every(({ messageId }) => messageId.startsWith('<digest.'))).toBe(true);
      expect((await world.mails('ana')).map(({ notices }) => notices.length)).toEqual([2]);
      value(await world.tracking.checkIn(world.viewer('bea'), other, checkIn));
      await insight.keepSignals();
      world.clock.now = Math.max(...mails.map(({ notBefore }) => notBefore.getTime()));
      await world.notify.send();
      const [captured] = await world.mails('ana');
      expect(captured?.status).toBe('captured');
      expect(captured?.text.match(/\(rule W4\)/g)).toHaveLength(1);
      expect(await world.mails('bea')).toEqual([]);
    });

    test('[NT42] put aside before it is mailed it is not; put aside before it begins anew it is not said', async () => {
      const id = await heavy();
      world.clock.now = silent;
      await insight.keepSignals();
      value(await insight.mute(world.viewer('ben'), { rule: 'W4', subjectId: id, days: 20 }));
      const [mail] = await world.mails('ben');
      world.clock.now = mail?.notBefore.getTime() ?? 0;
      await world.notify.send();
      expect(await world.mails()).toEqual([]);
      // Worse, and 14 days later: it would be said again.
      world.clock.now = on('2026-04-25');
      await insight.keepSignals();
      expect(await told('ben')).toEqual([['W4']]);
      world.clock.now = on('2026-05-12');
      await insight.keepSignals();
      expect(await told('ben')).toEqual([['W4', 'W4']]);
    });

    test('[NT42] the cap and the wish for no mail leave it to the inbox', async () => {
      await heavy();
      const { organisationId, people } = world;
      await opened.store.db.insert(notifyPreference).values([
        { personId: people.ben, organisationId, weeklyCap: 0 },
        { personId: people.ana, organisationId, byMail: false },
      ]);
      world.clock.now = silent;
      await insight.keepSignals();
      expect(await told('ben', 'ana')).toEqual([['W4'], ['W4']]);
      expect(await world.mails()).toEqual([]);
    });

    test('[NT42] the light depth tells of its four rules only, a step up of all', async () => {
      for (let n = 0; n < 4; n += 1) await world.promises.accepted();
      await insight.keepSignals();
      expect(await told('ben')).toEqual([[]]);
      await setDepth('standard');
      await insight.keepSignals();
      expect(await told('ben')).toEqual([['W11']]);
      const [row] = await world.notices('ben');
      expect(row?.subjectKind).toBe('person');
      world.clock.now = (await world.mails('ben'))[0]?.notBefore.getTime() ?? 0;
      await world.notify.send();
      expect((await world.mails('ben'))[0]?.text).toContain('(rule W11)');
    });

    test('[NT42] killed while it is written, neither warning nor message is kept, and the next round says it', async () => {
      await heavy();
      world.clock.now = silent;
      breaks = true;
      await expect(insight.keepSignals()).rejects.toThrow('killed');
      const kept = await opened.store.db
        .select({ id: signal.id })
        .from(signal)
        .where(eq(signal.organisationId, world.organisationId));
      const said = await opened.store.db
        .select({ id: notice.id })
        .from(notice)
        .where(eq(notice.organisationId, world.organisationId));
      expect([kept.length, said.length]).toEqual([0, 0]);
      breaks = false;
      await insight.keepSignals();
      expect(await told('ben')).toEqual([['W4']]);
    });
  });
});
