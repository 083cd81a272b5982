import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asc, eq } from 'drizzle-orm';
import type { AddedChat } from '../../../src/protocol/views/chat.ts';
import type { NewChat } from '../../../server/app-notify.ts';
import type { NotifyDeps, ToldWarning } from '../../../server/notify/deps.ts';
import { chatDestination, chatMessage, choreLease, organisation } from '../../../server/store/schema.ts';
import { on, value } from '../../tracking/server-world.ts';
import type { OpenedStore } from '../../tracking/stores.ts';
import { makeNotifyWorld, type NotifyWorld } from '../notify-world.ts';

/** A post as a chat received it. */
export interface PostReceived {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Behaviour = (
  post: PostReceived,
  nth: number,
) => { status: number; headers?: Record<string, string> } | null;

/** A real receiver of webhooks. `answer` null never answers. */
export interface Receiver {
  readonly host: string;
  readonly received: PostReceived[];
  behave(answer: Behaviour): void;
  /** Resolves when so many have come. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: PostReceived[] = [];
  const waiting: { count: number; done: () => void }[] = [];
  let answer: Behaviour = () => ({ status: 200 });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const post = {
        ...{ path: request.url ?? '', headers: request.headers },
        body: Buffer.concat(chunks).toString('utf8'),
      };
      received.push(post);
      const given = answer(post, received.length);
      for (const it of waiting) if (received.length >= it.count) it.done();
      if (given !== null) response.writeHead(given.status, given.headers).end('what it says is not read');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    behave: (next) => (answer = next),
    until: (count) =>
      new Promise((done) => {
        if (received.length >= count) done();
        else waiting.push({ count, done: () => done() });
      }),
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

export const monday = on('2026-04-13', '10:00');

/** A notify world with a receiver of webhooks, at ten on a Monday. */
export interface ChatWorld extends NotifyWorld {
  readonly chatDeps: NotifyDeps;
  readonly receiver: Receiver;
  readonly first: ReturnType<NotifyWorld['node']>;
  readonly warned: ToldWarning[];
  chat(more?: Partial<NewChat>): Promise<AddedChat>;
  /** Plans and posts at a moment; the texts of what came. */
  tellAt(instant: number): Promise<readonly string[]>;
  messages(): Promise<readonly (typeof chatMessage.$inferSelect)[]>;
  row(id: string): Promise<typeof chatDestination.$inferSelect | undefined>;
  ask(what: string): Promise<string>;
}

export async function makeChatWorld(opened: OpenedStore): Promise<ChatWorld> {
  await opened.store.db.delete(organisation);
  await opened.store.db.delete(choreLease);
  const world = await makeNotifyWorld(opened.store);
  const receiver = await startReceiver();
  const warned: ToldWarning[] = [];
  const chatDeps: NotifyDeps = {
    ...world.deps,
    chat: { allowedHosts: [receiver.host], warnings: async () => warned },
  };
  const first = world.node({ chat: chatDeps.chat });
  world.clock.now = monday;
  await first.tellChats();
  return {
    ...{ ...world, chatDeps, receiver, first, warned },
    chat: async (more = {}) =>
      value(
        await first.addChat(world.viewer('ana'), {
          ...{
            name: '#red',
            kind: 'slack',
            teamId: world.teams.red,
            url: `http://${receiver.host}/secret-abcd`,
          },
          topics: ['handshake'],
          ...more,
        }),
      ),
    tellAt: async (instant) => {
      world.clock.now = instant;
      const before = receiver.received.length;
      await first.tellChats();
      return receiver.received.slice(before).map(({ body }) => body);
    },
    messages: () =>
      opened.store.db.select().from(chatMessage).orderBy(asc(chatMessage.at), asc(chatMessage.key)),
    row: async (id) =>
      (await opened.store.db.select().from(chatDestination).where(eq(chatDestination.id, id)))[0],
    ask: async (what) => {
      const ask = value(
        await world.tracking.saveDependency(world.viewer('ana'), world.boardId, {
          ...{ objectKey: what, requesterKey: null, requesterTeam: 'red', providerTeam: 'blue' },
          ...{ what, neededBy: '2026-05-01', hardness: 'soft' },
        }),
      );
      value(await world.tracking.actOnDependency(world.viewer('ana'), ask.id, 'send', {}));
      return ask.id;
    },
  };
}
