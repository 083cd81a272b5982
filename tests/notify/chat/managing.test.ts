import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../../server/app.ts';
import { event } from '../../../server/store/schema.ts';
import { code, value } from '../../tracking/server-world.ts';
import { stores, type OpenedStore } from '../../tracking/stores.ts';
import { makeChatWorld, monday, type ChatWorld } from './chat-world.ts';

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('setting chats', () => {
    let opened: OpenedStore;
    let world: ChatWorld;

    beforeAll(async () => {
      opened = await store.open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      world = await makeChatWorld(opened);
    });
    afterEach(() => world.receiver.close());

    test('[NT70] an administrator all, a lead the own team’s, nobody else any', async () => {
      const { id } = await world.chat();
      const given = {
        name: '#x',
        kind: 'slack',
        url: 'https://hooks.slack.com/services/x',
        topics: [],
      } as const;
      const add = async (who: Viewer, teamId: string | null) => {
        const added = await world.first.addChat(who, { ...given, teamId });
        return added.ok ? 'added' : added.refusal.code;
      };
      const { red, blue } = world.teams;
      const [olga, ana, ben, finn, cleo] = (['olga', 'ana', 'ben', 'finn', 'cleo'] as const).map((it) =>
        world.viewer(it),
      ) as [Viewer, Viewer, Viewer, Viewer, Viewer];
      const example = world.viewer('olga');
      expect([await add(olga, null), await add(olga, blue), await add(ana, red)]).toEqual([
        'added',
        'added',
        'added',
      ]);
      for (const [who, teamId] of [
        ...([
          [ana, null],
          [ana, blue],
          [ben, red],
          [finn, red],
          [cleo, red],
        ] as const),
        ...([
          [world.viewer('olga', { scope: 'read' }), null],
          [world.viewer('olga', { viewingAs: true }), null],
          [{ ...example, organisation: { ...example.organisation, kind: 'example' } } as Viewer, null],
        ] as const),
      ] as const) {
        expect(await add(who, teamId)).toBe('forbidden');
      }
      for (const who of [ben, finn]) {
        expect(value(await world.first.chats(who))).toEqual({ chats: [], places: [] });
      }
      const names = async (who: Viewer) => value(await world.first.chats(who)).chats.length;
      expect([await names(olga), await names(ana), await names(cleo)]).toEqual([4, 2, 1]);
      expect(value(await world.first.chats(ana)).places).toEqual([{ teamId: red, name: 'Red' }]);
      for (const who of [cleo, ben]) {
        expect(code(await world.first.changeChat(who, id, { paused: true }))).toBe('forbidden');
        expect(code(await world.first.testChat(who, id))).toBe('forbidden');
        expect(code(await world.first.removeChat(who, id))).toBe('forbidden');
      }
      const stranger = world.viewer('olga', { organisationId: crypto.randomUUID() });
      expect(code(await world.first.changeChat(stranger, id, { paused: true }))).toBe('not-found');
      expect(world.receiver.received).toEqual([]);
    });

    test('[NT59] its address is shown to nobody again, and stands in no history', async () => {
      const added = await world.chat();
      expect(added).toMatchObject({ host: world.receiver.host, ends: 'abcd', secret: null, state: 'on' });
      world.receiver.behave(() => ({ status: 500 }));
      value(await world.first.testChat(world.viewer('ana'), added.id));
      value(await world.first.removeChat(world.viewer('olga'), added.id));
      const told = await opened.store.db.select().from(event).where(eq(event.objectId, world.teams.red));
      expect(told.map(({ type }) => type)).toEqual(['chat-added', 'chat-removed']);
      const shown = JSON.stringify([
        added,
        told,
        await world.notices('ana'),
        value(await world.first.chats(world.viewer('olga'))),
      ]);
      expect(shown).toContain(world.receiver.host);
      expect(shown).not.toContain('secret-abcd');
    });

    test('[NT70] a test goes out at once, at any hour, and says what became of it', async () => {
      const { id } = await world.chat();
      world.clock.now = monday + 12 * 3_600_000;
      const ana = world.viewer('ana');
      expect(value(await world.first.testChat(ana, id))).toMatchObject({
        error: null,
        postedAt: world.clock.now,
      });
      expect(world.receiver.received[0]?.body).toContain('Ana asked for it.');
      world.receiver.behave(() => ({ status: 404 }));
      expect(value(await world.first.testChat(ana, id))).toMatchObject({
        error: 'It answered 404: there is no such webhook any more.',
        waiting: 0,
        state: 'stopped',
      });
      expect(code(await world.first.testChat(ana, id))).toBe('not-open');
    });

    test('[NT70][NT66] a wrong address, name or topic is refused by its field', async () => {
      const ana = world.viewer('ana');
      const given = {
        name: '#x',
        kind: 'slack',
        teamId: world.teams.red,
        url: 'https://a.example/x',
        topics: [],
      } as const;
      const path = async (more: object) => {
        const added = await world.first.addChat(ana, { ...given, ...more });
        return added.ok ? 'added' : (added.refusal.path ?? added.refusal.faults?.[0]?.path);
      };
      expect(await path({ url: 'http://a.example/x' })).toBe('url');
      expect(await path({ url: 'nonsense' })).toBe('url');
      expect(await path({ name: ' ' })).toBe('name');
      expect(await path({ kind: 'irc' })).toBe('kind');
      expect(await path({ topics: ['secrets'] })).toBe('topics.0');
      expect(await path({})).toBe('added');
    });

    test('[NT64] paused it is told nothing, and nothing is made up for', async () => {
      const { id } = await world.chat();
      const ana = world.viewer('ana');
      value(await world.first.changeChat(ana, id, { paused: true, topics: ['handshake', 'decisions'] }));
      await world.ask('A hand');
      expect(await world.tellAt(monday + 60_000)).toEqual([]);
      expect(value(await world.first.changeChat(ana, id, { paused: false }))).toMatchObject({
        ...{ state: 'on', topics: ['handshake', 'decisions'] },
      });
      expect(await world.tellAt(monday + 300_000)).toEqual([]);
    });
  });
});
