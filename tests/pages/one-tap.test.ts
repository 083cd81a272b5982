import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiWorld } from '../api/api-world.ts';
import { checkIn, promisesIn } from '../tracking/promises.ts';
import { makeTrackingWorld, on, value, type TrackingWorld } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { call, findPageCalls, nameOf, type PageCall } from './page-calls.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('a check-in answered from its row', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    let calls: ReadonlyMap<string, PageCall>;
    beforeAll(async () => {
      opened = await store.open();
      calls = new Map((await findPageCalls()).map((it) => [nameOf(it), it]));
    });
    afterAll(() => opened.dispose());

    const press = async (
      act: 'noMovement' | 'undo',
      form: Record<string, string>,
      name: 'ben' | 'bea' = 'ben',
    ) => {
      const page = calls.get(`/(app)/home ${act}`);
      if (page === undefined) throw new Error('There is no such act.');
      const pages = { app: { tracking: world.tracking } } as unknown as ApiWorld;
      return call(page, pages, world.viewer(name), { params: {}, query: '', form });
    };
    const week = () => world.tracking.inbox(world.viewer('ben'));
    const promised = async (): Promise<string> => {
      world = await makeTrackingWorld(opened.store);
      const id = await promisesIn(world, opened.store).accepted();
      world.clock.now = on('2026-04-02');
      return id;
    };
    const posted = async (id: string) => {
      const { version } = value(await world.tracking.commitment(world.viewer('ben'), id));
      return { form: `no-movement-${id}`, id, version: String(version) };
    };

    test('[PG31] the first is asked in full: its row offers no tap, and a tap is refused with what to do', async () => {
      const id = await promised();
      const { toCheckIn, oneTap } = await week();
      expect(toCheckIn.map((it) => it.id)).toContain(id);
      expect(oneTap).toEqual([]);
      expect(await press('noMovement', await posted(id))).toMatchObject({
        came: 'refused',
        answer: {
          form: `no-movement-${id}`,
          message: 'There is no earlier check-in to repeat: fill in the form.',
        },
      });
    });

    test('[PG31] one tap repeats what was said last and fills the slot; taken back, it waits again', async () => {
      const id = await promised();
      value(
        await world.tracking.checkIn(world.viewer('ben'), id, {
          ...checkIn,
          status: 'risk',
          nextStep: 'Call',
        }),
      );
      world.clock.now = on('2026-04-09');
      expect((await week()).oneTap).toEqual([id]);
      expect(await press('noMovement', await posted(id), 'bea')).toMatchObject({ came: 'refused' });
      expect((await press('noMovement', await posted(id))).came).toBe('elsewhere');
      const said = value(await world.tracking.commitment(world.viewer('ben'), id));
      expect(said.slots.slice(0, 2).map(({ filled }) => filled)).toEqual(['on-time', 'on-time']);
      expect(said.checkIns.at(-1)).toMatchObject({
        ...{ status: 'risk', confidence: 80, values: { m1: 120 }, nextStep: 'Call', whatChanged: '' },
      });
      expect((await week()).oneTap).toEqual([]);
      const undo = {
        form: 'undo',
        id,
        version: String(said.version),
        checkIn: said.checkIns.at(-1)?.id ?? '',
      };
      expect(await press('undo', undo)).toMatchObject({ came: 'done', answer: { form: 'undo' } });
      const after = await week();
      expect([after.toCheckIn.map((it) => it.id), after.oneTap]).toEqual([[id], [id]]);
      expect(await press('undo', undo)).toMatchObject({ came: 'refused' });
    });

    test('[PG31] after two repeats the row leaves it to the form, which asks how sure one still is', async () => {
      const id = await promised();
      value(await world.tracking.checkIn(world.viewer('ben'), id, checkIn));
      for (const day of ['2026-04-09', '2026-04-16']) {
        world.clock.now = on(day);
        expect((await week()).oneTap).toEqual([id]);
        expect((await press('noMovement', await posted(id))).came).toBe('elsewhere');
      }
      world.clock.now = on('2026-04-23');
      expect((await week()).oneTap).toEqual([]);
      expect(await press('noMovement', await posted(id))).toMatchObject({
        answer: { message: 'Say how sure you still are.' },
      });
    });
  });
});
