import { randomUUID } from 'node:crypto';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ballotVote } from '../../server/store/schema.ts';
import { value, type Name } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { makeSessionWorld } from './session-world.ts';

describe.each(stores)('hidden scoring on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    /** A close in which three vote on two promises; everything Cleo is sent until the first reveal, ids by order of appearance. */
    async function whatCleoSees(
      votes: Readonly<Record<'ana' | 'ben' | 'bea', readonly [number, number]>>,
      reveal: 'anonymous' | 'private' = 'anonymous',
    ) {
      const world = await makeSessionWorld(opened.store);
      const { facilitation, people, boardId } = world;
      const cleo = world.viewer('cleo');
      const seen: unknown[] = [];
      const id = await world.running({ kind: 'quarterly-close', boardId }, ['ana', 'ben', 'bea', 'cleo']);
      await facilitation.settled();
      value(await facilitation.listen(cleo, id, { send: (it) => seen.push(it), ended: () => undefined }));
      const items = [
        { id: randomUUID(), title: 'Ship it', owner: people.ben },
        { id: randomUUID(), title: 'Sell it', owner: people.bea },
      ];
      const ballot = randomUUID();
      await world.do('ana', id, { type: 'open-ballot', id: ballot, items, reveal });
      for (const name of ['bea', 'ana', 'ben'] as const) {
        for (const [index, item] of items.entries()) {
          await world.do(name, id, { type: 'vote', item: item.id, value: votes[name][index] ?? 0 });
          seen.push(value(await facilitation.session(cleo, id)));
          seen.push(value(await facilitation.rows(cleo, id, 'scoring')));
          seen.push(value(await facilitation.minutes(cleo, id)));
        }
      }
      seen.push(world.pushed, await facilitation.ofBoard(boardId), await facilitation.sessions(cleo, {}));
      const named = { ...people, boardId, id, ballot, first: items[0]?.id ?? '', second: items[1]?.id ?? '' };
      const before = comparable(seen, named);
      return { world, id, items, ballot, before };
    }

    test('[SN28] what another member is sent before the reveal is the same whatever was voted', async () => {
      const low = await whatCleoSees({ ana: [0, 0], ben: [1, 2], bea: [3, 1] });
      const high = await whatCleoSees({ ana: [10, 9], ben: [8, 10], bea: [7, 7] });
      expect(low.before === high.before).toBe(true);
      expect(low.before).toContain('"votes":3');
      await high.world.do('ana', high.id, { type: 'reveal', item: high.items[0]?.id ?? '' });
      const after = value(await high.world.facilitation.session(high.world.viewer('cleo'), high.id));
      expect(after.session.ballots[0]?.items.map(({ values }) => values)).toEqual([[7, 8, 10], null]);
      expect(after.myVotes).toEqual({});
    });

    test('[SN28] [SN58] a private vote is as hidden as a nameless one until its reveal, which then names', async () => {
      const low = await whatCleoSees({ ana: [0, 0], ben: [1, 2], bea: [3, 1] }, 'private');
      const high = await whatCleoSees({ ana: [10, 9], ben: [8, 10], bea: [7, 7] }, 'private');
      expect(low.before === high.before).toBe(true);
      const { world, id, items } = high;
      await world.do('ana', id, { type: 'reveal', item: items[0]?.id ?? '' });
      const [ballot] = value(await world.facilitation.session(world.viewer('cleo'), id)).session.ballots;
      const { ana, ben, bea } = world.people;
      expect(ballot?.items.map(({ named }) => named)).toEqual([{ [ana]: 10, [ben]: 8, [bea]: 7 }, {}]);
      // Discarded: nobody finds out the rest, and of what was shown nothing counts.
      await world.do('ana', id, { type: 'close-ballot', discard: true });
      const kept = await opened.store.db
        .select({ n: count() })
        .from(ballotVote)
        .where(eq(ballotVote.ballotId, high.ballot));
      expect(kept).toEqual([{ n: 0 }]);
      expect(value(await world.facilitation.minutes(world.viewer('cleo'), id)).minutes.scores).toEqual([]);
    });

    test('[SN28] a voter sees the own votes in every window; once the ballot is closed nobody can find out', async () => {
      const { world, id, items, ballot } = await whatCleoSees({ ana: [1, 2], ben: [3, 4], bea: [5, 6] });
      const own = async (name: Name) =>
        value(await world.facilitation.session(world.viewer(name), id)).myVotes;
      expect(await own('ben')).toEqual({ [items[0]?.id ?? '']: 3, [items[1]?.id ?? '']: 4 });
      await world.do('ben', id, { type: 'vote', item: items[0]?.id ?? '', value: 9 });
      expect(await own('ben')).toMatchObject({ [items[0]?.id ?? '']: 9 });
      const kept = () =>
        opened.store.db.select({ n: count() }).from(ballotVote).where(eq(ballotVote.ballotId, ballot));
      expect(await kept()).toEqual([{ n: 6 }]);
      await world.do('ana', id, { type: 'close-ballot' });
      expect(await kept()).toEqual([{ n: 0 }]);
      expect(await own('ben')).toEqual({});
    });
  });
});

/** Ids by what they stand for and keys in order, so that two runs can be compared letter by letter. */
function comparable(seen: unknown, named: Readonly<Record<string, string>>): string {
  const names = new Map(Object.entries(named).map(([name, id]) => [id, name]));
  const text = JSON.stringify(seen).replaceAll(
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
    (id) => names.get(id) ?? 'another',
  );
  return JSON.stringify(sorted(JSON.parse(text)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
