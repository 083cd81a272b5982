import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSyncServer } from '#server/sync/sync-server.ts';
import { MemoryJournal } from './support/memory-journal.ts';
import { RawClient } from './support/raw-client.ts';
import { person, startHost, type SyncHost } from './support/sync-host.ts';

/** The attacks of trust.md section Y on presence, by a hand-made client. */
const board = 'b1';
const cast = { ana: person('ana'), mal: person('mal') };
let journal: MemoryJournal;
let host: SyncHost;
let ana: RawClient;
let mal: RawClient;

beforeEach(async () => {
  journal = new MemoryJournal();
  journal.create(board);
  host = await startHost({ journal, cast });
  ana = await RawClient.connect(host.url, board, 'ana');
  mal = await RawClient.connect(host.url, board, 'mal');
});

afterEach(async () => {
  await Promise.all([ana.end(), mal.end()]);
  await host.stop();
});

describe('a hostile client: presence', () => {
  test('[SY50] can not speak for somebody else, remove them, or push their clock', async () => {
    ana.sendPresence([{ client: ana.doc.clientID, clock: 1, state: '{"cursor":{"x":1}}' }]);
    await mal.until(() => mal.presence.has(ana.doc.clientID));
    mal.sendPresence([{ client: mal.doc.clientID, clock: 1, state: '{"cursor":{"x":2}}' }]);
    mal.sendPresence([{ client: ana.doc.clientID, clock: 4_294_967_000, state: '{"cursor":{"x":666}}' }]);
    mal.sendPresence([{ client: ana.doc.clientID, clock: 2, state: 'null' }]);
    ana.sendPresence([{ client: ana.doc.clientID, clock: 2, state: '{"cursor":{"x":3}}' }]);
    await mal.until(() => mal.presence.get(ana.doc.clientID)?.clock === 2);
    expect(mal.presence.get(ana.doc.clientID)?.state).toEqual({
      cursor: { x: 3 },
      user: { id: 'ana', name: 'ANA', colour: 1 },
    });
    expect(mal.closed).toBeNull();
  });

  test('[SY50] can not take the id somebody is present under', async () => {
    ana.sendPresence([{ client: 5, clock: 1, state: '{}' }]);
    await mal.until(() => mal.presence.has(5));
    mal.sendPresence([{ client: 5, clock: 2, state: '{"mine":true}' }]);
    mal.sendPresence([{ client: 6, clock: 1, state: '{"mine":true}' }]);
    await ana.until(() => ana.presence.has(6));
    expect(ana.presence.get(5)?.state).toMatchObject({ user: { id: 'ana' } });
  });

  test('[SY51] can not fill the room with ghosts', async () => {
    mal.sendPresence([{ client: mal.doc.clientID, clock: 1, state: '{}' }]);
    mal.sendPresence(Array.from({ length: 900 }, (_, i) => ({ client: 1_000 + i, clock: 1, state: '{}' })));
    mal.sendPresence([{ client: mal.doc.clientID, clock: 2, state: '{"last":true}' }]);
    await ana.until(() => ana.presence.get(mal.doc.clientID)?.clock === 2);
    expect([...ana.presence.keys()]).toEqual([mal.doc.clientID]);
  });

  test('[SY51] broken, huge or wild states are dropped', async () => {
    const say = (clock: number, state: string): void => mal.sendPresence([{ client: 42, clock, state }]);
    say(1, '{"good":1}');
    say(2, '{"broken":');
    say(3, JSON.stringify({ huge: 'x'.repeat(5_000) }));
    say(5_000, '{"jump":true}');
    say(4, '{"good":2}');
    await ana.until(() => ana.presence.get(42)?.clock === 4);
    expect(ana.presence.get(42)?.state).toMatchObject({ good: 2 });
  });

  test('[SY52] the same tab on a new socket takes the place of the old one', async () => {
    const first = await RawClient.connect(host.url, board, 'mal', 'v=1&client=31');
    const second = await RawClient.connect(host.url, board, 'mal', 'v=1&client=31');
    await first.until(() => first.closed !== null);
    expect(first.closed?.code).toBe(4423);
    expect(second.closed).toBeNull();
    await second.end();
  });
});

test('[SY53] a request that is none of ours is left alone', () => {
  const sync = createSyncServer({
    hooks: {
      admit: () => Promise.reject(new Error('never asked')),
      rightNow: () => Promise.resolve(null),
      journal,
      rules: { roots: [], validate: () => null },
    },
    clock: { now: () => 0, after: () => () => {} },
    random: () => 0,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  const untouched = {} as Parameters<typeof sync.handleUpgrade>[1];
  expect(
    sync.handleUpgrade(
      { url: '/vite-hmr' } as Parameters<typeof sync.handleUpgrade>[0],
      untouched,
      Buffer.alloc(0),
    ),
  ).toBe(false);
});
