import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInsight } from '../../server/insight/insight.ts';
import { value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeSessionWorld } from './session-world.ts';

describe.each(stores)('the history of sessions on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    test('[SN60] says who did what in a session, and nothing that was hidden in it', async () => {
      const world = await makeSessionWorld(opened.store);
      const { facilitation, viewer, people, boardId, clock } = world;
      const insight = createInsight({ store: opened.store, now: () => clock.now, newId: randomUUID });
      const id = await world.running({ kind: 'quarterly-close', boardId }, ['ana', 'ben', 'bea']);
      const brief = { type: 'brief-stage', presenter: null, link: null, note: 'Stop Ben.' } as const;
      await world.do('ana', id, { ...brief, stage: 'causes' });
      await world.do('ben', id, { type: 'park', id: randomUUID(), title: 'The budget' });
      await world.do('ana', id, { type: 'next' });
      const item = randomUUID();
      const items = [{ id: item, title: 'Ship it', owner: people.ben }];
      await world.do('ana', id, { type: 'open-ballot', id: randomUUID(), items });
      for (const name of ['ana', 'ben', 'bea'] as const)
        await world.do(name, id, { type: 'vote', item, value: 9 });
      await world.do('bea', id, { type: 'rate', value: 3 });
      await world.do('ben', id, { type: 'produce', stage: 'scoring', output: null, text: 'A close call' });
      await facilitation.settled();

      const lines = async (name: 'ana' | 'ben' | 'cleo', filter = {}, more = {}) =>
        (await insight.audit({ ...viewer(name), ...more }, { kind: 'session', ...filter })).lines;
      const said = (await lines('cleo')).map(({ byName, sentence }) => `${byName}: ${sentence}`).reverse();
      expect(said).toEqual([
        'Ana: Opened the session: Close of the period.',
        'Ana: Started the session.',
        'Ana: Moved the room to “Pulse”.',
        'Ana: Prepared “Causes”.',
        'Ben: Parked “The budget”.',
        'Ana: Moved the room to “Hidden scoring”.',
        'Ana: Opened a vote, hidden, without names, on one thing.',
        'Ben: Wrote down: A close call',
      ]);
      const all = JSON.stringify(await lines('cleo'));
      for (const secret of ['Stop Ben', people.bea, '"value"', 'rated']) expect(all).not.toContain(secret);
      expect((await lines('ana', { person: people.ben })).map(({ type }) => type)).toEqual([
        'produced',
        'parked',
      ]);
      const own = value(await insight.history(viewer('cleo'), 'session', id));
      expect(own.lines).toHaveLength(8);

      // Of a board that is hidden from somebody, only what they did themselves.
      const hidden = { hiddenBoards: [boardId] };
      expect(await lines('cleo', {}, hidden)).toEqual([]);
      expect((await lines('ben', {}, hidden)).map(({ type }) => type)).toEqual(['produced', 'parked']);
    });
  });
});
