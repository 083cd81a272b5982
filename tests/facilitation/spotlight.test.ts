import { describe, expect, test } from 'vitest';
import type { SessionCommand } from '../../src/domain/facilitation/command.ts';
import { areaNow } from '../../src/domain/facilitation/spotlight.ts';
import { actWords } from '../../src/domain/facilitation/acts.ts';
import { code, plan, Room, stageOf, type Name } from './room.ts';

const east = { id: 'shape:east', title: 'East' };
const west = { id: 'shape:west', title: 'West' };

/** A meeting on a board: Ana and Ben lead, Bea takes part. */
function onBoard(): Room {
  const stages = [stageOf('a', 10, { area: east }), stageOf('b', 10), stageOf('c', 10, { area: west })];
  const room = new Room().do('ana', { ...plan(stages), board: 'board' } as SessionCommand);
  for (const name of ['ana', 'ben', 'bea'] as const) room.do(name, { type: 'arrive' });
  return room.do('ana', { type: 'add-facilitator', person: 'ben' }).do('ana', { type: 'start' });
}
const ask = (room: Room, who: Name, command: SessionCommand): string => code(room.ask(who, command));

describe('the spotlight', () => {
  test('[SN55] one holder, taken and handed over by name; who only takes part cannot have it', () => {
    const room = onBoard();
    expect(ask(room, 'bea', { type: 'take-spotlight' })).toBe('not-yours');
    expect(ask(room, 'ana', { type: 'show-area', area: west })).toBe('not-yours');
    room.do('ana', { type: 'take-spotlight' });
    expect(room.state.spotlight).toMatchObject({ holder: 'ana', area: east });
    expect(ask(room, 'ben', { type: 'show-area', area: west })).toBe('not-yours');
    expect(ask(room, 'ben', { type: 'end-spotlight' })).toBe('not-yours');
    room.do('ben', { type: 'take-spotlight' });
    const words = room.state.acts?.at(-1);
    expect(words && actWords(words, (person) => person ?? '')).toBe('ben took the spotlight from ana');
    expect(ask(room, 'ben', { type: 'give-spotlight', person: 'bea' })).toBe('invalid');
    room.do('ben', { type: 'give-spotlight', person: 'ana' });
    expect(room.state.spotlight?.holder).toBe('ana');
    room.do('ana', { type: 'end-spotlight' });
    expect(room.state.spotlight).toBeNull();
  });

  test('[SN55] of two who take it on the same state one has it, and the other hears who', () => {
    const room = onBoard();
    const { rev } = room.state;
    room.do('ana', { type: 'take-spotlight' }, { rev });
    expect(code(room.ask('ben', { type: 'take-spotlight' }, { rev }))).toBe('changed-rev');
    // What is shown meanwhile stands in nobody's way.
    const later = room.state.rev;
    room.do('ana', { type: 'show-area', area: west });
    expect(code(room.ask('ben', { type: 'next' }, { rev: later }))).toBe('allowed');
  });

  test('[SN54] [SN55] the room is at what is shown to it, else where its section takes place; it goes out with its holder', () => {
    const room = onBoard();
    expect(areaNow(room.state)).toEqual(east);
    room.do('ana', { type: 'take-spotlight' }).do('ana', { type: 'show-area', area: west });
    expect(areaNow(room.state)).toEqual(west);
    room.do('ana', { type: 'next' });
    expect(areaNow(room.state)).toBeNull();
    room.do('ana', { type: 'next' });
    expect(room.state.spotlight?.area).toEqual(west);
    room.do('ana', { type: 'jump', stage: 'a' });
    expect(room.state.spotlight?.area).toEqual(east);
    room
      .later(120_000)
      .do(null, { type: 'tick' }, { lastSeen: { ana: room.now - 90_000, ben: room.now, bea: room.now } });
    expect(room.state.spotlight).toBeNull();
    expect(areaNow(room.state)).toEqual(east);
  });

  test('[SN55] a meeting on no board has nothing to show, and one in everybody’s own time nobody to show it to', () => {
    const off = new Room().do('ana', plan([stageOf('a', 10)])).do('ana', { type: 'arrive' });
    off.do('ana', { type: 'start' });
    expect(ask(off, 'ana', { type: 'take-spotlight' })).toBe('invalid');
    const own = new Room().do('ana', {
      ...plan([stageOf('a', 10)]),
      ...{ board: 'board', window: 24 },
    });
    own.do('ana', { type: 'arrive' }).do('ana', { type: 'start' });
    expect(ask(own, 'ana', { type: 'take-spotlight' })).toBe('wrong-state');
  });
});
