import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decision, objectLink, organisation, session, signal } from '../../server/store/schema.ts';
import type { RitualAsked } from '../../src/domain/rhythm/ritual.ts';
import { rhythmOf } from '../rhythm/rhythm-of.ts';
import { checkIn } from '../tracking/promises.ts';
import { code, on, value, type Name } from '../tracking/server-world.ts';
import { zone } from '../tracking/situations.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeInsightWorld, rules, type InsightWorld } from './insight-world.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('what should be noticed', () => {
    let opened: OpenedStore;
    let world: InsightWorld['world'];
    let insight: InsightWorld['insight'];
    let promises: InsightWorld['promises'];
    let said: InsightWorld['said'];
    let as: InsightWorld['as'];
    let heavy: InsightWorld['heavy'];

    beforeAll(async () => {
      opened = await store.open();
      await anew();
    });
    afterAll(() => opened.dispose());

    async function anew(): Promise<void> {
      ({ world, insight, promises, said, as, heavy } = await makeInsightWorld(opened.store));
    }

    test('[SG1][SG12] silence is told to the owner, to whom leads, and by team; not to strangers', async () => {
      const id = await heavy();
      world.clock.now = on('2026-04-10', '17:00');
      expect((await insight.myPage(as('ben'))).warnings).toEqual([]);
      world.clock.now += 1;
      const [mine] = (await insight.myPage(as('ben'))).warnings;
      expect(mine).toMatchObject({
        ...{ rule: 'W4', subjectId: id, weight: 8, link: `/commitments/${id}`, forMe: true },
        evidence: 'No word for 7 days: 1 check-in went unanswered.',
      });
      expect(rules((await insight.myPage(as('ana'))).warnings)).toEqual(['W4']);
      expect((await insight.myPage(as('cleo'))).warnings).toEqual([]);
      expect(rules(await insight.warnings(as('cleo'), { teamId: world.teams.red }))).toEqual(['W4']);
      expect(await insight.warnings(as('cleo'), { teamId: world.teams.blue })).toEqual([]);
      value(await world.tracking.checkIn(world.viewer('ben'), id, checkIn));
      expect((await insight.myPage(as('ben'))).warnings).toEqual([]);
    });

    test('[SG9][SG12] said once, again when worse or after 14 days; put aside by those it is for', async () => {
      await anew();
      const id = await heavy();
      world.clock.now = on('2026-04-10', '18:00');
      await insight.keepSignals();
      await insight.keepSignals();
      expect(said.map(rules)).toEqual([['W4']]);
      // One more check-in unanswered: worse.
      world.clock.now = on('2026-04-15', '18:00');
      await insight.keepSignals();
      expect(said.map(rules)).toEqual([['W4'], ['W4']]);
      const input = { rule: 'W4', subjectId: id, days: 14 };
      expect(code(await insight.mute(as('cleo'), input))).toBe('not-yours');
      expect(code(await insight.mute(as('finn'), input))).toBe('not-yours');
      expect(code(await insight.mute({ ...as('ben'), scope: 'read' }, input))).toBe('not-yours');
      expect(code(await insight.mute(as('ben'), { ...input, rule: 'W9' }))).toBe('not-found');
      expect(code(await insight.mute(as('ben'), { ...input, days: 900 }))).toBe('invalid');
      value(await insight.mute(as('ben'), input));
      expect((await insight.myPage(as('ben'))).warnings[0]?.mutedUntil).toBe(
        world.clock.now + 14 * 86_400_000,
      );
      world.clock.now = on('2026-04-25');
      await insight.keepSignals();
      expect(said).toHaveLength(2);
      value(await world.tracking.checkIn(world.viewer('ben'), id, checkIn));
      await insight.keepSignals();
      const [row] = await opened.store.db.select().from(signal).where(eq(signal.subjectId, id));
      expect([row?.clearedAt?.getTime(), row?.firstAt.getTime()]).toEqual([
        ...[world.clock.now, on('2026-04-10', '18:00')],
      ]);
    });

    test('[SG12] an example says nothing to anybody', async () => {
      await anew();
      await heavy();
      await opened.store.db
        .update(organisation)
        .set({ kind: 'example', clockNow: new Date(on('2026-05-20')) })
        .where(eq(organisation.id, world.organisationId));
      world.clock.now = on('2026-05-20');
      await insight.keepSignals();
      expect(said).toEqual([]);
    });

    test('[SG2][SG4] asks adrift and risk that travels reach both sides', async () => {
      await anew();
      await heavy({ key: 'sign-ups' });
      const served = await promises.accepted({ key: 'interface', owner: 'dan', team: 'blue' });
      const ask = value(
        await world.tracking.saveDependency(world.viewer('ben'), world.boardId, {
          ...{ objectKey: 'arrow', requesterKey: 'sign-ups', requesterTeam: 'red', providerTeam: 'blue' },
          ...{ servedBy: 'interface', what: 'an interface', neededBy: '2026-06-19', hardness: 'hard' },
        }),
      );
      const move = async (name: Name, command: string, input = {}) =>
        value(await world.tracking.actOnDependency(world.viewer(name), ask.id, command, input));
      await move('ben', 'send');
      world.clock.now = on('2026-04-09');
      const adrift = (await insight.warnings(as('cleo'), { teamId: world.teams.blue }))[0];
      expect(adrift).toMatchObject({ rule: 'W5', subjectId: ask.id, weight: 8, forMe: true });
      await move('cleo', 'accept', { person: world.people.dan, date: '2026-06-10' });
      value(await world.tracking.checkIn(world.viewer('dan'), served, { ...checkIn, status: 'risk' }));
      value(await world.tracking.checkIn(world.viewer('ben'), (await idOf('sign-ups')) ?? '', checkIn));
      const travels = (await insight.myPage(as('ben'))).warnings;
      expect(travels).toMatchObject([{ rule: 'W6', title: 'an interface', weight: 8 }]);
      expect(rules((await insight.myPage(as('ben', 'light'))).warnings)).toEqual([]);
    });

    const idOf = async (key: string) =>
      (await world.tracking.commitments(world.viewer('ana'), {})).find((it) => it.objectKey === key)?.id;

    test('[SG5] a decision that is overdue waits for its decider, and is owed on that page', async () => {
      await anew();
      const id = await heavy();
      const question = randomUUID();
      await opened.store.db.insert(decision).values({
        ...{ id: question, organisationId: world.organisationId, version: 1, status: 'open', state: {} },
        ...{
          title: 'Which region first?',
          ownerId: world.people.cleo,
          kind: 'scope',
          neededBy: '2026-04-01',
        },
        createdAt: new Date(world.clock.now),
      });
      const of = { organisationId: world.organisationId, createdAt: new Date(world.clock.now) };
      await opened.store.db.insert(objectLink).values({
        ...{ ...of, fromKind: 'decision', fromId: question, relation: 'affects' },
        ...{ toKind: 'commitment', toId: id },
      });
      expect((await insight.myPage(as('cleo'))).decisions).toMatchObject([
        { id: question, overdue: false, blockedWeight: 8 },
      ]);
      world.clock.now = on('2026-04-02', '00:00');
      const page = await insight.myPage(as('cleo'));
      expect(page.decisions).toMatchObject([{ overdue: true }]);
      expect(page.warnings).toMatchObject([{ rule: 'W7', weight: 8, link: `/decisions/${question}` }]);
      expect(rules(await insight.warnings(as('ana'), { teamId: world.teams.red }))).toEqual(['W7']);
      expect((await insight.myPage(as('dan'))).warnings).toEqual([]);
    });

    /** A ritual of the red team on Mondays, and its meetings. */
    async function mondays(more: Partial<RitualAsked> = {}) {
      const rhythm = rhythmOf(opened.store, () => world.clock.now);
      const asked: RitualAsked = {
        ...({ kind: 'weekly', title: 'Weekly', teams: [world.teams.red], time: '09:00', zone } as const),
        ...{ durationMinutes: 45, starts: '2026-04-06', ...more },
        rule: { type: 'weekly', every: 1, weekdays: [1] },
      };
      const [booked] = value(await rhythm.book(as('ana'), [asked]));
      const act = async (command: string, input: object, id = booked?.id ?? '') =>
        value(await rhythm.actOnRitual(as('ana'), id, command, { ...input }));
      const { occurrences } = value(await rhythm.ritual(as('ana'), booked?.id ?? ''));
      return { rhythm, act, occurrences };
    }
    const ofRed = () => insight.warnings(as('ana'), { teamId: world.teams.red });

    test('[SG7][RT15] a ritual skipped twice is told to the lead of its team, through a split, until one is held', async () => {
      await anew();
      const { rhythm, act, occurrences } = await mondays();
      await act('skip', { date: '2026-04-06', reason: 'fair' });
      expect(await ofRed()).toEqual([]);
      await act('skip', { date: '2026-04-13', reason: 'fair' });
      const told = { rule: 'W10', evidence: 'Skipped 2 times in a row.', forMe: true };
      expect(await ofRed()).toMatchObject([told]);
      expect(await insight.warnings(as('ana'), { teamId: world.teams.blue })).toEqual([]);
      const next = await act('split', { from: '2026-04-20', reason: '', terms: { time: '15:00' } });
      world.clock.now = on('2026-04-20', '12:00');
      expect(await ofRed()).toMatchObject([{ ...told, subjectId: next.id }]);
      world.clock.now = on('2026-04-20', '15:00');
      expect(occurrences.some(({ originalDate }) => originalDate === '2026-04-20')).toBe(true);
      value(await rhythm.markHeld(as('ana'), next.occurrences[0]?.id ?? '', world.clock.now));
      expect(await ofRed()).toEqual([]);
    });

    test('[SG7] a quorum missed three times of four is told', async () => {
      await anew();
      const { rhythm, occurrences } = await mondays({ quorum: 3 });
      const hold = async (index: number, people: readonly Name[]) => {
        const meeting = occurrences[index];
        world.clock.now = meeting?.startsAt ?? 0;
        value(await rhythm.markHeld(as('ana'), meeting?.id ?? '', world.clock.now));
        await opened.store.db.insert(session).values({
          ...{ id: randomUUID(), organisationId: world.organisationId, kind: 'weekly', title: 'Weekly' },
          ...{ status: 'ended', rev: 1, occurrenceId: meeting?.id ?? '', createdAt: new Date(0) },
          state: { people: Object.fromEntries(people.map((name) => [world.people[name], { visits: [] }])) },
        });
      };
      for (const [index, people] of (
        [['ana', 'ben'], ['ana', 'ben', 'bea'], ['ana'], []] as readonly (readonly Name[])[]
      ).entries()) {
        expect(await ofRed(), String(index)).toEqual([]);
        await hold(index, people);
      }
      expect(await ofRed()).toMatchObject([
        { rule: 'W10', evidence: 'Too few came to 3 of the last 4 meetings.' },
      ]);
    });

    test('[SG7] of a ritual of no team it is told to who booked it, in the standard depth', async () => {
      await anew();
      const { act } = await mondays({ teams: [] });
      await act('skip', { date: '2026-04-06', reason: 'fair' });
      await act('skip', { date: '2026-04-13', reason: 'fair' });
      expect((await insight.myPage(as('ana'))).warnings).toMatchObject([{ rule: 'W10', forMe: true }]);
      expect((await insight.myPage(as('olga'))).warnings).toEqual([]);
      expect((await insight.myPage(as('ana', 'light'))).warnings).toEqual([]);
    });

    test('[SG6] a due that was moved later twice is told to its owner', async () => {
      await anew();
      const id = await heavy();
      const later = (due: string) =>
        world.tracking.act(as('ben', 'light'), id, 'rescope', {
          ...{ change: { due }, reason: 'learning', text: 'it takes longer' },
        });
      value(await later('2026-06-29'));
      expect(rules((await insight.myPage(as('ben'))).warnings)).toEqual([]);
      value(await later('2026-06-30'));
      expect((await insight.myPage(as('ben'))).warnings).toMatchObject([
        { rule: 'W9', subjectId: id, evidence: 'Its due was moved later 2 times.' },
      ]);
    });

    test('[SG8][SG13] one person’s load is told to that person and the lead only', async () => {
      await anew();
      for (const key of ['a', 'b', 'c']) await promises.accepted({ key });
      expect((await insight.myPage(as('ben'))).warnings).toEqual([]);
      await promises.accepted({ key: 'd' });
      expect(rules((await insight.myPage(as('ben'))).warnings)).toEqual(['W11']);
      expect(rules((await insight.myPage(as('ana'))).warnings)).toEqual(['W11']);
      for (const name of ['bea', 'cleo', 'olga'] as const) {
        expect(rules(await insight.warnings(as(name), {})), name).toEqual([]);
      }
    });
  });
});
