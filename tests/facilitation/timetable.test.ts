import { describe, expect, test } from 'vitest';
import { timetable } from '../../src/domain/facilitation/timetable.ts';
import { whereIs } from '../../src/domain/facilitation/where.ts';
import { timeIn } from '../../src/lib/facilitation/time-here.ts';
import { minute, nine, plan, Room, running, stageOf } from './room.ts';

const stages = [stageOf('a', 10), stageOf('b', 20), stageOf('c', 5)];
const minutes = (room: Room): unknown =>
  timetable(room.state, room.now).map(({ id, from, to }) => [
    id,
    (from - nine) / minute,
    (to - nine) / minute,
  ]);

describe('the sections by the clock', () => {
  test('[SN63] before the start as planned, and not in the past', () => {
    const room = new Room().do('ana', plan(stages));
    const asPlanned = [
      ['a', 0, 10],
      ['b', 10, 30],
      ['c', 30, 35],
    ];
    room.now = nine - 60 * minute;
    expect(minutes(room)).toEqual(asPlanned);
    room.now = nine + 4 * minute;
    expect(minutes(room)).toEqual([
      ['a', 4, 14],
      ['b', 14, 34],
      ['c', 34, 39],
    ]);
  });

  test('[SN63] what was stays as it was, and the end moves with every minute that is late', () => {
    const room = running(['ana', 'ben'], stages)
      .later(13 * minute)
      .do('ana', { type: 'next' });
    room.later(5 * minute);
    expect(minutes(room)).toEqual([
      ['a', 0, 13],
      ['b', 13, 33],
      ['c', 33, 38],
    ]);
    room.later(20 * minute);
    expect(minutes(room)).toEqual([
      ['a', 0, 13],
      ['b', 13, 38],
      ['c', 38, 43],
    ]);
    expect(timetable(room.state, room.now).at(-1)?.to).toBe(whereIs(room.state, room.now).endsAt);
    room.do('ana', { type: 'skip', stage: 'c' });
    expect(minutes(room)).toHaveLength(2);
  });

  test('[SN63] in the reader’s zone, with the day that is another than where the meeting is', () => {
    const late = Date.parse('2026-04-13T21:30:00Z');
    const where = { since: late, home: 'Europe/Berlin', locale: 'en-GB' };
    expect(timeIn(late, { ...where, zone: 'Europe/Berlin' })).toEqual({ time: '23:30', days: 0 });
    expect(timeIn(late + 60 * minute, { ...where, zone: 'Europe/Berlin' })).toEqual({
      time: '00:30',
      days: 1,
    });
    expect(timeIn(late, { ...where, zone: 'Asia/Tokyo' })).toEqual({ time: '06:30', days: 1 });
    expect(
      timeIn(Date.parse('2026-04-13T00:30:00Z'), {
        ...where,
        since: Date.parse('2026-04-13T00:30:00Z'),
        zone: 'America/New_York',
      }),
    ).toEqual({
      ...{ time: '20:30', days: -1 },
    });
  });
});
