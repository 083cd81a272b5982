import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actWords, fasterWords } from '../../src/domain/facilitation/acts.ts';
import { value } from '../tracking/server-world.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { minute, running, stageOf } from './room.ts';
import { makeSessionWorld } from './session-world.ts';

const name = (person: string | null): string => person ?? 'the clock';

test('[SN52] every act that steers is kept with who did it: one press, one act', () => {
  const stages = [stageOf('a', 10, { title: 'Wins' }), stageOf('b', 5, { title: 'Causes' })];
  const room = running(['ana', 'ben'], stages);
  room.do('ana', { type: 'add-facilitator', person: 'ben' }).later(minute);
  const since = room.state.rev;
  room.do('ben', {
    type: 'open-ballot',
    id: 'v',
    items: [{ id: 'k', title: 'Ship', owner: null }],
    openVote: true,
  });
  room.later(minute).do('ben', { type: 'next', vote: 'close' });
  room.later(minute).do('ana', { type: 'add-time', ms: 5 * minute });
  room.later(minute).do('ana', { type: 'previous' });
  // What many do at once steers nothing.
  room.do('ben', { type: 'park', id: 'p', title: 'The budget' });
  expect((room.state.acts ?? []).map((act) => actWords(act, name))).toEqual([
    'ana started the session',
    'ana shared the lead with ben',
    'ben opened a vote',
    'ben closed the vote',
    'ben moved on to Causes',
    'ana added 5 minutes',
    'ana went back to Wins',
  ]);
  expect(fasterWords(room.state, since, name)).toBe('ana already added 5 minutes and went back to Wins');
  expect(fasterWords(room.state, room.state.rev, name)).toBeNull();
  for (let n = 0; n < 30; n += 1) room.later(1).do('ana', { type: n % 2 === 0 ? 'next' : 'previous' });
  expect(room.state.acts).toHaveLength(12);
});

describe.each(stores)('two who lead on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    test('[SN52] who presses too late is told by name what the other one did', async () => {
      const world = await makeSessionWorld(opened.store);
      const { facilitation, people, viewer } = world;
      const id = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana', 'ben']);
      const { session } = await world.do('ana', id, { type: 'add-facilitator', person: people.ben });
      const moved = await world.do('ben', id, { type: 'next' });
      const title = moved.session.stages.find((it) => it.id === moved.session.current)?.title ?? '?';
      const late = async (who: 'ana' | 'ben') => {
        const done = await facilitation.command(viewer(who), id, {
          command: { type: 'next' },
          expectedRev: session.rev,
        });
        return done.ok ? null : done.refusal;
      };
      const refusal = await late('ana');
      expect(refusal).toMatchObject({
        code: 'changed-rev',
        now: { session: { current: moved.session.current } },
      });
      expect(refusal?.message).toContain(`Ben already moved on to ${title}. This is how it stands now`);
      // The other window of the same person.
      expect((await late('ben'))?.message).toMatch(/^You already moved on to /);
      expect(value(await facilitation.session(viewer('ana'), id)).session.current).toBe(
        moved.session.current,
      );
    });
  });
});
