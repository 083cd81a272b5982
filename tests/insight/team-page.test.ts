import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOff, interrupt, period, team } from '../../server/store/schema.ts';
import { instantAt } from '../../src/domain/rhythm/local-time.ts';
import { checkIn } from '../tracking/promises.ts';
import { code, makeTrackingWorld, on, value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeInsightWorld, rules, type InsightWorld } from './insight-world.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('the team’s page', () => {
    let opened: OpenedStore;
    let world: InsightWorld['world'];
    let insight: InsightWorld['insight'];
    let promises: InsightWorld['promises'];
    let as: InsightWorld['as'];
    let heavy: InsightWorld['heavy'];

    beforeAll(async () => {
      opened = await store.open();
      await anew();
    });
    afterAll(() => opened.dispose());

    async function anew(): Promise<void> {
      ({ world, insight, promises, as, heavy } = await makeInsightWorld(opened.store));
    }

    test('[SG14][SG15][CM6][IN23] the team’s page weighs its load; a yes beyond it is refused in the standard depth', async () => {
      await anew();
      const periodId = randomUUID();
      const { organisationId } = world;
      const createdAt = new Date(world.clock.now);
      await opened.store.db.insert(period).values({
        ...{ id: periodId, organisationId, kind: 'quarter', label: '2026 Q2', createdAt },
        ...{ start: '2026-04-01', end: '2026-06-30' },
      });
      await opened.store.db.insert(dayOff).values({
        ...{ id: randomUUID(), organisationId, kind: 'holiday', teamId: null, label: 'May Day', createdAt },
        ...{ start: '2026-05-01', end: '2026-05-03' },
      });
      const planned = (key: string, terms = {}) => {
        const source = { board: world.boardId, key, commit: null, snapshot: null, period: periodId };
        return promises.propose({ key, terms, extra: { source } });
      };
      const one = await planned('one', { effort: 20 });
      const two = await planned('two', { effort: 2 });
      const page = value(await insight.teamPage(as('ana'), world.teams.red));
      // Three people, thirteen weeks less one holiday (two of its days are a weekend), times 0.6.
      expect(page.loads).toEqual([
        {
          ...{ periodId, period: '2026 Q2', verdict: 'tight', load: 22, unsized: 0, capacity: 23.04 },
          ...{ from: 'members', share: 22 / 23.04 },
        },
      ]);
      value(await world.tracking.act(as('ben'), two, 'accept', ready));
      expect(code(await insight.setCapacity(as('ben'), world.teams.red, { periodId, personWeeks: 20 }))).toBe(
        'not-yours',
      );
      value(await insight.setCapacity(as('ana'), world.teams.red, { periodId, personWeeks: 20 }));
      expect(code(await world.tracking.act(as('ben'), one, 'accept', ready))).toBe('capacity-exceeded');
      expect(rules(await insight.warnings(as('ana'), { teamId: world.teams.red }))).toEqual(['W11']);
      value(await insight.setCapacity(as('olga'), world.teams.red, { periodId, personWeeks: null }));
      expect(value(await insight.teamPage(as('ana'), world.teams.red)).loads[0]?.from).toBe('members');
      const { lines } = value(await insight.history(as('ana'), 'team', world.teams.red));
      expect(lines.map(({ byName, sentence }) => `${byName} · ${sentence}`)).toEqual([
        'Ana · What it can do in 2026 Q2: 20 person-weeks, not what its members have.',
        'Olga · What it can do in 2026 Q2: what its members have, not 20 person-weeks.',
      ]);
      await planned('three');
      expect(value(await insight.teamPage(as('ana'), world.teams.red)).loads[0]).toMatchObject({
        ...{ verdict: 'unknown', unsized: 1 },
      });
      // Unknown never stands in the way.
      value(await insight.setCapacity(as('ana'), world.teams.red, { periodId, personWeeks: 1 }));
      value(await world.tracking.act(as('ben'), one, 'accept', ready));
    });
    const ready = { confidence: 70, fill: { doneMeans: 'two hundred a week' } };

    test('[IN6][IN11] the team’s page counts what became of its promises, and names what came between', async () => {
      await anew();
      const kept = await heavy({ key: 'kept' });
      const silent = await heavy({ key: 'silent' });
      const gone = await heavy({ key: 'gone' });
      await promises.accepted({ key: 'theirs', owner: 'dan', team: 'blue' });
      const interruptId = randomUUID();
      await opened.store.db.insert(interrupt).values({
        ...{ id: interruptId, organisationId: world.organisationId, version: 1, status: 'done' },
        state: { costWeight: 3 },
        ...{ title: 'An outage', teamId: world.teams.red, effort: 2, displacedId: gone, costDays: 6 },
        createdAt: new Date(world.clock.now),
      });
      const done = { evidence: 'see the count', values: { m1: 200, m2: 1 } };
      value(await world.tracking.act(world.viewer('ben'), kept, 'complete', done));
      value(await world.tracking.act(world.viewer('ben'), gone, 'drop', { reason: 'outage', frees: '' }));
      const page = value(await insight.teamPage(as('cleo'), world.teams.red));
      expect(page.kept).toEqual([
        {
          ...{ label: 'Spring', promised: 3, kept: 1, late: 0, reduced: 0, missed: 0, dropped: 1 },
          ...{ carried: 0, running: 1 },
        },
      ]);
      expect(page.promises.map(({ id }) => id)).toEqual([silent]);
      expect(page.shares).toMatchObject({ pending: 1, on: 0 });
      expect(page.interrupts).toMatchObject([
        { what: 'An outage', displaced: 'Double the sign-ups', costDays: 6, costWeight: 3, effort: 2 },
      ]);
      expect(page.mayEnterCapacity).toBe(false);
      expect(code(await insight.teamPage(as('ana'), randomUUID()))).toBe('not-found');
    });

    test('[IN18] what was kept by the end of its day is told on the team’s own clock', async () => {
      await anew();
      const zone = 'America/Los_Angeles';
      await opened.store.db.update(team).set({ timezone: zone }).where(eq(team.id, world.teams.red));
      const id = await heavy();
      // Eleven at night on the due day where the team is; the next morning in Berlin.
      world.clock.now = instantAt('2026-06-26', '23:00', zone);
      const done = { evidence: 'see the count', values: { m1: 200, m2: 1 } };
      value(await world.tracking.act(world.viewer('ben'), id, 'complete', done));
      const page = value(await insight.teamPage(as('cleo'), world.teams.red));
      expect(page.kept).toMatchObject([{ kept: 1, late: 0, reduced: 0 }]);
    });

    test('[RH15] how check-ins came is counted for the promise and for the team, late ones apart', async () => {
      await anew();
      const id = await heavy();
      await promises.accepted({ key: 'theirs', owner: 'dan', team: 'blue' });
      const ben = () => world.viewer('ben');
      world.clock.now = on('2026-04-02');
      value(await world.tracking.checkIn(ben(), id, checkIn));
      world.clock.now = on('2026-04-13');
      value(await world.tracking.checkIn(ben(), id, checkIn));
      world.clock.now = on('2026-04-21', '16:59');
      const counted = async () => [
        value(await world.tracking.commitment(ben(), id)).adherence,
        value(await insight.teamPage(as('cleo'), world.teams.red)).adherence,
      ];
      const two = { onTime: 1, late: 1, expected: 2, rate: 0.5 };
      expect(await counted()).toEqual([two, two]);
      world.clock.now = on('2026-04-21', '17:00');
      const three = { onTime: 1, late: 1, expected: 3, rate: 1 / 3 };
      expect(await counted()).toEqual([three, three]);
    });

    test('[IN11] all urgent work of the last year is there to be added up, and none older', async () => {
      await anew();
      const displacedId = await heavy();
      const report = (title: string, daysAgo: number) => ({
        ...{ id: randomUUID(), organisationId: world.organisationId, version: 1, status: 'done', title },
        ...{ state: {}, teamId: world.teams.red, displacedId, costDays: 1 },
        createdAt: new Date(world.clock.now - daysAgo * 86_400_000),
      });
      const recent = Array.from({ length: 25 }, (_, index) => report(`Outage ${index}`, index));
      await opened.store.db.insert(interrupt).values([...recent, report('Long ago', 365)]);
      const { interrupts } = value(await insight.teamPage(as('cleo'), world.teams.red));
      expect(interrupts.map(({ what }) => what)).toEqual(recent.map(({ title }) => title));
    });

    test('[IN19] urgent work that names no team is that of the promise it displaces', async () => {
      await anew();
      const displaced = await heavy();
      const given = { what: 'An outage', displaced, costDays: 2, requestedBy: 'a customer' };
      value(await world.registers.create(world.viewer('dan'), 'interrupt', given));
      value(
        await world.registers.create(world.viewer('dan'), 'interrupt', { ...given, team: world.teams.blue }),
      );
      const shown = async (key: 'red' | 'blue') =>
        value(await insight.teamPage(as('cleo'), world.teams[key])).interrupts.map(
          ({ requestedBy }) => requestedBy,
        );
      expect([await shown('red'), await shown('blue')]).toEqual([['a customer'], ['a customer']]);
    });

    test('[IN7] any object of the log has one door to its history, as of any day', async () => {
      await anew();
      const id = await heavy();
      world.clock.now = on('2026-04-02');
      const change = { change: { weight: 9 }, reason: 'learning', text: 'it matters more' };
      value(await world.tracking.act(world.viewer('ben'), id, 'rescope', change));
      const now = value(await insight.history(as('cleo'), 'commitment', id));
      expect(now.lines.map(({ type }) => type)).toEqual(['offered', 'accepted', 'rescope-asked', 'rescoped']);
      expect(now.facts).toContainEqual({ name: 'Weight', value: '9' });
      const before = value(await insight.history(as('cleo'), 'commitment', id, on('2026-04-01', '23:00')));
      expect(before.facts).toContainEqual({ name: 'Weight', value: '8' });
      expect(before.lines).toHaveLength(2);
      expect(code(await insight.history(as('cleo'), 'commitment', id, on('2026-03-01')))).toBe(
        'not-found-then',
      );
      expect(code(await insight.history(as('cleo'), 'nonsense', id))).toBe('not-found');
      const elsewhere = await makeTrackingWorld(opened.store);
      expect(code(await insight.history(elsewhere.viewer('olga'), 'commitment', id))).toBe('not-found');
    });
  });
});
