import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditFilter } from '../../server/app-insight.ts';
import { code, on, value, type Name } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeInsightWorld, type InsightWorld } from './insight-world.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('the log of the organisation', () => {
    let opened: OpenedStore;
    let its: InsightWorld;
    let promise: string;

    beforeAll(async () => {
      opened = await store.open();
      its = await makeInsightWorld(opened.store);
      const { world, promises } = its;
      promise = await promises.propose();
      world.clock.now = on('2026-04-02');
      value(
        await world.tracking.act(world.viewer('ben'), promise, 'name-delegate', { person: world.people.bea }),
      );
      world.clock.now = on('2026-04-03');
      value(await world.tracking.act(world.viewer('bea', { via: 'api' }), promise, 'accept', {}));
      value(await world.registers.create(world.viewer('dan'), 'risk', { title: 'It may rain' }));
    });
    afterAll(() => opened.dispose());

    const read = (name: Name, filter: AuditFilter = {}) => its.insight.audit(its.world.viewer(name), filter);
    const said = async (name: Name, filter: AuditFilter = {}) =>
      (await read(name, filter)).lines.map(({ type, byName }) => `${byName} ${type}`);

    test('[IN16] says who, in whose name, through which door, about what; newest first', async () => {
      const { lines, next } = await read('finn');
      expect(next).toBeNull();
      expect(lines.map(({ kind, type }) => [kind, type])).toEqual([
        ...[
          ['risk', 'raised'],
          ['commitment', 'accepted'],
          ['commitment', 'delegate-named'],
        ],
        ['commitment', 'offered'],
      ]);
      expect(lines[1]).toMatchObject({
        ...{ objectId: promise, title: 'Double the sign-ups', byName: 'Bea', onBehalfOf: 'Ben', via: 'api' },
      });
    });

    test('[IN16] by who did it or in whose name, by kind, by days', async () => {
      const { people } = its.world;
      expect(await said('ana', { person: people.ben })).toEqual(['Bea accepted', 'Ben delegate-named']);
      expect(await said('ana', { person: people.dan })).toEqual(['Dan raised']);
      expect(await said('ana', { kind: 'risk' })).toEqual(['Dan raised']);
      expect(await said('ana', { from: '2026-04-02', to: '2026-04-02' })).toEqual(['Ben delegate-named']);
      expect(await said('ana', { to: '2026-04-01' })).toEqual(['Ana offered']);
      expect(await said('ana', { person: 'nobody' })).toEqual([]);
      expect(await said('ana', { person: people.ben, from: '2026-04-04' })).toEqual([]);
    });

    test('[IN16] in pages, no line twice and none left out', async () => {
      const own = await makeInsightWorld(opened.store);
      for (let number = 1; number <= 120; number += 1) {
        value(await own.world.registers.create(own.as('ana'), 'risk', { title: `Risk ${number}` }));
      }
      const titles: string[] = [];
      let after: string | undefined;
      do {
        const page = await own.insight.audit(own.as('ana'), after === undefined ? {} : { after });
        expect(page.lines.length).toBeLessThanOrEqual(50);
        titles.push(...page.lines.map(({ title }) => title));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(titles).toEqual(Array.from({ length: 120 }, (_, index) => `Risk ${120 - index}`));
      expect((await own.insight.audit(own.as('ana'), { after: 'rubbish' })).lines).toHaveLength(50);
    });

    test('[IN17] an ask that was not sent is in its own side’s log only, and so is its history', async () => {
      const { world, insight } = its;
      const ask = {
        ...{ objectKey: 'n1', requesterKey: 'card', requesterTeam: 'red', providerTeam: 'blue' },
        ...{ what: 'an interface', neededBy: null, hardness: 'hard' as const },
      } as const;
      const { id } = value(await world.tracking.saveDependency(world.viewer('ben'), world.boardId, ask));
      const sees = async (name: Name) => [
        (await read(name)).lines.some(({ objectId }) => objectId === id),
        code(await insight.history(world.viewer(name), 'dependency', id)),
      ];
      for (const name of ['ben', 'ana', 'bea'] as const) expect(await sees(name)).toEqual([true, 'allowed']);
      for (const name of ['cleo', 'dan', 'finn', 'olga'] as const)
        expect(await sees(name)).toEqual([false, 'not-found']);
      value(await world.tracking.actOnDependency(world.viewer('ana'), id, 'send', {}));
      expect(await sees('cleo')).toEqual([true, 'allowed']);
    });

    test('[IN17] another organisation has a log of its own', async () => {
      const other = await makeInsightWorld(opened.store);
      expect((await other.insight.audit(other.as('olga'), {})).lines).toEqual([]);
      expect(code(await other.insight.history(other.as('olga'), 'commitment', promise))).toBe('not-found');
    });
  });
});
