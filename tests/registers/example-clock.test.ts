import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { organisation } from '../../server/store/schema.ts';
import { checkIn } from '../tracking/promises.ts';
import { code, makeTrackingWorld, on, value, type TrackingWorld } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';

/** A clock that goes both ways: what is written down stays at its moment (tracking.md T19). */
describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('the registers of an example', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    let promise = '';

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
      promise = (await world.commit([{ key: 'heavy' }])).get('heavy') ?? '';
      value(await world.tracking.act(world.viewer('ben'), promise, 'accept', {}));
    });
    afterAll(() => opened.dispose());

    const viewer = (name: 'ana' | 'ben' = 'ana'): Viewer => {
      const real = world.viewer(name);
      return { ...real, organisation: { ...real.organisation, kind: 'example', now: world.clock.now } };
    };
    async function goTo(date: string): Promise<void> {
      const at = on(date);
      const { organisationId } = world;
      world.clock.now = at;
      await opened.store.transaction(async (tx) => {
        await tx
          .update(organisation)
          .set({ kind: 'example', clockNow: new Date(at) })
          .where(eq(organisation.id, organisationId));
        const zone = world.viewer('ana').organisation.timezone;
        await world.tracking.replay(tx, { organisationId, zone, recordedAt: at, at });
      });
    }
    const titles = async (open?: boolean) =>
      (await world.registers.list(viewer(), 'decision', open === undefined ? {} : { open })).map(
        ({ title, status }) => `${title} ${status}`,
      );

    test('[TR70] an entry is seen from its own moment on, and as it stood at each', async () => {
      await goTo('2026-05-04');
      const ask = { question: 'Which bank?', neededBy: '2026-05-05', affects: [promise] };
      const { id } = value(await world.registers.create(viewer(), 'decision', ask));
      await goTo('2026-05-20');
      value(await world.registers.act(viewer(), 'decision', id, 'decide', { chosen: 'North' }));
      expect(await titles()).toEqual(['Which bank? in-force']);

      await goTo('2026-05-10');
      expect(await titles()).toEqual(['Which bank? open']);
      expect((await world.tracking.commitments(viewer(), {}))[0]?.waitingOn).toMatchObject([
        { question: 'Which bank?', overdue: true },
      ]);
      expect(await world.registers.due(world.organisationId, world.clock.now)).toMatchObject([
        { rule: 'decision-overdue', id },
      ]);

      await goTo('2026-05-01');
      expect([await titles(), await titles(true), await titles(false)]).toEqual([[], [], []]);
      expect(code(await world.registers.read(viewer(), 'decision', id))).toBe('not-found-then');
      expect(code(await world.registers.act(viewer(), 'decision', id, 'decide', { chosen: 'x' }))).toBe(
        'not-found-then',
      );
      expect((await world.tracking.commitments(viewer(), {}))[0]?.waitingOn).toEqual([]);

      await goTo('2026-05-21');
      expect(await titles()).toEqual(['Which bank? in-force']);
      const read = value(await world.registers.read(viewer(), 'decision', id));
      expect(read.links.map(({ relation }) => relation)).toEqual(['affects']);
      expect(read.history.map(({ type }) => type)).toEqual(['opened', 'decided', 'took-force']);
    });

    test('[TR70] what follows from an entry goes and comes with it', async () => {
      await goTo('2026-06-02');
      const basis = { statement: 'Dry', affects: [promise], team: world.teams.red };
      const { id } = value(await world.registers.create(viewer(), 'assumption', basis));
      for (const text of ['drops', 'rain']) {
        value(await world.registers.act(viewer(), 'assumption', id, 'check', { answer: 'doubtful', text }));
      }
      const shown = async () => {
        const items = await world.registers.list(viewer(), 'triage-item', { open: true });
        const [row] = await world.tracking.commitments(viewer(), {});
        return [items.map(({ title }) => title), row?.basis];
      };
      expect(await shown()).toEqual([['Doubtful: Dry'], 'doubtful']);
      await goTo('2026-06-01');
      expect(await shown()).toEqual([[], null]);
      value(await world.tracking.checkIn(viewer('ben'), promise, checkIn));
      await goTo('2026-06-03');
      expect(await shown()).toEqual([['Doubtful: Dry'], 'doubtful']);
    });
  });
});
