import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readBoardGuard } from '../../server/planning/board-guard.ts';
import { presentPeople, type Session } from '../../src/domain/facilitation/session.ts';
import { value, type Name } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeSessionWorld, type SessionWorld } from './session-world.ts';

const minute = 60_000;

describe.each(stores)('what the clock does to sessions on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    let world: SessionWorld;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());
    beforeEach(async () => {
      world = await makeSessionWorld(opened.store);
    });

    const stateOf = async (id: string) =>
      value(await world.facilitation.session(world.viewer('ana'), id)).session;
    const here = async (id: string): Promise<number> =>
      presentPeople((await stateOf(id)) as unknown as Session).length;

    test('[SN43] who moves to another node stays in the session; whom no node hears of has left it', async () => {
      const id = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana', 'ben']);
      const other = world.otherNode();
      const nodes = [world.facilitation, other.facilitation];
      const turn = async (name: Name | null, at: number): Promise<void> => {
        world.clock.now += 20_000;
        value(await world.facilitation.beat(world.viewer('ana'), id));
        if (name !== null) value(await nodes[at]!.beat(world.viewer(name), id));
        for (const node of nodes) {
          await node.settled();
          await node.advanceClock();
        }
      };
      for (let n = 0; n < 8; n += 1) await turn('ben', 1);
      expect(await here(id)).toBe(2);
      expect((await stateOf(id)).people[world.people.ben]?.visits).toHaveLength(1);
      for (let n = 0; n < 4; n += 1) await turn(null, 0);
      expect(await here(id)).toBe(1);
      for (let n = 0; n < 8; n += 1) await turn('ben', n % 2);
      expect((await stateOf(id)).people[world.people.ben]?.visits).toHaveLength(2);
    });

    test('[SN43] the room before the start is left as well, by who is silent for a minute', async () => {
      const { session } = value(
        await world.facilitation.plan(world.viewer('ana'), { kind: 'weekly', boardId: world.boardId }),
      );
      value(await world.facilitation.beat(world.viewer('ben'), session.id));
      expect(await here(session.id)).toBe(1);
      world.clock.now += minute;
      await world.facilitation.advanceClock();
      expect(await here(session.id)).toBe(0);
      const { rev } = await stateOf(session.id);
      world.clock.now += minute;
      await world.facilitation.advanceClock();
      expect((await stateOf(session.id)).rev).toBe(rev);
    });

    test('[SN17][SN44][SN83] a meeting everybody left is asked about after four hours and ended after three days, its board frozen both times, and its minutes say so', async () => {
      const id = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana']);
      await world.facilitation.settled();
      const leads = async () => (await readBoardGuard(world.store, world.boardId)).facilitators;
      expect(await leads()).toEqual([world.people.ana]);
      for (const later of [minute, 4 * 60 * minute]) {
        world.clock.now += later;
        await world.facilitation.advanceClock();
      }
      await world.facilitation.settled();
      expect(await stateOf(id)).toMatchObject({ status: 'running', endProposed: {} });
      expect(world.frozen.at(-1)).toEqual({ why: 'stage', board: world.boardId });
      expect(await leads()).toEqual([]);
      // Who comes back to it says that it goes on; the next time nobody does.
      value(await world.facilitation.beat(world.viewer('ana'), id));
      await world.do('ana', id, { type: 'go-on' });
      expect((await stateOf(id)).endProposed).toBeUndefined();
      expect(await leads()).toEqual([world.people.ana]);
      world.clock.now += 72 * 60 * minute;
      await world.facilitation.advanceClock();
      await world.facilitation.settled();
      expect(world.frozen.at(-1)).toEqual({ why: 'end', board: world.boardId });
      expect((await stateOf(id)).snapshots.at(-1)?.why).toBe('end');
      const { minutes, markdown } = value(await world.facilitation.minutes(world.viewer('ana'), id));
      expect(minutes.byClock).toBe(true);
      expect(markdown).toContain('Nobody ended it: the clock did.');
    });

    test('[SN42] a session in everybody’s own time outlives the night and closes at its hour', async () => {
      const id = await world.running({ kind: 'weekly', boardId: world.boardId, window: 24 }, ['ana']);
      const turn = async (later: number): Promise<string> => {
        world.clock.now += later;
        await world.facilitation.advanceClock();
        await world.facilitation.settled();
        return (await stateOf(id)).status;
      };
      expect(await turn(minute)).toBe('running');
      expect(await turn(20 * 60 * minute)).toBe('running');
      value(await world.facilitation.beat(world.viewer('ben'), id));
      expect(await here(id)).toBe(1);
      expect(await turn(4 * 60 * minute)).toBe('ended');
      expect((await stateOf(id)).leftOpen.length).toBeGreaterThan(0);
    });
  });
});
