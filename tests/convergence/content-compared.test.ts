import { expect, test } from 'vitest';
import { remote } from '#lib/live/live-document.ts';
import { cardsOf, putCard } from '../sync/support/card-rules.ts';
import { board, SimServers } from './simulator/sim-server.ts';
import { SimDevice, SimTab } from './simulator/sim-tab.ts';
import { SimWorld } from './simulator/sim-world.ts';

const quiet = { breaks: 0, silent: 0, twice: 0 };

test('[SY83] after 30 s of rest content is compared: what differs is counted, fetched afresh, and kept as a copy', async () => {
  const world = new SimWorld(7);
  const servers = new SimServers(world, 1);
  const [one, other] = [new SimDevice('p0'), new SimDevice('p1')].map(
    (device) => new SimTab(world, servers, device, () => quiet),
  );
  if (!one || !other) throw new Error('two tabs');
  // Time for both to come on line, and for what waits on no clock.
  for (let i = 0; i < 5; i++) await world.run(1_000);
  putCard(one.doc, 'c1', { x: 1 });
  await world.run(5_000);
  expect(cardsOf(other.doc)).toEqual({ c1: { x: 1 } });
  // As after a stolen client id: both documents believe to be equal.
  other.doc.transact(() => putCard(other.doc, 'c1', { x: 666 }), remote);
  await world.run(20_000);
  expect(servers.counted.filter((name) => name === 'hashMismatch')).toEqual([]);
  await world.run(40_000);
  expect(servers.counted.filter((name) => name === 'hashMismatch')).toHaveLength(1);
  expect(cardsOf(other.doc)).toEqual({ c1: { x: 1 } });
  expect(cardsOf(one.doc)).toEqual({ c1: { x: 1 } });
  expect(one.connection.state.recoveredCopies).toBe(0);
  const [copy] = await other.device.store.copies(board, 'p1');
  expect(copy?.records).toEqual({ cards: { c1: { x: 666 } } });
  expect(other.connection.state).toMatchObject({ save: { kind: 'saved' }, recoveredCopies: 1 });
  await world.run(60_000);
  expect(servers.counted.filter((name) => name === 'hashMismatch')).toHaveLength(1);
  for (const tab of [one, other]) tab.kill();
});
