import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createInsight } from '../../server/insight/insight.ts';
import { createOrganisations } from '../../server/organisations/organisations.ts';
import { makeRightsChanges } from '../../server/organisations/rights-changes.ts';
import { board, choreLease, organisation, period } from '../../server/store/schema.ts';
import type { StoredThresholds } from '../../src/domain/settings/thresholds.ts';
import { makeNotifyWorld, type NotifyWorld } from '../notify/notify-world.ts';
import { checkIn } from '../tracking/promises.ts';
import { code, on, value, type Name } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { setThresholds, withThresholds } from './set-thresholds.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('thresholds of one’s own', () => {
    let opened: OpenedStore;
    let world: NotifyWorld;
    let own: StoredThresholds;

    beforeAll(async () => {
      opened = await store.open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      // A chore looks at all organisations: each test has the store for itself.
      await opened.store.db.delete(organisation);
      await opened.store.db.delete(choreLease);
      world = await makeNotifyWorld(opened.store);
      await set({});
      await world.at(on('2026-04-01', '12:00'));
    });

    async function set(thresholds: StoredThresholds): Promise<void> {
      own = thresholds;
      await setThresholds(opened.store, world.organisationId, thresholds);
    }
    /** Standard depth: it asks for more and warns of all. */
    const as = (name: Name) => {
      const viewer = withThresholds(world.viewer(name), own);
      return { ...viewer, organisation: { ...viewer.organisation, depth: 'standard' as const } };
    };
    const insight = () =>
      createInsight({ store: opened.store, now: () => world.clock.now, newId: randomUUID });
    const detail = async (id: string, name: Name = 'ben') =>
      value(await world.tracking.commitment(as(name), id));

    test('[TH5] with no grace it is missed at the end of its due day, with two days not yet', async () => {
      const id = await world.promises.accepted({ terms: { due: '2026-04-09' } });
      await world.at(on('2026-04-10', '00:00'));
      expect((await detail(id)).status).toBe('committed');
      await set({ grace: 0 });
      await world.at(on('2026-04-10', '00:01'));
      expect((await detail(id)).status).toBe('missed');
    });

    test('[TH7] what was missed stays missed with a longer grace, and later ones follow it', async () => {
      await set({ grace: 0 });
      const first = await world.promises.accepted({ terms: { due: '2026-04-09' } });
      const second = await world.promises.accepted({ terms: { due: '2026-04-10' } });
      await world.at(on('2026-04-10', '00:01'));
      const events = (await world.promises.eventsOf(first)).length;
      await set({ grace: 10 });
      await world.at(on('2026-04-14'));
      expect((await detail(first)).status).toBe('missed');
      expect(await world.promises.eventsOf(first)).toHaveLength(events);
      expect((await detail(second)).status).toBe('committed');
    });

    test('[TH7] a day looked back to is read by the numbers of that day', async () => {
      const organisations = createOrganisations({
        ...{ store: opened.store, now: () => world.clock.now, newId: randomUUID },
        rights: makeRightsChanges(),
      });
      const admin = () => withThresholds(world.viewer('olga'), own);
      const id = await world.promises.accepted({ terms: { due: '2026-04-09' } });
      // Within the grace of then: nothing had happened.
      const [within, later] = [on('2026-04-10', '12:00'), on('2026-04-20', '12:00')];
      await world.at(later);
      expect((await detail(id)).status).toBe('missed');
      value(await organisations.changeThresholds(admin(), { grace: 0 }));
      own = { grace: 0 };
      world.clock.now = later + 60_000;
      expect(value(await world.tracking.commitment(as('ben'), id, { at: within })).status).toBe('committed');
      const then = await world.tracking.commitments(as('ben'), { at: within });
      expect(then.map(({ status }) => status)).toEqual(['committed']);
    });

    test('[TH7] a register looked back to is read by the numbers of that day', async () => {
      const organisations = createOrganisations({
        ...{ store: opened.store, now: () => world.clock.now, newId: randomUUID },
        rights: makeRightsChanges(),
      });
      const { id } = value(
        await world.registers.create(as('ben'), 'assumption', {
          ...{
            statement: 'The market holds',
            loadBearing: 3,
            nextCheck: '2026-04-03',
            team: world.teams.red,
          },
        }),
      );
      const [within, later] = [on('2026-04-10', '12:00'), on('2026-04-20', '12:00')];
      world.clock.now = later;
      value(
        await organisations.changeThresholds(withThresholds(world.viewer('olga'), own), {
          'unknown-after': 6,
        }),
      );
      own = { 'unknown-after': 6 };
      world.clock.now = later + 60_000;
      const flagsOf = async (at?: number) => [
        (await world.registers.list(as('ben'), 'assumption', at === undefined ? {} : { at }))[0]?.flags,
        value(await world.registers.read(as('ben'), 'assumption', id, { at })).flags,
      ];
      expect(await flagsOf(within)).toEqual([['check-due'], ['check-due']]);
      expect(await flagsOf()).toEqual([
        ['check-due', 'unknown'],
        ['check-due', 'unknown'],
      ]);
    });

    test('[TH5][TH9] the days to name a cause are told in the message, and hold', async () => {
      await set({ grace: 0, 'cause-within': 3 });
      const id = await world.promises.accepted({ terms: { due: '2026-04-09' } });
      await world.at(on('2026-04-10', '00:01'));
      const told = (await world.notices('ben')).find(({ title }) => title.startsWith('Missed'));
      expect(told?.body).toContain('Say within 3 days why');
      expect((await detail(id)).explanation?.state).toBe('awaited');
      await world.at(on('2026-04-13', '00:02'));
      expect((await detail(id)).explanation?.state).toBe('unexplained');
    });

    test('[CM50] past so much of the plan period a change rests on a decision, and its form says from when', async () => {
      const periodId = randomUUID();
      const { organisationId, boardId } = world;
      await opened.store.db.insert(period).values({
        ...{ id: periodId, organisationId, kind: 'custom', label: 'Spring', createdAt: new Date(0) },
        ...{ start: '2026-04-01', end: '2026-06-30' },
      });
      await opened.store.db.update(board).set({ periodId }).where(eq(board.id, boardId));
      const id = await world.promises.accepted();
      const change = (text: string, more: object = {}) =>
        world.tracking.act(as('ben'), id, 'rescope', {
          ...{ change: { why: text }, reason: 'learning', text, ...more },
        });
      await world.at(on('2026-05-17', '00:00'));
      expect((await detail(id)).frozenFrom).toBeNull();
      value(await change('no freeze is set'));
      await set({ 'freeze-after': 50 });
      expect((await detail(id)).frozenFrom).toBe('2026-05-17');
      expect(await change('it is frozen')).toMatchObject({
        refusal: { code: 'decision-missing', path: 'decision' },
      });
      value(await change('it is frozen', { decision: 'Ana: yes' }));
      await set({ 'freeze-after': 51 });
      value(await change('not yet'));
    });

    test('[TH5] minutes to take a check-in back', async () => {
      await set({ 'undo-within': 60 });
      const id = await world.promises.accepted();
      value(await world.tracking.checkIn(as('ben'), id, checkIn));
      world.clock.now += 59 * 60_000;
      expect((await detail(id)).moves).toContain('undo-check-in');
      await set({ 'undo-within': 58 });
      expect((await detail(id)).moves).not.toContain('undo-check-in');
    });

    test('[TH6] from which weight a silence is warned of, on the page and by the clock', async () => {
      await world.promises.accepted({ terms: { weight: 4 } });
      world.clock.now = on('2026-04-10', '18:00');
      const warned = async () => (await insight().myPage(as('ben'))).warnings.map(({ rule }) => rule);
      const kept = async () => {
        const said: string[] = [];
        const watching = createInsight({
          ...{ store: opened.store, now: () => world.clock.now, newId: randomUUID },
          said: (_tx, _id, told) => Promise.resolve(void said.push(...told.map(({ rule }) => rule))),
        });
        await watching.keepSignals();
        return said;
      };
      expect([await warned(), await kept()]).toEqual([[], []]);
      await set({ 'heavy-from': 4 });
      expect([await warned(), await kept()]).toEqual([['W4'], ['W4']]);
      await set({ 'heavy-from': 4, 'silent-after': 8 });
      expect(await warned()).toEqual([]);
    });

    test('[TH6] of the working time for what is planned, and where it fits', async () => {
      const periodId = randomUUID();
      await opened.store.db.insert(period).values({
        ...{ id: periodId, organisationId: world.organisationId, kind: 'quarter', label: '2026 Q2' },
        ...{ start: '2026-04-01', end: '2026-06-30', createdAt: new Date(world.clock.now) },
      });
      const source = { board: world.boardId, key: 'one', commit: null, snapshot: null, period: periodId };
      const id = await world.promises.propose({ key: 'one', terms: { effort: 24 }, extra: { source } });
      const load = async () => value(await insight().teamPage(as('ana'), world.teams.red)).loads[0];
      const accept = async () =>
        code(await world.tracking.act(as('ben'), id, 'accept', { confidence: 70, fill: { doneMeans: 'x' } }));
      expect(await load()).toMatchObject({ verdict: 'exceeds', capacity: 23.4 });
      expect(await accept()).toBe('capacity-exceeded');
      await set({ 'share-for-plans': 80 });
      expect(await load()).toMatchObject({ verdict: 'fits', capacity: 31.2 });
      await set({ 'share-for-plans': 80, 'fits-up-to': 50 });
      expect(await load()).toMatchObject({ verdict: 'tight' });
      expect(await accept()).toBe('allowed');
    });

    test('[TH6] an assumption nobody checked marks the promise after one’s own days', async () => {
      const id = await world.promises.accepted();
      value(
        await world.registers.create(as('ben'), 'assumption', {
          ...{ statement: 'The market holds', loadBearing: 3, nextCheck: '2026-04-03', affects: [id] },
          ...{ owner: world.people.ben, team: world.teams.red },
        }),
      );
      world.clock.now = on('2026-04-10', '12:00');
      const basis = async () => [
        (await detail(id)).basis,
        (await world.registers.list(as('ben'), 'assumption', {}))[0]?.flags.includes('unknown'),
      ];
      expect(await basis()).toEqual([null, false]);
      await set({ 'unknown-after': 6 });
      expect(await basis()).toEqual(['unknown', true]);
    });

    test('[TH6] the lead hears of a silence after one’s own days, in words of them', async () => {
      await set({ 'lead-after': 3 });
      await world.promises.accepted();
      await world.at(on('2026-04-10', '16:59'));
      expect((await world.said()).filter((it) => it.startsWith('ana'))).toEqual([]);
      await world.at(on('2026-04-10', '17:00'));
      const [told] = await world.notices('ana');
      expect([told?.rung, told?.title]).toEqual(['overdue-7:1', expect.stringContaining('for 3 days')]);
    });

    test('[TH6] mails in a week to who chose nothing', async () => {
      const mailed = async () => {
        await world.promises.accepted();
        await world.at(world.clock.now + 60_000);
        await world.at(on('2026-04-02', '17:00'));
        return (await world.mails('ben')).length;
      };
      await set({ 'mails-a-week': 0 });
      expect(await mailed()).toBe(0);
      expect((await world.notify.preferences(as('ben'))).weeklyCap).toBe(0);
      await set({});
      await world.promises.accepted();
      await world.at(on('2026-04-03', '17:00'));
      expect((await world.mails('ben')).length).toBeGreaterThan(0);
    });
  });
});
