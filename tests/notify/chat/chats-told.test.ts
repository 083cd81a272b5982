import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { board, boardTeam, dayOff, session, team } from '../../../server/store/schema.ts';
import { on, value } from '../../tracking/server-world.ts';
import { stores, type OpenedStore } from '../../tracking/stores.ts';
import { makeChatWorld, monday, type ChatWorld } from './chat-world.ts';

const minute = 60_000;

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('what chats are told', () => {
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

    const narrow = (scope: 'organisation' | 'team' | 'private') =>
      opened.store.db
        .update(board)
        .set({ scope, createdBy: world.people.ana })
        .where(eq(board.id, world.boardId));

    test('[NT60][NT67] the handshake: asked, agreed, late; each once, to the teams it concerns, with a link and no token', async () => {
      const { id } = await world.chat();
      await world
        .chat({ name: '#blue', teamId: world.teams.blue, url: `http://${world.receiver.host}/blue` })
        .catch(async () =>
          value(
            await world.first.addChat(world.viewer('cleo'), {
              ...{ name: '#blue', kind: 'mattermost', teamId: world.teams.blue, topics: ['handshake'] },
              url: `http://${world.receiver.host}/blue`,
            }),
          ),
        );
      const ask = await world.ask('A hand');
      await world.tellAt(monday + minute);
      const [red, blue] = ['/secret-abcd', '/blue'].map(
        (at) => world.receiver.received.find(({ path }) => path === at)?.body ?? '',
      );
      expect(red).toContain('Red asks: A hand');
      expect(red).toContain(`https://plan.example.org/dependencies/${ask}`);
      expect(red).not.toContain('check-in/');
      expect(blue).toContain('Red asks');
      expect(await world.tellAt(monday + 2 * minute)).toEqual([]);
      value(
        await world.tracking.actOnDependency(world.viewer('cleo'), ask, 'accept', {
          person: world.people.dan,
          date: '2026-04-15',
        }),
      );
      expect((await world.tellAt(monday + 3 * minute)).join()).toContain('Agreed: A hand');
      await world.tellAt(on('2026-04-15', '23:00'));
      const late = (await world.tellAt(on('2026-04-16', '09:00'))).join();
      expect(late).toContain('Not delivered: A hand');
      expect(
        (await world.messages())
          .filter(({ destinationId }) => destinationId === id)
          .map(({ status }) => status),
      ).toEqual(['sent', 'sent', 'sent']);
    });

    test('[NT60] only what it asked for, and nothing from before it was there', async () => {
      await world.ask('Before');
      world.clock.now += minute;
      await world.chat({ topics: ['decisions'] });
      await world.ask('After');
      expect(await world.tellAt(monday + 2 * minute)).toEqual([]);
      const chosen = value(
        await world.registers.create(world.viewer('ana'), 'decision', { question: 'North or south?' }),
      );
      value(
        await world.registers.act(world.viewer('ana'), 'decision', chosen.id, 'decide', { chosen: 'North' }),
      );
      const [told] = await world.tellAt(monday + 3 * minute);
      expect(told).toContain('Decided: North or south?');
      expect(told).toContain('North');
    });

    test('[NT60] of a team’s own board its chat hears when the board is that team’s, others never; of a private one nobody', async () => {
      await narrow('team');
      await opened.store.db.insert(boardTeam).values({ boardId: world.boardId, teamId: world.teams.red });
      await world.chat();
      const all = {
        name: '#all',
        teamId: null,
        url: `http://${world.receiver.host}/all`,
        kind: 'slack',
        topics: ['handshake'],
      } as const;
      value(await world.first.addChat(world.viewer('olga'), all));
      await world.ask('Ours');
      await world.tellAt(monday + minute);
      expect(world.receiver.received.map(({ path }) => path)).toEqual(['/secret-abcd']);
      await narrow('private');
      await world.ask('Mine');
      expect(await world.tellAt(monday + 2 * minute)).toEqual([]);
    });

    test('[NT60][NT63] a board narrowed, and an ask answered, before the night is over is not spoken of', async () => {
      await world.chat();
      world.clock.now = on('2026-04-13', '20:00');
      const hidden = await world.ask('Hidden by morning');
      expect(await world.tellAt(on('2026-04-13', '20:01'))).toEqual([]);
      expect(await world.messages()).toMatchObject([{ status: 'queued', subjectId: hidden }]);
      await narrow('private');
      expect(await world.tellAt(on('2026-04-14', '08:00'))).toEqual([]);
      expect(await world.messages()).toEqual([]);
    });

    test('[NT63] nights, weekends and the team’s holidays are quiet, on the team’s clock', async () => {
      await opened.store.db
        .update(team)
        .set({ timezone: 'America/New_York' })
        .where(eq(team.id, world.teams.red));
      await opened.store.db.insert(dayOff).values({
        ...{
          id: crypto.randomUUID(),
          organisationId: world.organisationId,
          kind: 'holiday',
          teamId: world.teams.red,
        },
        ...{ start: '2026-04-13', end: '2026-04-13', label: 'Town day', createdAt: new Date(monday) },
      });
      await world.chat();
      await world.ask('A hand');
      for (const at of ['10:05', '16:00', '23:00'])
        expect(await world.tellAt(on('2026-04-13', at))).toEqual([]);
      // Eight in New York is two in Berlin.
      expect(await world.tellAt(on('2026-04-14', '13:59'))).toEqual([]);
      expect(await world.tellAt(on('2026-04-14', '14:00'))).toHaveLength(1);
    });

    test('[NT63] what came in the night goes out together; forty a day at most', async () => {
      await world.chat();
      world.clock.now = on('2026-04-13', '19:00');
      for (let i = 0; i < 45; i += 1) await world.ask(`Ask ${i}`);
      await world.tellAt(on('2026-04-13', '19:01'));
      expect(await world.messages()).toHaveLength(40);
      const posts: string[] = [];
      for (let i = 0; i < 6; i += 1) posts.push(...(await world.tellAt(on('2026-04-14', `08:0${i}`))));
      expect(posts).toHaveLength(4);
      expect(posts[0]?.match(/Red asks: Ask/g)?.length).toBeGreaterThanOrEqual(10);
    });

    test('[NT61] what is due, once a day at nine: the week on its first day, then the day; things, never people', async () => {
      await world.promises.accepted({ terms: { statement: 'Ship <it>', due: '2026-06-26' } });
      await world.chat({ topics: ['due'] });
      expect(await world.tellAt(on('2026-04-14', '08:59'))).toEqual([]);
      expect(await world.tellAt(on('2026-04-14', '09:00'))).toEqual([]);
      const [week] = await world.tellAt(on('2026-04-20', '09:00'));
      expect(week).toContain('Due this week in Red');
      expect(week).toContain('Check-in due Fri 24 Apr, 17:00: “Ship &lt;it&gt;”');
      expect(week).not.toMatch(/Ben|Ana/);
      expect(await world.tellAt(on('2026-04-20', '15:00'))).toEqual([]);
      expect(await world.tellAt(on('2026-04-21', '09:00'))).toEqual([]);
      const [today] = await world.tellAt(on('2026-04-24', '09:00'));
      expect(today).toContain('Due today in Red');
      expect(await world.tellAt(on('2026-04-25', '09:00'))).toEqual([]);
    });

    test('[NT62] what warns, once a week', async () => {
      await world.chat({ topics: ['warnings'] });
      world.warned.push({
        ...{
          subject: { kind: 'team', id: world.teams.red },
          title: 'Red has too much',
          evidence: '120 % of what it can do.',
        },
        link: '/teams',
      });
      expect(await world.tellAt(on('2026-04-14', '09:00'))).toEqual([]);
      const [told] = await world.tellAt(on('2026-04-20', '09:00'));
      expect(told).toContain('Warnings in Red');
      expect(told).toContain('Red has too much: 120 % of what it can do.');
      expect(await world.tellAt(on('2026-04-20', '12:00'))).toEqual([]);
      expect(await world.tellAt(on('2026-04-23', '09:00'))).toEqual([]);
    });

    test('[NT60][NT63] a session that starts, while that is of use, and its minutes', async () => {
      await world.chat({ topics: ['sessions'] });
      const id = crypto.randomUUID();
      const start = async (startedAt: number, endedAt: number | null = null): Promise<void> => {
        await opened.store.db.insert(session).values({
          ...{
            id: startedAt === monday ? id : crypto.randomUUID(),
            organisationId: world.organisationId,
            kind: 'custom',
          },
          ...{
            title: 'Weekly',
            status: endedAt === null ? 'running' : 'ended',
            rev: 1,
            state: { people: {} },
          },
          ...{ teamId: world.teams.red, startedAt: new Date(startedAt), createdAt: new Date(startedAt) },
          endedAt: endedAt === null ? null : new Date(endedAt),
        });
      };
      await start(monday);
      const [begun] = await world.tellAt(monday + minute);
      expect(begun).toContain('Starting now: Weekly');
      expect(begun).toContain(`https://plan.example.org/sessions/${id}`);
      await opened.store.db
        .update(session)
        .set({ status: 'ended', endedAt: new Date(monday + 30 * minute) })
        .where(eq(session.id, id));
      expect((await world.tellAt(monday + 31 * minute))[0]).toContain('Minutes are ready: Weekly');
      await start(on('2026-04-13', '20:00'));
      expect(await world.tellAt(on('2026-04-13', '20:01'))).toEqual([]);
      expect(await world.tellAt(on('2026-04-14', '08:00'))).toEqual([]);
    });
  });
});
