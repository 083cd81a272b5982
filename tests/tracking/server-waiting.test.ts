import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draft } from './asks.ts';
import { makeTrackingWorld, value, type Name } from './server-world.ts';
import { stores, type OpenedStore } from './stores.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('who is waited for', () => {
    let opened: OpenedStore;

    beforeAll(async () => {
      opened = await store.open();
    });
    afterAll(() => opened.dispose());
    test('[TR41] a yes with a change waits for the lead, and then for the owner again', async () => {
      const own = await makeTrackingWorld(opened.store);
      const ids = await own.commit([{ key: 'a' }]);
      const id = ids.get('a') ?? '';
      const waiting = async (name: Name) => {
        const { toAccept, toAgree } = await own.tracking.inbox(own.viewer(name));
        return [toAccept.length, toAgree.length];
      };
      expect([await waiting('ben'), await waiting('ana')]).toEqual([
        [1, 0],
        [0, 0],
      ]);
      const wanted = { change: { due: '2026-06-20' }, text: 'two weeks more' };
      value(await own.tracking.act(own.viewer('ben'), id, 'propose-change', wanted));
      expect([await waiting('ben'), await waiting('ana')]).toEqual([
        [0, 0],
        [0, 1],
      ]);
      expect(await waiting('cleo')).toEqual([0, 0]);
      value(await own.tracking.act(own.viewer('ana'), id, 'agree-change', {}));
      expect([await waiting('ben'), await waiting('ana')]).toEqual([
        [1, 0],
        [0, 0],
      ]);
    });

    test('[TR40] what a team needs of itself waits for nobody', async () => {
      const own = await makeTrackingWorld(opened.store);
      const at = own.clock.now;
      const of = (key: string, providerTeam: string) =>
        ({
          ...draft,
          ...{ board: own.boardId, key, providerTeam },
          state: 'requested',
          requester: { objective: 'a', team: own.teams.red, owner: own.people.ben },
        }) as const;
      await own.store.transaction((tx) =>
        own.tracking.importDependencies(tx, {
          ...{ organisationId: own.organisationId, boardId: own.boardId, at, recordedAt: at, zone: 'UTC' },
          actor: { person: own.people.ana, via: 'import' },
          dependencies: [of('within', own.teams.red), of('between', own.teams.blue)],
        }),
      );
      expect((await own.tracking.inbox(own.viewer('ana'))).toAnswer).toEqual([]);
      const cleo = await own.tracking.inbox(own.viewer('cleo'));
      expect(cleo.toAnswer.map(({ objectKey }) => objectKey)).toEqual(['between']);
      expect(await own.tracking.dependencies(own.viewer('ana'), {})).toHaveLength(2);
    });
  });
});
