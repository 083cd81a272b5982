import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkIn, promisesIn } from '../tracking/promises.ts';
import { code, makeTrackingWorld, value, type TrackingWorld } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('what decisions and assumptions are watched by', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
    });
    afterAll(() => opened.dispose());

    /** A promise of Ben in the red team, accepted. */
    const promise = () => promisesIn(world, opened.store).accepted();

    test('[DC18] a check-in that breaks its rule calls it up, one at the limit does not', async () => {
      const id = await promise();
      const ben = world.viewer('ben');
      const measure = value(await world.tracking.commitment(ben, id)).now.measures[0]?.key ?? '';
      const triggerMetric = { commitment: id, measure, holdsWhile: 'at-most', value: 50 };
      const input = { question: 'One shop?', chosen: 'yes', affects: [id], triggerMetric };
      const it = value(await world.registers.create(ben, 'decision', input));
      const said = async (at: number) =>
        value(await world.tracking.checkIn(ben, id, { ...checkIn, values: { [measure]: at } }));
      const now = async () => value(await world.registers.read(ben, 'decision', it.id));
      await said(50);
      expect((await now()).status).toBe('in-force');
      await said(51);
      const called = await now();
      expect(called.status).toBe('revisit-due');
      expect(called.history.at(-1)).toMatchObject({ type: 'revisit-called', byName: 'the clock' });
      expect(called.facts.find(({ name }) => name === 'revisit')?.text).toMatch(/ stands at 51\.$/);
      expect(called.facts.find(({ name }) => name === 'triggerMetric')?.text).toMatch(/at most 50\.$/);
      const other = { ...triggerMetric, commitment: randomUUID() };
      const strange = { ...input, affects: [other.commitment], triggerMetric: other };
      expect(code(await world.registers.create(ben, 'decision', strange))).toBe('unknown-commitment');
    });

    test('[AS12] who is asked finds it among what is due, and so does its owner', async () => {
      const { registers, organisationId } = world;
      const ben = world.viewer('ben');
      const signpost = { kind: 'question', person: world.people.cleo, text: 'Still in June?' };
      const input = { statement: 'They ship', team: world.teams.red, signpost, nextCheck: '2026-03-31' };
      const it = value(await registers.create(ben, 'assumption', input));
      const dueOf = async (personId: string) =>
        (await registers.due(organisationId, world.clock.now, { personId }))
          .filter(({ id }) => id === it.id)
          .map(({ rule }) => rule);
      expect(await dueOf(world.people.cleo)).toEqual(['assumption-question']);
      expect(await dueOf(world.people.ben)).toEqual(['assumption-check']);
      expect(await dueOf(world.people.ana)).toEqual([]);
      value(await registers.act(world.viewer('cleo'), 'assumption', it.id, 'check', { answer: 'holds' }));
      expect(await dueOf(world.people.cleo)).toEqual([]);
    });

    test('[AS11][DC19] said again as it stands, nothing is changed and no check is moved', async () => {
      const { registers } = world;
      const ben = world.viewer('ben');
      const id = await promise();
      const signpost = { kind: 'event', on: '2026-05-20', what: 'the fair' };
      const basis = { statement: 'They come', affects: [id], signpost, nextCheck: '2026-05-01' };
      const it = value(await registers.create(ben, 'assumption', basis));
      const again = value(await registers.act(ben, 'assumption', it.id, 'amend', basis));
      expect([again.nextCheck, again.history.map(({ type }) => type)]).toEqual(['2026-05-01', ['assumed']]);
      const option = { text: 'North', for: 'near', against: '', cost: '' };
      const asked = { question: 'Where?', affects: [id], options: [option] };
      const sets = [{ objectId: id, field: 'site', value: 'north' }];
      const decision = value(await registers.create(ben, 'decision', { ...asked, sets }));
      const same = value(await registers.act(ben, 'decision', decision.id, 'amend', { ...asked, sets }));
      expect(same.history.map(({ type }) => type)).toEqual(['opened']);
    });

    test('[AS14] more than one thing to watch it by is refused', async () => {
      const input = { statement: 'Two things', signpost: { kind: 'several' } };
      const asked = await world.registers.create(world.viewer('ben'), 'assumption', input);
      expect(asked).toMatchObject({ ok: false, refusal: { code: 'invalid', path: 'signpost.kind' } });
    });
  });
});
