import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chatMessage } from '../../server/store/schema.ts';
import { openStore } from '../../server/store/open.ts';
import type { Store } from '../../server/store/store.ts';
import { makeChatWorld, monday, type ChatWorld } from '../notify/chat/chat-world.ts';
import { createDatabase, serverUrl } from '../support/postgres.ts';
import { startMailNode, type MailNode } from './mail-node.ts';

/** Long after every lease of a node that died. */
const later = monday + 30 * 60_000;

describe.skipIf(serverUrl === null)('nodes that are killed while they post, on PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let store: Store;
  let world: ChatWorld;
  let nodes: MailNode[] = [];

  beforeEach(async () => {
    database = await createDatabase();
    store = await openStore({ databaseUrl: database.url, dataDir: '' });
    world = await makeChatWorld({ store, dispose: () => Promise.resolve() });
    nodes = [];
  });
  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.kill9()));
    await world.receiver.close();
    await store.close();
    await database.drop();
  });
  async function start(now: number): Promise<MailNode> {
    const node = await startMailNode(now, { DATABASE_URL: database.url, CHAT_HOSTS: world.receiver.host });
    nodes.push(node);
    return node;
  }
  const said = () => world.receiver.received.flatMap(({ body }) => /Red asks: (\w+)/.exec(body)?.[1] ?? []);
  const statuses = async () => (await store.db.select().from(chatMessage)).map(({ status }) => status).sort();

  test('[NT65] two nodes together say each thing once', async () => {
    await world.chat();
    for (const what of ['One', 'Two', 'Three']) await world.ask(what);
    const [one, two] = await Promise.all([start(monday + 1_000), start(monday + 1_000)]);
    await world.receiver.until(1);
    await Promise.all([one.rounds(5), two.rounds(5)]);
    const all = world.receiver.received.flatMap(({ body }) => body.match(/\*Red asks: \w+\*/g) ?? []);
    expect(all.sort()).toEqual(['*Red asks: One*', '*Red asks: Three*', '*Red asks: Two*']);
    expect(await statuses()).toEqual(['sent', 'sent', 'sent']);
  }, 180_000);

  test('[NT65] kill -9 between the post and its answer: the chat has it once, and no node says it again', async () => {
    const killed = Promise.withResolvers<undefined>();
    world.receiver.behave((_post, nth) => {
      if (nth > 1) return { status: 200 };
      void nodes[0]?.kill9().then(() => killed.resolve(undefined));
      return null;
    });
    await world.chat();
    await world.ask('First');
    await start(monday + 1_000);
    await killed.promise;
    expect(await statuses()).toEqual(['unsure']);
    world.clock.now = later;
    await world.ask('Second');
    const second = await start(later);
    await world.receiver.until(2);
    await second.rounds(5);
    expect(said()).toEqual(['First', 'Second']);
    expect(await statuses()).toEqual(['sent', 'unsure']);
  }, 180_000);
});
