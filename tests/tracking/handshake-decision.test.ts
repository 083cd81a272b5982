import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { createRegisters } from '../../server/registers/registers.ts';
import { code, makeTrackingWorld, value, type Name, type TrackingWorld } from './server-world.ts';
import { promisesIn } from './promises.ts';
import { stores, type OpenedStore } from './stores.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('what two teams cannot settle', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    let keys = 0;

    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
    });
    afterAll(() => opened.dispose());

    const registers = () =>
      createRegisters({
        ...{ store: opened.store, now: () => world.clock.now, newId: randomUUID },
        truthChanged: () => undefined,
      });
    const move = (name: Name, id: string, command: string, input: Record<string, unknown> = {}) =>
      world.tracking.actOnDependency(world.viewer(name), id, command, input);
    const questions = async () => registers().list(world.viewer('ana'), 'decision', {});

    async function asked(): Promise<{ id: string; promise: string }> {
      const key = `card-${(keys += 1)}`;
      const promise = await promisesIn(world, opened.store).accepted({ key });
      const saved = await world.tracking.saveDependency(world.viewer('ben'), world.boardId, {
        ...{ objectKey: `arrow-${keys}`, requesterKey: key, requesterTeam: 'red', providerTeam: 'blue' },
        ...{ servedBy: null, what: 'an interface', neededBy: '2026-05-29', hardness: 'hard' },
      });
      const { id } = value(saved);
      value(await move('ben', id, 'send'));
      return { id, promise };
    }

    test('[DP24] after three rounds a decision is asked for, and another counter-offer names it once it is taken', async () => {
      const { id, promise } = await asked();
      value(await move('cleo', id, 'counter', { date: '2026-06-19' }));
      value(await move('ben', id, 'counter', { date: '2026-06-05' }));
      expect(await questions()).toEqual([]);
      const third = value(await move('cleo', id, 'counter', { date: '2026-06-12' }));
      expect(third.flags).toContain('escalated');
      const [question] = await questions();
      expect(question).toMatchObject({
        ...{ title: 'How do Red and Blue settle “an interface”?', status: 'open', ownerId: world.people.ben },
        ...{ commitments: [promise], neededBy: '2026-06-05', boardId: world.boardId },
      });
      const again = { date: '2026-06-08' };
      expect(code(await move('ben', id, 'counter', again))).toBe('needs-decision');
      const decisionId = question?.id ?? '';
      expect(code(await move('ben', id, 'counter', { ...again, decisionId }))).toBe('decision-open');
      value(
        await registers().act(world.viewer('ben'), 'decision', decisionId, 'decide', {
          chosen: 'the 8th of June',
        }),
      );
      value(await move('ben', id, 'counter', { ...again, decisionId }));
      expect(code(await move('cleo', id, 'counter', { ...again, decisionId: randomUUID() }))).toBe(
        'unknown-decision',
      );
      expect(await questions()).toHaveLength(1);
    });

    test('[DP24] a no that is escalated asks for a decision; one that is re-planned asks for none', async () => {
      const before = (await questions()).length;
      const { id } = await asked();
      value(await move('cleo', id, 'decline', { reason: 'no room' }));
      value(await move('ben', id, 'choose', { choice: 'escalate', text: 'we cannot do without' }));
      const all = await questions();
      expect(all.map(({ title }) => title)).toContain('What follows from the no to “an interface”?');
      const other = await asked();
      value(await move('cleo', other.id, 'decline', { reason: 'no room' }));
      value(await move('ben', other.id, 'choose', { choice: 're-plan', text: 'we build it' }));
      expect(await questions()).toHaveLength(before + 1);
    });

    test('[DP10] the notice given before the promised day is told', async () => {
      const { id } = await asked();
      value(await move('cleo', id, 'accept', { person: world.people.dan, date: '2026-05-20' }));
      expect(value(await world.tracking.dependency(world.viewer('ben'), id)).noticeDays).toBeNull();
      value(await move('dan', id, 'flag', { why: 'a hard bug' }));
      expect(value(await world.tracking.dependency(world.viewer('ben'), id)).noticeDays).toBe(49);
    });
  });
});
