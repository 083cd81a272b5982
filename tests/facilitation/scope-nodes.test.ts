import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { compose, type Composition } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { password, value } from '../planning/world.ts';
import { createDatabase, serverUrl, type TestDatabase } from '../support/postgres.ts';
import { redisUrl } from '../support/redis.ts';

const client = { address: '127.0.0.1', userAgent: 'test' };

/** Two whole servers on one database, rung by one Redis. */
describe.skipIf(serverUrl === null || redisUrl === null)('listening to a meeting on another node', () => {
  let database: TestDatabase;
  let nodes: Composition[];
  let ana: Viewer;

  beforeAll(async () => {
    database = await createDatabase();
    const config = readConfig({ DATABASE_URL: database.url, REDIS_URL: redisUrl ?? '' });
    const start = () => compose(config, { log: pino({ level: 'silent' }) });
    nodes = [await start(), await start()];
    const input = { organisation: 'Acme', name: 'Ana', email: 'ana@example.org', password, teams: ['Red'] };
    ana = value(await app(0).auth.setup(input, client)).viewer;
  });
  afterAll(async () => {
    for (const node of nodes) await node.close();
    await database.drop();
  });

  const app = (node: number): Composition['application'] => {
    const found = nodes[node];
    if (found === undefined) throw new Error('no such node');
    return found.application;
  };
  const join = async (name: string): Promise<Viewer> => {
    const invite = value(await app(0).auth.createInvite(ana, { role: 'member' }));
    const input = { name, email: `${name.toLowerCase()}@example.org`, password };
    return value(await app(0).auth.acceptInvite(invite.token, input, client)).viewer;
  };
  /** Resolves when that person is shut out of the meeting on the second node. */
  async function listening(viewer: Viewer, session: string): Promise<{ readonly out: Promise<void> }> {
    let shut = (): void => undefined;
    const out = new Promise<void>((resolve) => (shut = resolve));
    value(await app(1).facilitation.listen(viewer, session, { send: () => undefined, ended: () => shut() }));
    return { out };
  }

  test('[AC10] the board is narrowed on one node, and who may not look at it any more hears no more on the other', async () => {
    const mia = await join('Mia');
    const { id: boardId } = value(
      await app(0).planning.createBoard(ana, { title: 'Plan', template: 'blank' }),
    );
    const { session } = value(await app(0).facilitation.plan(ana, { kind: 'weekly', boardId }));
    const { out } = await listening(mia, session.id);
    value(await app(0).planning.changeBoard(ana, boardId, { scope: 'private' }));
    await out;
    const fresh = { ...mia, hiddenBoards: [boardId] };
    expect(await app(1).facilitation.session(fresh, session.id)).toMatchObject({ ok: false });
  });

  test('[AC10] who is suspended on one node hears no more on the other', async () => {
    const max = await join('Max');
    const { session } = value(await app(0).facilitation.plan(ana, { kind: 'weekly' }));
    const { out } = await listening(max, session.id);
    value(await app(0).organisations.changeMember(ana, max.memberId, { suspended: true }));
    await out;
  });
});
