import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mail } from '../../server/store/schema.ts';
import { openStore } from '../../server/store/open.ts';
import type { Store } from '../../server/store/store.ts';
import { makeNotifyWorld, type NotifyWorld } from '../notify/notify-world.ts';
import { startMailServer, type MailServerBehaviour, type TestMailServer } from '../notify/mail-server.ts';
import { createDatabase, serverUrl } from '../support/postgres.ts';
import { on } from '../tracking/server-world.ts';
import { startMailNode, type MailNode } from './mail-node.ts';

const [accepted, friday] = [on('2026-04-01', '12:00'), on('2026-04-03', '17:00')];
/** Long after every lease of a node that died. */
const later = friday + 30 * 60_000;

describe.skipIf(serverUrl === null)('nodes that are killed while they mail, on PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let store: Store;
  let world: NotifyWorld;
  let server: TestMailServer;
  let nodes: MailNode[] = [];

  beforeEach(async () => {
    database = await createDatabase();
    store = await openStore({ databaseUrl: database.url, dataDir: '' });
    world = await makeNotifyWorld(store);
    await world.at(accepted);
    nodes = [];
  });
  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.kill9()));
    await server.close();
    await store.close();
    await database.drop();
  });

  async function start(now: number): Promise<MailNode> {
    const node = await startMailNode(now, { DATABASE_URL: database.url, SMTP_URL: server.url });
    nodes.push(node);
    return node;
  }

  /** So many promises of Ben, Dan and Cleo whose check-in is due: a mail each. */
  async function promisesDue(): Promise<void> {
    await world.promises.accepted({ owner: 'ben' });
    await world.promises.accepted({ owner: 'dan', team: 'blue' });
    await world.promises.accepted({ owner: 'cleo', team: 'blue' });
  }
  const statuses = async (): Promise<readonly string[]> =>
    (await store.db.select().from(mail)).map(({ status }) => status).sort();
  const serve = async (behaviour: MailServerBehaviour = {}): Promise<void> => {
    server = await startMailServer(behaviour);
  };

  test('[NT23][NT24][NT25] two nodes together plan each message once and send each mail once', async () => {
    await serve();
    await promisesDue();
    const [one, two] = await Promise.all([start(friday), start(friday)]);
    await server.until(3);
    await Promise.all([one.rounds(5), two.rounds(5)]);
    const ids = server.received.map(({ messageId }) => messageId);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
    expect(await statuses()).toEqual(['sent', 'sent', 'sent']);
    expect((await world.said()).filter((it) => it.includes('due:1'))).toHaveLength(3);
  }, 180_000);

  test('[NT27] kill -9 between send and mark: the mail server has it once, and no node sends it again', async () => {
    const killed = Promise.withResolvers<undefined>();
    let blow = true;
    await serve({
      // The mail server has the whole mail and has not said so yet: the node that sent it dies now.
      received: async () => {
        if (!blow) return;
        blow = false;
        await nodes[0]?.kill9();
        killed.resolve(undefined);
      },
    });
    await world.promises.accepted({ owner: 'ben' });
    await start(friday);
    await killed.promise;
    expect(await statuses()).toEqual(['unsure']);
    const second = await start(later);
    await second.rounds(5);
    // The second node is alive and mails: what comes after arrives, and what is unsure stays.
    await store.db.insert(mail).values({
      ...{ id: randomUUID(), organisationId: world.organisationId, to: 'dan@example.org', notices: [] },
      ...{ messageId: '<after@example.org>', subject: 'After', text: 'After', status: 'queued' },
      ...{ notBefore: new Date(friday), createdAt: new Date(friday) },
    });
    await server.until(2);
    await second.rounds(3);
    const ids = server.received.map(({ messageId }) => messageId);
    const [unsure] = (await store.db.select().from(mail)).filter(({ status }) => status === 'unsure');
    expect(ids.filter((id) => id === unsure?.messageId)).toHaveLength(1);
    expect(new Set(ids).size).toBe(ids.length);
    expect(unsure?.error).toContain('has not answered');
  }, 180_000);

  test('[NT26] kill -9 before handing over: another node sends it, once', async () => {
    const killed = Promise.withResolvers<undefined>();
    let blow = true;
    await serve({
      named: async () => {
        if (!blow) return;
        blow = false;
        await nodes[0]?.kill9();
        killed.resolve(undefined);
      },
    });
    await world.promises.accepted({ owner: 'ben' });
    await start(friday);
    await killed.promise;
    expect(await statuses()).toEqual(['sending']);
    const second = await start(later);
    await server.until(1);
    await second.rounds(3);
    expect(server.received).toHaveLength(1);
    expect(await statuses()).toEqual(['sent']);
    const [row] = await store.db.select().from(mail);
    expect(server.received[0]?.messageId).toBe(row?.messageId);
    expect(row?.attempts).toBe(2);
  }, 180_000);
});
