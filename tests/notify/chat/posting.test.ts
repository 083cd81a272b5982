import { randomUUID } from 'node:crypto';
import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chatDestination, chatMessage, organisation } from '../../../server/store/schema.ts';
import { value } from '../../tracking/server-world.ts';
import { stores, type OpenedStore } from '../../tracking/stores.ts';
import { makeChatWorld, monday, type ChatWorld } from './chat-world.ts';

const minute = 60_000;

describe.each(stores)('on $name', (store) => {
  describe.skipIf(store.missing)('posting to chats', () => {
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

    const statuses = async () => (await world.messages()).map(({ status }) => status);

    test('[NT64] what is refused for now is tried again with growing delay, together, as one post', async () => {
      const { id } = await world.chat();
      world.receiver.behave((_post, nth) => ({ status: nth <= 3 ? 503 : 200 }));
      await world.ask('A hand');
      expect(await world.tellAt(monday + minute)).toHaveLength(1);
      expect(await statuses()).toEqual(['queued']);
      expect(await world.row(id)).toMatchObject({ failures: 1, error: 'It answered 503.' });
      expect(await world.tellAt(monday + minute + 59_000)).toHaveLength(0);
      await world.ask('Another');
      expect(await world.tellAt(monday + 2 * minute)).toHaveLength(1);
      expect(await world.tellAt(monday + 6 * minute)).toHaveLength(0);
      expect(await world.tellAt(monday + 7 * minute)).toHaveLength(1);
      const [tried] = await world.tellAt(monday + 22 * minute);
      expect(tried).toContain('A hand');
      expect(tried).not.toContain('Another');
      expect((await world.tellAt(monday + 23 * minute)).join()).toContain('Another');
      expect(await statuses()).toEqual(['sent', 'sent']);
      expect(await world.row(id)).toMatchObject({ failures: 0, error: null, leaseUntil: null });
    });

    test('[NT64] it waits as long as the chat says', async () => {
      const { id } = await world.chat();
      world.receiver.behave((_post, nth) =>
        nth === 1 ? { status: 429, headers: { 'retry-after': '600' } } : { status: 200 },
      );
      await world.ask('A hand');
      await world.tellAt(monday + minute);
      expect(await world.tellAt(monday + 10 * minute)).toHaveLength(0);
      expect(await world.tellAt(monday + 11 * minute)).toHaveLength(1);
      expect(await world.row(id)).toMatchObject({ failures: 0, error: null });
    });

    test.each([
      ['gone', 410, 1],
      ['never there', 500, 8],
    ])(
      '[NT64] a chat that is %s is given up, and who set it is told; resumed it gets what waits',
      async (_what, status, tries) => {
        const { id } = await world.chat();
        world.receiver.behave(() => ({ status }));
        await world.ask('A hand');
        let at = monday + minute;
        for (let i = 0; i < 12; i += 1) {
          await world.tellAt(at);
          at += 13 * 60 * minute;
        }
        expect(world.receiver.received).toHaveLength(tries);
        const told = (await world.notices('ana')).filter(({ rung }) => rung.startsWith('chat-stopped'));
        expect(told).toMatchObject([
          { title: 'Nothing arrives in the chat “#red” any more', link: '/settings/chats' },
        ]);
        expect(told[0]?.body).toContain(`It answered ${status}`);
        const [shown] = value(await world.first.chats(world.viewer('ana'))).chats;
        expect(shown).toMatchObject({
          id,
          state: 'stopped',
          error: expect.stringContaining(`It answered ${status}`) as string,
          waiting: 1,
        });
        world.receiver.behave(() => ({ status: 200 }));
        value(await world.first.changeChat(world.viewer('ana'), id, { paused: false }));
        expect((await world.tellAt(at)).join()).toContain('A hand');
      },
    );

    test('[NT64] what a chat cannot read is not said again, and holds up nothing', async () => {
      await world.chat();
      world.receiver.behave((_post, nth) => ({ status: nth === 1 ? 400 : 200 }));
      await world.ask('A hand');
      await world.tellAt(monday + minute);
      await world.ask('Another');
      expect((await world.tellAt(monday + 3 * minute)).join()).toContain('Another');
      expect(await statuses()).toEqual(['failed', 'sent']);
    });

    test('[NT65] of several nodes one posts, and what is said is said once', async () => {
      await world.chat();
      for (let i = 0; i < 5; i += 1) await world.ask(`Ask ${i}`);
      const nodes = [
        world.first,
        ...[1, 2, 3].map(() => world.node({ chat: world.chatDeps.chat, node: randomUUID() })),
      ];
      world.clock.now = monday + minute;
      await Promise.all(nodes.map((node) => node.tellChats()));
      await Promise.all(nodes.map((node) => node.tellChats()));
      const said = world.receiver.received.flatMap(({ body }) => body.match(/Red asks: Ask \d/g) ?? []);
      // Slack is told each title twice: in its block, and in the text for what shows no blocks.
      expect(new Set(said).size).toBe(5);
      expect(said).toHaveLength(10);
    });

    test('[NT65] a node that died before it posted leaves it to another; after that nobody says it again', async () => {
      const { id } = await world.chat();
      await world.ask('A hand');
      world.receiver.behave(() => ({ status: 503 }));
      await world.tellAt(monday + minute);
      world.receiver.behave(() => ({ status: 200 }));
      const dead = {
        leasedBy: 'a node that died',
        leaseUntil: new Date(monday + 3 * minute),
        notBefore: null,
      };
      await opened.store.db.update(chatDestination).set(dead).where(eq(chatDestination.id, id));
      await opened.store.db.update(chatMessage).set({ status: 'sending' });
      expect(await world.tellAt(monday + 2 * minute)).toHaveLength(0);
      expect(await world.tellAt(monday + 4 * minute)).toHaveLength(1);
      await opened.store.db.update(chatMessage).set({ status: 'unsure' });
      await opened.store.db.update(chatDestination).set({ ...dead, leaseUntil: new Date(monday) });
      await world.ask('Another');
      const [next] = await world.tellAt(monday + 6 * minute);
      expect(next).toContain('Another');
      expect(next).not.toContain('A hand');
      expect(value(await world.first.chats(world.viewer('ana'))).chats[0]).toMatchObject({ unsure: 1 });
    });

    test('[NT65] a line that breaks after it was sent leaves it unsure', async () => {
      const { id } = await world.chat();
      world.receiver.behave(() => null);
      await world.ask('A hand');
      world.clock.now = monday + minute;
      const telling = world.first.tellChats();
      await world.receiver.until(1);
      await world.receiver.close();
      await telling;
      expect(await statuses()).toEqual(['unsure']);
      expect((await world.row(id))?.error).toMatch(/could not be reached/);
    });

    test('[NT68] a signed webhook is signed with id, time and body; tried again it has the same id', async () => {
      const { secret } = await world.chat({ kind: 'webhook' });
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
      world.receiver.behave((_post, nth) => ({ status: nth === 1 ? 500 : 204 }));
      await world.ask('A hand');
      await world.tellAt(monday + minute);
      await world.tellAt(monday + 2 * minute);
      const ids = world.receiver.received.map(({ headers, body }) => {
        const signs = (text: string): string =>
          createHmac('sha256', Buffer.from(secret?.slice(6) ?? '', 'base64'))
            .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`)
            .digest('base64');
        expect(headers['webhook-signature']).toBe(`v1,${signs(body)}`);
        expect(headers['webhook-signature']).not.toBe(`v1,${signs(`${body} `)}`);
        expect(JSON.parse(body)).toMatchObject({
          type: 'throughline.messages',
          data: { organisation: 'Acme', sections: [{ title: 'Red asks: A hand' }] },
        });
        return headers['webhook-id'];
      });
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(1);
    });

    test('[NT70] nothing leaves an example', async () => {
      await world.chat();
      await world.ask('A hand');
      await opened.store.db.update(organisation).set({ kind: 'example' });
      expect(await world.tellAt(monday + minute)).toEqual([]);
      expect(await world.messages()).toEqual([]);
    });
  });
});
