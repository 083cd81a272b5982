import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRightsChanges } from '../../server/organisations/rights-changes.ts';
import { putInTeam, removeFromTeam } from '../../server/organisations/teams.ts';
import { createRhythm } from '../../server/rhythm/rhythm.ts';
import { period } from '../../server/store/schema.ts';
import type { TeamPage } from '../../src/protocol/views/insight.ts';
import { value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeInsightWorld, type InsightWorld } from './insight-world.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('a team looked back to', () => {
    let opened: OpenedStore;
    let made: InsightWorld;
    beforeAll(async () => {
      opened = await store.open();
      made = await makeInsightWorld(opened.store);
    });
    afterAll(() => opened.dispose());

    test('[IN22] shows who was in it, and its load against what it could do, as that was reckoned then', async () => {
      const { world, insight, promises, as } = made;
      const { organisationId, teams, people, clock } = world;
      const parts = {
        ...{ store: opened.store, now: () => clock.now, newId: randomUUID },
        rights: makeRightsChanges(),
      };
      const rhythm = createRhythm({
        ...parts,
        ...{ boardRight: async () => 'manage' as const, truthChanged: () => undefined },
      });
      const periodId = randomUUID();
      await opened.store.db.insert(period).values({
        ...{ id: periodId, organisationId, kind: 'quarter', label: '2026 Q2' },
        ...{ start: '2026-04-01', end: '2026-06-30', createdAt: new Date(clock.now) },
      });
      const planned = (key: string, effort: number) =>
        promises.propose({
          ...{ key, terms: { effort } },
          extra: { source: { board: world.boardId, key, commit: null, snapshot: null, period: periodId } },
        });
      const seen: { readonly at: number; readonly page: TeamPage }[] = [];
      const look = async (): Promise<void> => {
        clock.now += 60_000;
        seen.push({ at: clock.now, page: value(await insight.teamPage(as('ana'), teams.red)) });
        clock.now += 60_000;
      };

      await look();
      const first = await planned('one', 20);
      await look();
      const ana = () => as('ana');
      const { ben, dan } = people;
      value(await putInTeam(parts, ana(), teams.red, { personId: dan, role: 'member', share: 0.5 }));
      await look();
      value(await putInTeam(parts, ana(), teams.red, { personId: dan, role: 'lead', share: 1 }));
      await look();
      value(await removeFromTeam(parts, ana(), teams.red, ben));
      await look();
      const days = [{ start: '2026-05-01', end: '2026-05-07', label: 'Company days' }];
      const [off] = value(await rhythm.addDaysOff(as('olga'), { kind: 'holiday', days }));
      await look();
      value(await insight.setCapacity(ana(), teams.red, { periodId, personWeeks: 18 }));
      await look();
      value(await insight.setCapacity(ana(), teams.red, { periodId, personWeeks: 25 }));
      await look();
      value(await insight.setCapacity(ana(), teams.red, { periodId, personWeeks: null }));
      value(await rhythm.removeDayOff(as('olga'), off?.id ?? ''));
      await look();
      value(await world.tracking.act(as('ben'), first, 'park', { reason: 'no room' }));
      await look();

      const bare = ({ loads, members }: TeamPage) => ({ loads, members: [...members].sort(byPerson) });
      for (const { at, page } of seen) {
        const then = value(await insight.teamPage(as('ana'), teams.red, at));
        expect(bare(then), new Date(at).toISOString()).toEqual(bare(page));
      }
      // All of it was really different from one look to the next.
      const told = seen.map(({ page }) => JSON.stringify(bare(page)));
      expect(new Set(told).size).toBe(seen.length - 1);

      // A sum counts what is hidden from who looks, now as then, and names nothing of it.
      await planned('hidden', 3);
      clock.now += 60_000;
      const outside = world.viewer('dan', { hiddenBoards: [world.boardId] });
      const now = value(await insight.teamPage(outside, teams.red));
      const back = value(await insight.teamPage(outside, teams.red, clock.now));
      expect(back.loads).toEqual(now.loads);
      expect(back.loads[0]?.load).toBe(3);
      expect(back.promises).toEqual([]);
    });
  });
});

const byPerson = (a: { readonly personId: string }, b: { readonly personId: string }): number =>
  a.personId < b.personId ? -1 : 1;
