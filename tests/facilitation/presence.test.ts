import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presenceOf, type Presence } from '../../src/domain/facilitation/presence.ts';
import { value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { minute, running } from './room.ts';
import { makeSessionWorld } from './session-world.ts';

const second = 1_000;

test('[SN51] silence shows as reconnecting after 20 seconds and as left after a minute; the log’s word counts', () => {
  const room = running(['ana', 'ben']);
  const heard = room.now;
  const after = (ms: number): Presence =>
    presenceOf(room.state, 'ben', { at: heard + ms, by: { ana: heard + ms, ben: heard } });
  expect([0, 19_999, 20_000, 59_999, 60_000].map(after)).toEqual([
    ...(['here', 'here', 'reconnecting', 'reconnecting', 'left'] as const),
  ]);
  // Nobody has said anything of Ben yet: he was not found silent.
  expect(presenceOf(room.state, 'ben', { at: 0, by: {} })).toBe('here');
  room.later(minute).do(null, { type: 'tick' }, { lastSeen: { ana: room.now, ben: heard } });
  expect(presenceOf(room.state, 'ben', { at: room.now, by: { ben: room.now } })).toBe('left');
  // Come back a moment ago, heard of by a node that knows the old beat only.
  room.later(minute).do('ben', { type: 'arrive' });
  expect(presenceOf(room.state, 'ben', { at: room.now, by: { ben: heard } })).toBe('here');
});

describe.each(stores)('who is heard of on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    test('[SN51] each beat is answered with when the others were heard of, on every node', async () => {
      const world = await makeSessionWorld(opened.store);
      const { people, viewer } = world;
      const id = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana', 'ben']);
      const other = world.otherNode().facilitation;
      const look = async (from: typeof other): Promise<Presence> => {
        const { serverTime, heard } = value(await from.beat(viewer('ana'), id));
        await Promise.all([other.settled(), world.facilitation.settled()]);
        const { session } = value(await from.session(viewer('ana'), id));
        return presenceOf(session, people.ben, { at: serverTime, by: heard });
      };
      value(await other.beat(viewer('ben'), id));
      await world.facilitation.settled();
      const seen: Presence[] = [];
      for (const ms of [10 * second, 10 * second, 30 * second, 10 * second]) {
        world.clock.now += ms;
        seen.push(await look(world.facilitation));
        expect(await look(other)).toBe(seen.at(-1));
      }
      expect(seen).toEqual(['here', 'reconnecting', 'reconnecting', 'left']);
      value(await other.beat(viewer('ben'), id));
      await world.facilitation.settled();
      expect(await look(world.facilitation)).toBe('here');
    });
  });
});
