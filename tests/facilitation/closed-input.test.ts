import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionCommand } from '../../src/domain/facilitation/command.ts';
import { sessionCommandShape } from '../../src/protocol/session-commands.ts';
import { stores, type OpenedStore } from '../tracking/stores.ts';
import { code, minute, running, stageOf, type Room } from './room.ts';
import { makeSessionWorld } from './session-world.ts';

const brief = { presenter: null, link: null, note: '' };
const written = { type: 'produce', stage: 'a', output: null, text: 'A last word' } as const;

test('[SN53] a section prepared to close takes nothing ten seconds after its time; more time opens it; who leads is not closed out', () => {
  const room = running(['ana', 'ben'], [stageOf('a', 1), stageOf('b', 1)]);
  const ask = (who: 'ana' | 'ben', command: SessionCommand, of: Room = room): string =>
    code(of.ask(who, command));
  room.later(minute + 60_000);
  expect(ask('ben', written)).toBe('allowed');
  room.do('ana', { type: 'brief-stage', stage: 'a', ...brief, closesAtZero: true });
  room.do('ana', { type: 'start-timer', ms: minute, label: '' });
  room.later(minute + 9_999);
  expect(ask('ben', written)).toBe('allowed');
  room.later(1);
  expect(ask('ben', written)).toBe('input-closed');
  expect(ask('ben', { type: 'park', id: 'p', title: 'The budget' })).toBe('input-closed');
  // Another section, and what is done to a row that is there, are not what closed.
  expect(ask('ben', { ...written, stage: 'b' })).toBe('allowed');
  expect(ask('ben', { ...written, ref: { kind: 'commitment', id: 'k' } })).toBe('allowed');
  expect(ask('ana', written)).toBe('allowed');
  room.do('ana', { type: 'add-time', ms: minute });
  expect(ask('ben', written)).toBe('allowed');
  room
    .later(2 * minute)
    .do('ana', { type: 'next' })
    .later(5 * minute);
  expect(ask('ben', { ...written, stage: 'b' })).toBe('allowed');
});

test('[SN53] a ticked box of the form, or a true of a program, asks for it; nothing does not', () => {
  const read = (more: object): unknown => {
    const it = sessionCommandShape.parse({ type: 'brief-stage', stage: 'a', ...more });
    return it.type === 'brief-stage' ? it.closesAtZero : null;
  };
  expect([{ closesAtZero: 'yes' }, { closesAtZero: true }, {}].map(read)).toEqual([true, true, false]);
});

describe.each(stores)('closed input on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.dispose());

    test('[SN53] the server refuses a new entry in it, and makes none', async () => {
      const world = await makeSessionWorld(opened.store);
      const { facilitation, viewer } = world;
      const id = await world.running({ kind: 'weekly', boardId: world.boardId }, ['ana', 'ben']);
      const { session } = await world.do('ana', id, {
        type: 'brief-stage',
        stage: 'wins',
        ...brief,
        closesAtZero: true,
      });
      expect(session.current).toBe('wins');
      const raise = async (title: string) => {
        const input = { title, board: world.boardId };
        const done = await facilitation.act(viewer('ben'), id, {
          stage: 'wins',
          kind: 'triage-item',
          id: null,
          act: 'create',
          input,
        });
        return done.ok ? done.value.session.produced.map(({ text }) => text) : done.refusal.code;
      };
      expect(await raise('In time')).toEqual(['In time']);
      await world.do('ana', id, { type: 'start-timer', ms: minute, label: '' });
      world.clock.now += minute + 10_000;
      expect(await raise('Too late')).toBe('input-closed');
      await world.do('ana', id, { type: 'add-time', ms: minute });
      expect(await raise('With more time')).toEqual(['In time', 'With more time']);
    });
  });
});
