import { describe, expect, test } from 'vitest';
import { minutesOf } from '../../src/domain/facilitation/minutes.ts';
import { isCalledOff } from '../../src/domain/facilitation/session.ts';
import { sessionCommandShape } from '../../src/protocol/session-commands.ts';
import { code, minute, plan, Room, running, stageOf } from './room.ts';

const three = [stageOf('a', 10), stageOf('b', 5), stageOf('c', 5)];
const ids = (room: Room): readonly string[] => room.state.stages.map(({ id }) => id);

describe('changing the agenda', () => {
  test('[SN32] before the start sections are put in, moved, timed and taken out', () => {
    const room = new Room().do('ana', plan(three)).do('ana', { type: 'arrive' });
    room
      .do('ana', { type: 'insert', stage: stageOf('x', 3), before: 'b' })
      .do('ana', { type: 'reorder', order: ['b', 'x', 'a', 'c'] })
      .do('ana', { type: 'plan-stage', stage: 'c', minutes: 20 })
      .do('ana', { type: 'remove', stage: 'a' });
    expect(ids(room)).toEqual(['b', 'x', 'c']);
    expect(room.do('ana', { type: 'start' }).state).toMatchObject({ current: 'b', plannedMinutes: 28 });
  });

  test('[SN32] while it runs only who leads changes it, and what the room went through stays', () => {
    const room = running(['ana', 'ben'], three)
      .later(2 * minute)
      .do('ana', { type: 'next' });
    expect(code(room.ask('ben', { type: 'remove', stage: 'c' }))).toBe('not-yours');
    expect(code(room.ask('ben', { type: 'insert', stage: stageOf('x', 3), before: null }))).toBe('not-yours');
    expect(code(room.ask('ana', { type: 'remove', stage: 'a' }))).toBe('wrong-state');
    expect(code(room.ask('ana', { type: 'remove', stage: 'b' }))).toBe('wrong-state');
    expect(code(room.ask('ana', { type: 'remove', stage: 'nowhere' }))).toBe('unknown-stage');
    room.do('ana', { type: 'remove', stage: 'c' });
    expect(ids(room)).toEqual(['a', 'b']);
    expect(minutesOf(room.state, room.now).stages.map(({ id, actualMs }) => [id, actualMs])).toEqual([
      ['a', 2 * minute],
      ['b', 0],
    ]);
  });

  test('[SN32] one section always stays; what was asked of a section that is gone is asked no more', () => {
    const room = new Room().do('ana', plan([stageOf('a', 10, { outputs: ['message'] }), stageOf('b', 5)]));
    room.do('ana', { type: 'arrive' }).do('ana', { type: 'remove', stage: 'a' });
    expect(code(room.ask('ana', { type: 'remove', stage: 'b' }))).toBe('invalid');
    room.do('ana', { type: 'start' });
    expect(code(room.ask('ana', { type: 'end', leaveOpen: false }))).toBe('allowed');
  });

  test('[SN32] a section put in on the spot may list rows; what it forces is nobody’s to send', () => {
    const stage = { id: 'x', title: 'Incident', minutes: 10, rows: ['triage'] };
    const read = sessionCommandShape.parse({ type: 'insert', stage, before: null });
    expect(read).toMatchObject({ stage: { rows: ['triage'], outputs: [], settles: [] } });
    const forced = { type: 'insert', stage: { ...stage, settles: ['stories'] }, before: null };
    expect(sessionCommandShape.safeParse(forced).success).toBe(false);
  });

  test('[SN39] a session is called off before it begins, by who leads; then nothing can be done with it', () => {
    const room = new Room()
      .do('ana', plan(three))
      .do('ana', { type: 'arrive' })
      .do('ben', { type: 'arrive' });
    expect(code(room.ask('ben', { type: 'call-off' }))).toBe('not-yours');
    room.do('ana', { type: 'call-off' });
    expect(isCalledOff(room.state)).toBe(true);
    expect(code(room.ask('ana', { type: 'start' }))).toBe('wrong-state');
    expect(code(running(['ana'], three).ask('ana', { type: 'call-off' }))).toBe('wrong-state');
  });
});
