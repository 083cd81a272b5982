import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endOfWeek } from '../../src/routes/promise-week.server.ts';
import type { ApiWorld } from '../api/api-world.ts';
import { makeTrackingWorld, on, type Name, type TrackingWorld } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { call, findPageCalls, nameOf, type PageCall } from './page-calls.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('a promise for the week made on a page', () => {
    let opened: OpenedStore;
    let world: TrackingWorld;
    let calls: ReadonlyMap<string, PageCall>;
    beforeAll(async () => {
      opened = await store.open();
      world = await makeTrackingWorld(opened.store);
      calls = new Map((await findPageCalls()).map((it) => [nameOf(it), it]));
    });
    afterAll(() => opened.dispose());

    const post = async (route: string, form: Record<string, string>, name: Name = 'ben') => {
      const page = calls.get(`${route} promise`);
      if (page === undefined) throw new Error('There is no such act.');
      const pages = { app: { tracking: world.tracking } } as unknown as ApiWorld;
      return call(page, pages, world.viewer(name), { params: { id: world.teams.blue }, query: '', form });
    };

    test('[TR30] one’s own, from the week, counts at once and is of the own team', async () => {
      const { people, teams, tracking } = world;
      const due = endOfWeek(world.viewer('ben'));
      expect(due).toBe('2026-04-03');
      const said = await post('/(app)/home', { statement: 'Call three customers', ownerId: people.ben, due });
      expect(said).toMatchObject({ came: 'done', answer: { done: 'Promised: Call three customers.' } });
      const { mine } = await tracking.inbox(world.viewer('ben'));
      expect(mine).toMatchObject([{ status: 'committed', due, teamId: teams.red, boardId: null }]);
    });

    test('[TR30] from a team’s page it is of that team, and somebody else is asked', async () => {
      const { people, teams, tracking } = world;
      const form = { statement: 'Write it down', ownerId: people.dan, due: '2026-04-03' };
      expect(await post('/(app)/teams/[id]', form)).toMatchObject({
        answer: { done: 'Asked: Write it down. It is promised once its owner says yes.' },
      });
      const { toAccept } = await tracking.inbox(world.viewer('dan'));
      expect(toAccept).toMatchObject([{ statement: 'Write it down', teamId: teams.blue }]);
    });

    test('[TR30] what is refused keeps what was typed and says so beside the field', async () => {
      const form = { statement: ' ', ownerId: world.people.ben, due: '2026-04-03' };
      expect(await post('/(app)/home', form)).toMatchObject({
        came: 'refused',
        answer: { form: 'promise-week', faults: { statement: 'Write what is promised, in a sentence.' } },
      });
      expect(await post('/(app)/home', { ...form, statement: 'x', due: '2026-03-31' })).toMatchObject({
        answer: {
          faults: { due: 'That day is over: give today or a later one.' },
          typed: { statement: ['x'] },
        },
      });
      expect((await post('/(app)/home', { ...form, statement: 'x' }, 'finn')).came).not.toBe('done');
    });

    test('[TR30] the day it starts with is the Friday of the week, after it that of the next', () => {
      world.clock.now = on('2026-04-03');
      expect(endOfWeek(world.viewer('ben'))).toBe('2026-04-03');
      world.clock.now = on('2026-04-04');
      expect(endOfWeek(world.viewer('ben'))).toBe('2026-04-10');
      world.clock.now = on('2026-04-01');
    });
  });
});
