import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeNotifyWorld, type NotifyWorld } from './notify-world.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('what the registers tell', () => {
    let opened: OpenedStore;
    let world: NotifyWorld;

    beforeAll(async () => {
      opened = await store.open();
      world = await makeNotifyWorld(opened.store);
    });
    afterAll(() => opened.dispose());

    test('[NT14] the owner hears that the basis failed, and by when to answer; who said so is not told', async () => {
      const [id = ''] = (await world.commit([{ key: 'road' }])).values();
      value(await world.tracking.act(world.viewer('ben'), id, 'accept', {}));
      const ana = world.viewer('ana');
      const basis = { statement: 'The road opens', affects: [id], team: world.teams.red };
      const it = value(await world.registers.create(ana, 'assumption', basis));
      value(await world.registers.act(ana, 'assumption', it.id, 'invalidate', { reason: 'landslide' }));
      await world.at(world.clock.now + 60_000);
      const told = (await world.notices('ben')).filter(({ rung }) => rung.startsWith('decide'));
      expect(told.map(({ title }) => title)).toEqual([
        expect.stringMatching(/^An assumption under it failed: “/),
      ]);
      expect(told[0]?.body).toMatch(/^“The road opens” failed\. Go on with a reason.* by .*15 Apr/);
      expect((await world.notices('ana')).filter(({ rung }) => rung.startsWith('decide'))).toEqual([]);
    });
  });
});
