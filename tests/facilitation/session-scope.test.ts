import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commitment, occurrence, period, ritual, ritualTeam, team } from '../../server/store/schema.ts';
import type { RowSource } from '../../src/domain/facilitation/agenda.ts';
import { value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeSessionWorld, type SessionWorld } from './session-world.ts';

describe.each(stores)('what a session is about on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: SessionWorld;
    let promises: ReadonlyMap<string, string>;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      world = await makeSessionWorld(opened.store);
      promises = await world.commit([
        { key: 'a', owner: 'ben', team: 'red', terms: { statement: 'Of red' } },
        { key: 'b', owner: 'dan', team: 'blue', terms: { statement: 'Of blue' } },
      ]);
      for (const [key, who] of [
        ['a', 'ben'],
        ['b', 'dan'],
      ] as const) {
        value(
          await world.tracking.act(world.viewer(who), promises.get(key) ?? '', 'accept', { confidence: 60 }),
        );
      }
    });

    /** A meeting of a ritual of these teams, as its session is opened from the calendar. */
    async function fromCalendar(teams: readonly string[]): Promise<string> {
      const { store, organisationId } = world;
      const [ritualId, occurrenceId] = [randomUUID(), randomUUID()];
      const at = new Date(world.clock.now);
      await store.db.insert(ritual).values({
        ...{ id: ritualId, organisationId, seriesId: ritualId, kind: 'monthly', title: 'Leads' },
        ...{ version: 1, state: { rota: [] }, starts: '2026-04-01', createdAt: at },
      });
      if (teams.length > 0) {
        await store.db.insert(ritualTeam).values(teams.map((teamId) => ({ ritualId, teamId })));
      }
      await store.db.insert(occurrence).values({
        ...{ id: occurrenceId, organisationId, ritualId, originalDate: '2026-04-06' },
        ...{ startsAt: at, endsAt: at, status: 'scheduled', changedAt: at },
      });
      return value(await world.facilitation.plan(world.viewer('ana'), { occurrenceId })).session.id;
    }
    const titles = async (id: string, stage: string, source: RowSource): Promise<readonly string[]> =>
      (
        value(await world.facilitation.rows(world.viewer('ana'), id, stage)).groups.find(
          (group) => group.source === source,
        )?.rows ?? []
      )
        .map(({ title }) => title)
        .toSorted();

    test('[SN45] a meeting of several teams lists what is of these teams, one of no team everything', async () => {
      const { store, organisationId, teams, registers } = world;
      const green = randomUUID();
      await store.db.insert(team).values({
        ...{
          id: green,
          organisationId,
          key: 'green',
          name: 'Green',
          colour: 2,
          createdAt: new Date(world.clock.now),
        },
      });
      for (const [of, question] of [
        [teams.red, 'Red or not?'],
        [teams.blue, 'Blue or not?'],
      ] as const) {
        value(
          await registers.create(world.viewer('olga'), 'decision', {
            question,
            decider: world.people.ana,
            team: of,
          }),
        );
      }
      const some = await fromCalendar([teams.red, green]);
      expect(await titles(some, 'trend', 'priorities')).toEqual(['Of red']);
      expect(await titles(some, 'decisions', 'decisions')).toEqual(['Red or not?']);
      const everybody = await fromCalendar([]);
      expect(await titles(everybody, 'trend', 'priorities')).toEqual(['Of blue', 'Of red']);
      expect(await titles(everybody, 'decisions', 'decisions')).toEqual(['Blue or not?', 'Red or not?']);
    });

    test('[SN46] a close of a team is of the earliest period it has promised for that is not closed', async () => {
      const { store, organisationId, teams, facilitation } = world;
      const [first, second] = [randomUUID(), randomUUID()];
      const made = { organisationId, kind: 'quarter' as const, createdAt: new Date(world.clock.now) };
      await store.db.insert(period).values([
        { ...made, id: first, label: 'Q1', start: '2026-01-01', end: '2026-03-31', closed: true },
        { ...made, id: second, label: 'Q2', start: '2026-04-01', end: '2026-06-30' },
      ]);
      const old = (
        await world.commit([{ key: 'c', owner: 'ben', team: 'red', terms: { statement: 'Of last quarter' } }])
      ).get('c');
      value(await world.tracking.act(world.viewer('ben'), old ?? '', 'accept', { confidence: 60 }));
      for (const [id, periodId] of [
        [promises.get('a'), second],
        [promises.get('b'), second],
        [old, first],
      ] as const) {
        await store.db
          .update(commitment)
          .set({ periodId })
          .where(eq(commitment.id, id ?? ''));
      }
      const close = { kind: 'quarterly-close', teamId: teams.red } as const;
      const { session } = value(await facilitation.plan(world.viewer('ana'), close));
      expect(session.period).toBe(second);
      expect(await titles(session.id, 'scoring', 'scoring')).toEqual(['Of red']);
    });
  });
});
