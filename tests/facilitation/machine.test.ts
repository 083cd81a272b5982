import { describe, expect, test } from 'vitest';
import { missingAtEnd } from '../../src/domain/facilitation/missing.ts';
import { isPresent, presentPeople } from '../../src/domain/facilitation/session.ts';
import { remainingMs, timerAt } from '../../src/domain/facilitation/timer.ts';
import { whereIs, whereWords } from '../../src/domain/facilitation/where.ts';
import { code, minute, Room, plan, running, stageOf } from './room.ts';

const three = [stageOf('a', 10), stageOf('b', 5), stageOf('c', 5)];

describe('commands', () => {
  test('[SN1] a command that comes twice changes nothing', () => {
    const room = running(['ana'], three).do('ana', { type: 'next' }, { id: 'once' });
    const before = room.state;
    const again = room.ask('ana', { type: 'next' }, { id: 'once', rev: 3 });
    expect(again).toEqual({ ok: true, value: [] });
    expect(room.state).toEqual(before);
    expect(room.state.current).toBe('b');
  });

  test('[SN1] two who press at once do not both move the meeting', () => {
    const room = running(['ana', 'ben'], three).do('ana', { type: 'add-facilitator', person: 'ben' });
    const rev = room.state.rev;
    expect(code(room.ask('ana', { type: 'next' }, { rev }))).toBe('allowed');
    expect(code(room.ask('ben', { type: 'next' }, { rev }))).toBe('changed-rev');
    expect(room.state.current).toBe('b');
    expect(code(room.ask('ben', { type: 'next' }, { rev: null }))).toBe('changed-rev');
  });

  test('[SN1] what others say meanwhile contradicts nobody who is about to press', () => {
    const room = running(['ana', 'ben'], three);
    const rev = room.state.rev;
    room.do('ben', { type: 'park', id: 'p', title: 'Later' }).do('bea', { type: 'arrive' });
    expect(code(room.ask('ana', { type: 'next' }, { rev: room.state.rev + 1 }))).toBe('changed-rev');
    expect(code(room.ask('ana', { type: 'next' }, { rev }))).toBe('allowed');
  });

  test('[SN1] parking and rating need not know the newest state', () => {
    const room = running(['ana', 'ben'], three).do('ana', { type: 'next' });
    expect(code(room.ask('ben', { type: 'park', id: 'p', title: 'Later' }))).toBe('allowed');
    expect(code(room.ask('ben', { type: 'rate', value: 8 }))).toBe('allowed');
    expect(code(room.ask('ben', { type: 'rate', value: 11 }))).toBe('invalid');
  });

  test('[SN2] only who leads moves the meeting; observers watch; strangers join first', () => {
    const room = running(['ana', 'ben', 'finn'], three);
    expect(code(room.ask('ben', { type: 'next' }))).toBe('not-yours');
    expect(code(room.ask('finn', { type: 'park', id: 'x', title: 'x' }))).toBe('not-yours');
    expect(code(room.ask('bea', { type: 'park', id: 'x', title: 'x' }))).toBe('not-here');
    expect(code(new Room().ask('finn', plan()))).toBe('not-yours');
    expect(isPresent(room.state, 'finn')).toBe(true);
  });
});

describe('who leads', () => {
  test('[SN3] the last one cannot stop leading', () => {
    const room = running(['ana', 'ben']);
    expect(code(room.ask('ana', { type: 'remove-facilitator', person: 'ana' }))).toBe('last-facilitator');
    room.do('ana', { type: 'add-facilitator', person: 'ben' });
    room.do('ana', { type: 'remove-facilitator', person: 'ana' });
    expect(room.state.facilitators).toEqual(['ben']);
  });

  test('[SN4] after a minute without anybody who leads, the next in line takes over', () => {
    const room = new Room().do('ben', plan(three));
    for (const name of ['ben', 'bea', 'ana', 'olga'] as const) room.do(name, { type: 'arrive' });
    room.do('ben', { type: 'start' });
    const gone = room.now;
    expect(code(room.ask('ana', { type: 'take-over' }))).toBe('facilitator-here');
    room.later(59_999).do(null, { type: 'tick' }, { lastSeen: { ben: gone } });
    expect(code(room.ask('ana', { type: 'take-over' }))).toBe('facilitator-here');
    room.later(1).do(null, { type: 'tick' }, { lastSeen: { ben: gone } });
    expect(code(room.ask('bea', { type: 'take-over' }))).toBe('not-yours');
    expect(code(room.ask('olga', { type: 'take-over' }))).toBe('not-yours');
    expect(code(room.ask('ana', { type: 'take-over' }))).toBe('allowed');
    room.do('ben', { type: 'arrive' });
    expect(room.state.facilitators).toEqual(['ana', 'ben']);
  });

  test('[SN4] where there is nobody nearer, anybody in the room takes over', () => {
    const room = new Room().do('ben', plan(three));
    for (const name of ['ben', 'bea'] as const) room.do(name, { type: 'arrive' });
    room.do('ben', { type: 'start' });
    const gone = room.now;
    room.later(2 * minute).do(null, { type: 'tick' }, { lastSeen: { ben: gone } });
    expect(code(room.ask('bea', { type: 'take-over' }))).toBe('allowed');
  });
});

describe('the timer', () => {
  test('[SN5] lengths outside 10 s to 8 h are refused, also by adding', () => {
    const room = running(['ana'], three);
    const ask = (ms: number) => code(room.ask('ana', { type: 'start-timer', ms, label: '' }));
    expect([9_999, 10_000, 8 * 3_600_000, 8 * 3_600_000 + 1].map(ask)).toEqual([
      'timer-range',
      'allowed',
      'allowed',
      'timer-range',
    ]);
    expect(code(room.ask('ana', { type: 'add-time', ms: minute }))).toBe('timer-range');
    room.do('ana', { type: 'start-timer', ms: 65_000, label: '' });
    expect(code(room.ask('ana', { type: 'add-time', ms: -minute }))).toBe('timer-range');
    expect(code(room.ask('ana', { type: 'add-time', ms: 7 }))).toBe('timer-range');
  });

  test('[SN5] pausing and resuming a hundred times loses no time', () => {
    const room = running(['ana'], three).do('ana', { type: 'start-timer', ms: 3_600_000, label: '' });
    for (let round = 0; round < 100; round += 1) {
      room.later(17_003).do('ana', { type: 'pause-timer' });
      room.later(91_777).do('ana', { type: 'resume-timer' });
    }
    expect(remainingMs(room.state.timer, room.now)).toBe(3_600_000 - 100 * 17_003);
  });

  test('[SN5] time is up by the server’s instant, nothing is blocked, and a minute more starts it again', () => {
    const room = running(['ana', 'ben'], three).do('ana', { type: 'start-timer', ms: 10_000, label: 'Talk' });
    const { timer } = room.state;
    expect(timerAt(timer, room.now + 9_999).state).toBe('running');
    expect(timerAt(timer, room.now + 10_000).state).toBe('expired');
    room.later(12_000).do('ben', { type: 'park', id: 'p', title: 'Still possible' });
    expect(room.state.timer).toMatchObject({ state: 'expired', endedAt: room.now - 2_000 });
    room.do('ana', { type: 'add-time', ms: minute });
    expect(room.state.timer).toMatchObject({ state: 'running', endsAt: room.now + minute });
  });
});

describe('sections', () => {
  test('[SN6] next, previous, jump, skip, insert and order; real times are kept', () => {
    const room = running(['ana'], three)
      .later(4 * minute)
      .do('ana', { type: 'next' });
    room.later(minute).do('ana', { type: 'previous' });
    room.later(2 * minute).do('ana', { type: 'insert', stage: stageOf('x', 3), before: 'b' });
    room.do('ana', { type: 'next' }).later(minute).do('ana', { type: 'skip', stage: 'b' });
    room.do('ana', { type: 'reorder', order: ['c', 'b', 'x', 'a'] }).do('ana', { type: 'jump', stage: 'c' });
    const { stages, current } = room.state;
    expect(current).toBe('c');
    expect(stages.map(({ id }) => id)).toEqual(['c', 'b', 'x', 'a']);
    expect(stages.find(({ id }) => id === 'a')?.runs).toEqual([
      { from: room.now - 8 * minute, to: room.now - 4 * minute },
      { from: room.now - 3 * minute, to: room.now - minute },
    ]);
    expect(stages.find(({ id }) => id === 'b')?.skipped).toBe(true);
    expect(code(room.ask('ana', { type: 'jump', stage: 'nowhere' }))).toBe('unknown-stage');
    expect(code(room.ask('ana', { type: 'reorder', order: ['c', 'b'] }))).toBe('invalid');
    room.do('ana', { type: 'jump', stage: 'b' });
    expect(room.state.stages.find(({ id }) => id === 'b')?.skipped).toBe(false);
  });

  test('[SN6] skipping the current section goes on to the next; moving starts the next one’s time', () => {
    const room = running(['ana'], three).do('ana', { type: 'skip', stage: 'a' });
    expect(room.state.current).toBe('b');
    expect(room.state.timer).toMatchObject({ state: 'running', totalMs: 5 * minute, label: 'b' });
    const before = room.state.timer;
    room.do('ana', { type: 'next', keepTimer: true });
    expect(room.state.timer).toEqual(before);
  });

  test('[SN7] 3 of 9, 12 min left, running 7 min late', () => {
    const nine9 = Array.from({ length: 9 }, (_, index) => stageOf(`s${index + 1}`, 15));
    const room = running(['ana'], nine9)
      .later(18 * minute)
      .do('ana', { type: 'next' });
    room
      .later(19 * minute)
      .do('ana', { type: 'next' })
      .later(3 * minute);
    const where = whereIs(room.state, room.now);
    expect(whereWords(where)).toBe('3 of 9, 12 min left, running 7 min late');
    expect(where.endsAt).toBe(room.now + (12 + 6 * 15) * minute);
    expect(whereWords(whereIs(room.state, room.now + 14 * minute))).toBe(
      '3 of 9, 2 min over, running 9 min late',
    );
  });

  test('[SN7] faster than planned is early; a skipped section gives its time back', () => {
    const room = running(['ana'], three)
      .later(4 * minute)
      .do('ana', { type: 'next' });
    expect(whereWords(whereIs(room.state, room.now))).toBe('2 of 3, 5 min left, 6 min early');
    room.do('ana', { type: 'skip', stage: 'c' });
    expect(whereWords(whereIs(room.state, room.now))).toBe('2 of 2, 5 min left, 11 min early');
  });
});

describe('attendance', () => {
  test('[SN8] two windows are one person; a minute of silence is having left; coming back is a second visit', () => {
    const room = running(['ana', 'ben'], three).do('ben', { type: 'arrive' });
    expect(room.state.people.ben?.visits).toHaveLength(1);
    const heard = room.now;
    room.later(59_999).do(null, { type: 'tick' }, { lastSeen: { ana: room.now, ben: heard } });
    expect(presentPeople(room.state)).toEqual(['ana', 'ben']);
    room.later(1).do(null, { type: 'tick' }, { lastSeen: { ana: room.now, ben: heard } });
    expect(presentPeople(room.state)).toEqual(['ana']);
    room.later(minute).do('ben', { type: 'arrive' });
    expect(room.state.people.ben?.visits).toEqual([
      { from: heard, to: heard },
      { from: room.now, to: null },
    ]);
  });

  const hour = 60 * minute;
  test('[SN17][SN83] after four hours in which nobody did anything it asks, once, whether it is over', () => {
    const room = running(['ana', 'ben'], [stageOf('a', 10, { outputs: ['message'] })]);
    const begun = room.now;
    // Coming, going and time that is up are nothing that anybody did.
    room.later(2 * hour).do(null, { type: 'tick' }, { lastSeen: { ana: begun, ben: room.now } });
    room.do('ana', { type: 'arrive' });
    room.later(2 * hour - 1).do(null, { type: 'tick' });
    expect(room.state.endProposed).toBeUndefined();
    room.later(1).do(null, { type: 'tick' });
    expect(room.state).toMatchObject({ status: 'running', endProposed: { since: begun } });
    const { rev } = room.state;
    room.later(minute).do(null, { type: 'tick' });
    expect(room.state.rev).toBe(rev);
    // Said of no earlier state: two may say it at once.
    room.do('ben', { type: 'go-on' }).do('ana', { type: 'go-on' });
    expect(room.state.endProposed).toBeUndefined();
    expect(room.state.rev).toBe(rev + 1);
    room.later(4 * hour - 1).do(null, { type: 'tick' });
    expect(room.state.endProposed).toBeUndefined();
    room.later(1).do(null, { type: 'tick' });
    // Doing something says it as well.
    room.do('ana', { type: 'park', id: 'p', title: 'More' });
    expect(room.state.endProposed).toBeUndefined();
    expect(room.state.parking.map(({ title }) => title)).toEqual(['More']);
  });

  test('[SN17] after three days the clock ends it and says what is open, also with a window left open', () => {
    const room = running(['ana'], [stageOf('a', 10, { outputs: ['message'] })]);
    room.later(72 * hour - 1).do(null, { type: 'tick' }, { lastSeen: { ana: room.now } });
    expect(room.state).toMatchObject({ status: 'running', endProposed: {} });
    room.later(1).do(null, { type: 'tick' }, { lastSeen: { ana: room.now } });
    expect(room.state).toMatchObject({ status: 'ended', endedByClock: true });
    expect(room.state.leftOpen).toHaveLength(1);
  });
});

describe('the end', () => {
  const outputs = [stageOf('a', 10, { title: 'Recap', outputs: ['message', 'rating'] })];

  test('[SN14] names what is missing, takes "none" for an answer, and leaves open only on purpose', () => {
    const room = running(['ana'], outputs);
    const row = {
      stage: 'a',
      what: 'Ship it: kept or not?',
      output: null,
      row: { source: 'last-promises', id: 'k' },
    } as const;
    const refusal = room.ask('ana', { type: 'end', leaveOpen: false }, { openRows: [row] });
    expect(refusal.ok ? [] : refusal.refusal.faults?.map(({ message }) => message)).toEqual([
      'Ship it: kept or not?',
      'Recap: the message to others',
      'Recap: a rating from 1 to 10',
    ]);
    room
      .do('ana', { type: 'tick-none', stage: 'a', output: 'message', none: true })
      .do('ana', { type: 'rate', value: 7 });
    expect(missingAtEnd(room.state, [])).toEqual([]);
    expect(code(room.ask('ana', { type: 'tick-none', stage: 'a', output: 'plan', none: true }))).toBe(
      'invalid',
    );
    room.do('ana', { type: 'end', leaveOpen: true }, { openRows: [row] });
    expect(room.state).toMatchObject({ status: 'ended', leftOpen: [row] });
  });

  test('[SN13] a parked item is dealt with or left open by name', () => {
    const room = running(['ana', 'ben'], [stageOf('a', 10)]).do('ben', {
      type: 'park',
      id: 'p',
      title: 'The budget',
    });
    const refusal = room.ask('ana', { type: 'end', leaveOpen: false });
    expect(refusal.ok ? '' : refusal.refusal.faults?.[0]?.message).toBe('Parked: The budget');
    expect(code(room.ask('ben', { type: 'settle-parked', id: 'p', how: 'dropped', text: ' ' }))).toBe(
      'invalid',
    );
    room.do('ben', { type: 'settle-parked', id: 'p', how: 'next-session', text: '' });
    room.do('ana', { type: 'end', leaveOpen: false });
    expect(code(room.ask('ana', { type: 'next' }))).toBe('wrong-state');
    expect(code(room.ask('ben', { type: 'correct', text: 'Ben was there from the start.' }))).toBe('allowed');
  });
});
