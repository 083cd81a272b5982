import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionCommand, StageBrief } from '../../src/domain/facilitation/command.ts';
import { sessionCommandShape, toCommand } from '../../src/protocol/session-commands.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { code, plan, Room, running, stageOf } from './room.ts';
import { makeSessionWorld } from './session-world.ts';

const plain: StageBrief = { presenter: null, link: null, note: '' };
const brief = (stage: string, more: Partial<StageBrief>): SessionCommand => ({
  ...{ type: 'brief-stage', stage, ...plain },
  ...more,
});

const inputs: readonly SessionCommand[] = [
  { type: 'produce', stage: 'a', output: null, text: 'A line' },
  { type: 'produce', stage: 'a', output: null, text: '?', input: 'raise' },
  { type: 'produce', stage: 'a', output: null, text: '?', input: 'row' },
  { type: 'park', id: 'p', title: 'The budget' },
  { type: 'rate', value: 7 },
];

test('[SN56] a section takes what it was prepared to take, from those who do not lead; the way on opens it again', () => {
  const room = running(['ana', 'ben'], [stageOf('a', 10), stageOf('b', 10)]);
  const may = (who: 'ana' | 'ben'): readonly string[] =>
    inputs.map((command) => {
      const before = room.events.length;
      const answer = code(room.ask(who, command));
      room.events.length = before;
      return answer;
    });
  const [yes, no] = ['allowed', 'input-not-here'];
  expect(may('ben')).toEqual([yes, yes, yes, yes, yes]);
  room.do('ana', brief('a', { allows: 'raise' }));
  expect(may('ben')).toEqual([no, yes, no, yes, no]);
  room.do('ana', brief('a', { allows: 'talk' }));
  expect(may('ben')).toEqual([no, no, no, no, no]);
  expect(may('ana')).toEqual([yes, yes, yes, yes, yes]);
  // A vote is opened on purpose.
  const items = [{ id: 'k', title: 'Ship it', owner: null }];
  room.do('ana', { type: 'open-ballot', id: 'b1', items, openVote: true });
  expect(code(room.ask('ben', { type: 'vote', item: 'k', value: 7 }))).toBe('allowed');
  room.do('ana', { type: 'next', vote: 'keep' });
  expect(may('ben')).toEqual([yes, yes, yes, yes, yes]);
});

test('[SN56] in everybody’s own time it is the section that is written into', () => {
  const stages = [stageOf('a', 10, { allows: 'talk' }), stageOf('b', 10)];
  const room = new Room().do('ana', { ...plan(stages), window: 24 } as SessionCommand);
  for (const name of ['ana', 'ben'] as const) room.do(name, { type: 'arrive' });
  room.do('ana', { type: 'start' });
  const write = (stage: string) =>
    code(room.ask('ben', { type: 'produce', stage, output: null, text: 'A line' }));
  expect([write('a'), write('b')]).toEqual(['input-not-here', 'allowed']);
});

test('[SN54] a section keeps what its form leaves out, and takes back what it leaves empty', () => {
  const room = new Room().do('ana', {
    ...plan([stageOf('a', 10)]),
    board: 'board',
  } as SessionCommand);
  const area = { id: 'shape:a', title: 'Payments' };
  room.do('ana', brief('a', { area, allows: 'raise', scale: 'five', question: ' How sure? ' }));
  room.do('ana', brief('a', {}));
  expect(room.state.stages[0]).toMatchObject({ area, allows: 'raise', scale: 'five', question: 'How sure?' });
  const read = sessionCommandShape.parse({ type: 'brief-stage', stage: 'a', area: '', scale: '' });
  room.do('ana', toCommand(read));
  expect(room.state.stages[0]).toMatchObject({ area: null, allows: 'raise', scale: null });
  const off = new Room().do('ana', plan([stageOf('a', 10)]));
  expect(code(off.ask('ana', brief('a', { area })))).toBe('invalid');
});

describe.each(stores)('tools of sections on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    test('[SN56] an act on an object is refused before it is done, in every kind of act', async () => {
      const world = await makeSessionWorld(opened.store);
      const { facilitation, viewer, boardId } = world;
      const id = await world.running({ kind: 'weekly', boardId }, ['ana', 'ben']);
      const raise = async (title: string) => {
        const done = await facilitation.act(viewer('ben'), id, {
          ...{ stage: 'wins', kind: 'triage-item', id: null, act: 'create' },
          input: { title, board: boardId },
        });
        return done.ok ? 'allowed' : done.refusal.code;
      };
      const decide = async () => {
        const done = await facilitation.act(viewer('ben'), id, {
          ...{ stage: 'triage', kind: 'decision', id: null, act: 'create' },
          input: { question: 'Which vendor?', decider: world.people.ben, board: boardId },
        });
        return done.ok ? 'allowed' : done.refusal.code;
      };
      const onBoard = async () => {
        const done = await facilitation.act(viewer('ben'), id, {
          ...{ stage: 'wins', kind: 'objective', id: randomUUID(), act: 'put-aside' },
          input: { reason: 'No room' },
        });
        return done.ok ? 'allowed' : done.refusal.code;
      };
      await world.do('ana', id, brief('wins', { allows: 'raise' }));
      expect([await raise('The build is slow'), await decide(), await onBoard()]).toEqual([
        ...['allowed', 'input-not-here', 'input-not-here'],
      ]);
      await world.do('ana', id, brief('wins', { allows: 'talk' }));
      expect(await raise('Another')).toBe('input-not-here');
      const { groups } = await rowsOf(world, id);
      expect(groups[0]?.rows.map(({ title }) => title)).toEqual(['The build is slow']);
    });

    test('[SN54] only an area that is on the board can be chosen, and is called what it is called there', async () => {
      const world = await makeSessionWorld(opened.store);
      const id = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana', 'ben']);
      const ask = (area: string) =>
        world.facilitation.command(world.viewer('ana'), id, {
          command: brief('wins', { area: { id: area, title: 'anything' } }),
          expectedRev: null,
        });
      // This world has a board without a document: there is no area to choose.
      const done = await ask('shape:nowhere');
      expect(done.ok ? null : done.refusal.code).toBe('not-found');
    });
  });
});

type World = Awaited<ReturnType<typeof makeSessionWorld>>;
async function rowsOf({ facilitation, viewer }: World, id: string) {
  const read = await facilitation.rows(viewer('ana'), id, 'triage');
  if (!read.ok) throw new Error(read.refusal.message);
  return read.value;
}
