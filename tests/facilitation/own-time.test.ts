import { describe, expect, test } from 'vitest';
import { minutesFrom } from '../../src/domain/facilitation/minutes.ts';
import { heldWords } from '../../src/domain/facilitation/minutes-markdown.ts';
import { presentPeople } from '../../src/domain/facilitation/session.ts';
import { closesAt } from '../../src/domain/facilitation/window.ts';
import { whereIs, whereWords } from '../../src/domain/facilitation/where.ts';
import { code, minute, nine, plan, Room, running, stageOf, type Name } from './room.ts';

const hour = 60 * minute;
const stages = [stageOf('a', 10, { outputs: ['message'] }), stageOf('b', 5)];

/** A meeting open for a day, led by Ana. */
function open(people: readonly Name[] = ['ana'], window = 24): Room {
  const room = new Room().do('ana', { ...plan(stages), window } as Parameters<Room['do']>[1]);
  for (const name of people) room.do(name, { type: 'arrive' });
  return room.do('ana', { type: 'start' });
}
const away = (room: Room, ...people: readonly Name[]): Room =>
  room
    .later(minute)
    .do(
      null,
      { type: 'tick' },
      { lastSeen: Object.fromEntries(people.map((name) => [name, room.now - minute])) },
    );

describe('a session in everybody’s own time', () => {
  test('[SN42] is open for 24 to 48 hours, and for nothing else', () => {
    for (const window of [0, 23, 49, 24.5]) {
      const asked = { ...plan(stages), window } as Parameters<Room['ask']>[1];
      expect(code(new Room().ask('ana', asked))).toBe('invalid');
    }
    expect(closesAt(open([], 24).state)).toBe(nine + 24 * hour);
    expect(closesAt(open([], 48).state)).toBe(nine + 48 * hour);
    expect(closesAt(running(['ana'], stages).state)).toBeNull();
  });

  test('[SN42] has the same sections, outputs and rows to settle; nobody leads anybody through them', () => {
    const room = open(['ana', 'ben']);
    expect(room.state).toMatchObject({ status: 'running', current: null, timer: { state: 'idle' } });
    for (const type of ['next', 'previous', 'pause-timer', 'stop-timer'] as const) {
      expect(code(room.ask('ana', { type }))).toBe('wrong-state');
    }
    expect(code(room.ask('ana', { type: 'jump', stage: 'b' }))).toBe('wrong-state');
    expect(code(room.ask('ben', { type: 'produce', stage: 'b', output: null, text: 'Read it.' }))).toBe(
      'allowed',
    );
    const refusal = room.ask('ana', { type: 'end', leaveOpen: false });
    expect(refusal.ok ? [] : refusal.refusal.faults?.map(({ message }) => message)).toEqual([
      'a: the message to others',
    ]);
    expect(whereWords(whereIs(room.later(90 * minute).state, room.now))).toBe(
      '2 sections, everybody in their own time, open for another 23 h',
    );
  });

  test('[SN42] stays open while nobody is in it, and is closed by the clock at its hour with what is open', () => {
    const room = away(open(), 'ana');
    expect(presentPeople(room.state)).toEqual([]);
    room.now = nine + 24 * hour - 1;
    room.do(null, { type: 'tick' });
    expect(room.state.status).toBe('running');
    room.later(1).do(null, { type: 'tick' });
    expect(room.state).toMatchObject({ status: 'ended', endedByClock: true });
    expect(room.state.leftOpen).toHaveLength(1);
    const minutes = minutesFrom(room.events, room.now);
    expect(minutes).toMatchObject({ window: 24, byClock: true });
    expect(heldWords(minutes!)).toBe(
      ' Open for 24 hours, for everybody in their own time. Nobody ended it: the clock did.',
    );
  });

  test('[SN42] votes in secret by whoever comes: the reveal waits for three', () => {
    const room = open(['ana']);
    const items = [{ id: 'k', title: 'Ship it', owner: null }];
    room.do('ana', { type: 'open-ballot', id: 'v', items }).do('ana', { type: 'vote', item: 'k', value: 4 });
    away(room, 'ana');
    for (const [name, value] of [
      ['ben', 5],
      ['bea', 9],
    ] as const) {
      room.later(hour).do('ana', { type: 'arrive' });
      if (name === 'ben') expect(code(room.ask('ana', { type: 'reveal', item: 'k' }))).toBe('too-few-votes');
      room.do(name, { type: 'arrive' }).do(name, { type: 'vote', item: 'k', value });
    }
    room.do('ana', { type: 'reveal', item: 'k' });
    expect(room.state.ballots[0]?.items[0]?.values).toEqual([4, 5, 9]);
    expect(room.state.ballots[0]?.secret).toBe(true);
  });

  test('[SN42] who leads is away after four hours, not after a minute', () => {
    const room = away(open(['ana', 'ben']), 'ana').later(hour);
    expect(code(room.ask('ben', { type: 'take-over' }, { leads: [], administrators: [] }))).toBe(
      'facilitator-here',
    );
    room.later(3 * hour);
    expect(code(room.ask('ben', { type: 'take-over' }, { leads: [], administrators: [] }))).toBe('allowed');
  });
});

describe('presence', () => {
  test('[SN43] a node that heard nothing since somebody came back does not know better that they left', () => {
    const room = running(['ana', 'ben'], stages);
    const heard = room.now;
    room.later(minute).do(null, { type: 'tick' }, { lastSeen: { ana: room.now, ben: heard } });
    room.later(minute).do('ben', { type: 'arrive' });
    const came = room.now;
    room.later(5 * minute).do(null, { type: 'tick' }, { lastSeen: { ana: room.now, ben: heard } });
    expect(presentPeople(room.state)).toEqual(['ana', 'ben']);
    room.do(null, { type: 'tick' }, { lastSeen: { ana: room.now, ben: came } });
    expect(presentPeople(room.state)).toEqual(['ana']);
  });
});
