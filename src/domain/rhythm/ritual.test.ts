import { describe, expect, test } from 'vitest';
import { plainWeek } from './business-days.ts';
import { cutPeriods } from './cut-periods.ts';
import { bookRitual, decideRitual, splitRitual, type RitualContext } from './decide-ritual.ts';
import { expandRitual } from './expand-ritual.ts';
import { fairRotation } from './fair-rotation.ts';
import { foldRituals } from './fold-ritual.ts';
import { localDateOf } from './local-time.ts';
import type { CalendarSettings } from './planning-calendar.ts';
import type { Ritual, RitualRule, RitualTerms } from './ritual.ts';
import type { RitualCommand } from './ritual-command.ts';
import type { RitualEvent } from './ritual-event.ts';
import { ritualOffers } from './ritual-offers.ts';
import { ritualWords } from './ritual-words.ts';
import { agendaCarriedInto, skipsInARow } from './skips-in-a-row.ts';

const january: CalendarSettings = {
  shape: { kind: 'months', startMonth: 1 },
  ...({ weekStart: 1, labelYear: 'ends', planPeriod: 'quarter', straddle: 'majority' } as const),
};
const retail: CalendarSettings = {
  ...january,
  weekStart: 7,
  shape: { kind: 'weeks', endMonth: 1, endWeekday: 6, endRule: 'last-in-month', pattern: '4-4-5' },
};
const groundOf = (settings: CalendarSettings, holidays: readonly string[] = []) => ({
  periods: cutPeriods(settings, '2025-01-01', '2029-12-31'),
  planPeriod: settings.planPeriod,
  calendar: { ...plainWeek, holidays },
  weekStart: settings.weekStart,
});
const ground = groundOf(january);
const terms: RitualTerms = {
  ...({ kind: 'weekly', title: 'Weekly', teams: ['red'], board: null, zone: 'America/New_York' } as const),
  ...({
    rule: { type: 'weekly', every: 1, weekdays: [1] },
    time: '09:00',
    rotation: [],
    durationMinutes: 45,
  } as const),
  ...({
    adjust: 'none',
    holidays: 'organisation',
    starts: '2026-03-02',
    ends: null,
    rota: [],
    quorum: null,
  } as const),
};
const ritual = (more: Partial<Ritual> = {}): Ritual => ({
  ...terms,
  ...{ series: 's', exceptions: [], bookedBy: 'ana', endedAt: null },
  ...more,
});
const starts = (it: Ritual, until: string, on = ground) =>
  expandRitual(it, until, on).map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16));
const days = (rule: RitualRule, until: string, on = ground, from = '2026-01-01') =>
  expandRitual(ritual({ rule, starts: from, zone: 'UTC' }), until, on).map(
    ({ originalDate }) => originalDate,
  );

describe('days', () => {
  test('[RT1] Monday 09:00 in New York is 14:00Z in winter and 13:00Z in summer', () => {
    const all = starts(ritual(), '2026-11-02');
    for (const at of ['2026-03-02T14:00', '2026-03-09T13:00', '2026-10-26T13:00', '2026-11-02T14:00']) {
      expect(all).toContain(at);
    }
    expect(all).toHaveLength(36);
  });

  test('[RT1] a skipped time uses the offset before the gap, one that comes twice means the first', () => {
    const sundays = { type: 'weekly', every: 1, weekdays: [7] } as const;
    const gap = starts(ritual({ rule: sundays, time: '02:30', starts: '2026-03-08' }), '2026-03-08');
    expect(gap).toEqual(['2026-03-08T07:30']);
    const twice = starts(ritual({ rule: sundays, time: '01:30', starts: '2026-11-01' }), '2026-11-01');
    expect(twice).toEqual(['2026-11-01T05:30']);
  });

  test('[RT1] every second week counts from the first one; several days a week', () => {
    expect(days({ type: 'weekly', every: 2, weekdays: [2, 4] }, '2026-02-05')).toEqual([
      ...['2026-01-01', '2026-01-13', '2026-01-15', '2026-01-27', '2026-01-29'],
    ]);
  });

  test('[RT2] nth and last weekday, a day, the last day', () => {
    const monthly = (day: Extract<RitualRule, { type: 'monthly' }>['day'], every = 1) =>
      days({ type: 'monthly', every, day }, '2026-04-30');
    expect(monthly({ on: 'weekday', nth: 2, weekday: 2 })).toEqual([
      '2026-01-13',
      '2026-02-10',
      '2026-03-10',
      '2026-04-14',
    ]);
    expect(monthly({ on: 'weekday', nth: -1, weekday: 5 })).toEqual([
      '2026-01-30',
      '2026-02-27',
      '2026-03-27',
      '2026-04-24',
    ]);
    expect(monthly({ on: 'day', day: 31 })).toEqual(['2026-01-31', '2026-03-31']);
    expect(monthly({ on: 'last-day' })).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
    expect(monthly({ on: 'day', day: 5 }, 2)).toEqual(['2026-01-05', '2026-03-05']);
    expect(days({ type: 'yearly', month: 2, day: { on: 'last-day' } }, '2028-12-31')).toEqual([
      ...['2026-02-28', '2027-02-28', '2028-02-29'],
    ]);
  });

  test('[RT3] planning two weeks before the quarter ends, on the Tuesday', () => {
    const rule = {
      type: 'period',
      period: 'plan',
      anchor: 'end',
      weeks: -2,
      businessDays: 0,
      weekday: 2,
    } as const;
    expect(days(rule, '2026-12-31')).toEqual(['2026-03-17', '2026-06-16', '2026-09-15', '2026-12-15']);
  });

  test('[RT3] it follows a 53-week year, and counts business days', () => {
    const on = groundOf(retail, ['2026-02-02']);
    const end = {
      type: 'period',
      period: 'quarter',
      anchor: 'end',
      weeks: 0,
      businessDays: 5,
      weekday: null,
    } as const;
    // The fourth quarter has 14 weeks and ends on Saturday 31 January; Monday 2 February is a holiday.
    expect(days(end, '2026-03-01', on, '2025-11-15')).toEqual(['2026-02-09']);
    const start = { ...end, anchor: 'start', businessDays: 0, weeks: 1, weekday: 2 } as const;
    expect(days(start, '2026-03-01', on, '2026-01-01')).toEqual(['2026-02-10']);
  });

  test('[RT4] a meeting on a holiday moves as asked and keeps its identity', () => {
    const on = groundOf(january, ['2026-04-06']);
    const held = (adjust: RitualTerms['adjust'], holidays: RitualTerms['holidays'] = 'organisation') =>
      expandRitual(ritual({ adjust, holidays, starts: '2026-04-06' }), '2026-04-06', on).map((it) => [
        it.originalDate,
        localDateOf(it.startsAt, 'America/New_York'),
      ]);
    expect(held('none')).toEqual([['2026-04-06', '2026-04-06']]);
    expect(held('following')).toEqual([['2026-04-06', '2026-04-07']]);
    expect(held('preceding')).toEqual([['2026-04-06', '2026-04-03']]);
    expect(held('following', 'none')).toEqual([['2026-04-06', '2026-04-06']]);
  });
});

const now = Date.parse('2026-03-04T12:00Z');
const actor = { person: 'ana', via: 'web' } as const;
const context: RitualContext = {
  ground,
  managesBoard: false,
  standing: { person: 'ana', role: 'member', leadOf: [], memberOf: ['red'], leaderless: [] },
};
const decided = (state: Ritual, command: RitualCommand, by: RitualContext = context, at = now) =>
  decideRitual(state, command, actor, at, by);
/** The state after a command that must be allowed. */
const after = (state: Ritual, command: RitualCommand): Ritual => {
  const outcome = decided(state, command);
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return foldRituals(outcome.value, state) as Ritual;
};
const code = (outcome: { ok: boolean; refusal?: { code: string } }) =>
  outcome.ok ? 'allowed' : outcome.refusal?.code;
const meeting = (state: Ritual, date: string) =>
  expandRitual(state, '2026-06-30', ground).find(({ originalDate }) => originalDate === date);

describe('one meeting', () => {
  const date = '2026-03-16';

  test('[RT5] is skipped with a reason, and put back', () => {
    expect(code(decided(ritual(), { type: 'skip', date, reason: ' ' }))).toBe('reason-missing');
    const skipped = after(ritual(), { type: 'skip', date, reason: 'offsite' });
    expect(meeting(skipped, date)).toMatchObject({ status: 'skipped', reason: 'offsite' });
    expect(code(decided(skipped, { type: 'skip', date, reason: 'again' }))).toBe('already-skipped');
    const back = after(skipped, { type: 'restore', date });
    expect(meeting(back, date)).toEqual(meeting(ritual(), date));
    expect(code(decided(back, { type: 'restore', date }))).toBe('nothing-changed');
  });

  test('[RT5] is moved and keeps its identity', () => {
    const to = { date: '2026-03-18', time: '15:00' };
    const moved = after(ritual(), { type: 'move', date, to, reason: 'travel' });
    expect(meeting(moved, date)).toMatchObject({
      moved: true,
      reason: 'travel',
      startsAt: Date.parse('2026-03-18T19:00Z'),
    });
    expect(code(decided(moved, { type: 'move', date, to, reason: '' }))).toBe('nothing-changed');
    const past = { date: '2026-03-03', time: '09:00' };
    expect(code(decided(ritual(), { type: 'move', date, to: past, reason: '' }))).toBe('in-the-past');
  });

  test('[RT5] is added, moved, skipped and put back to how it was added', () => {
    const extra = { type: 'add', date: '2026-03-19', time: '11:00', reason: 'incident' } as const;
    const added = after(ritual(), extra);
    const at = Date.parse('2026-03-19T15:00Z');
    expect(meeting(added, extra.date)).toMatchObject({ moved: true, startsAt: at });
    expect(code(decided(added, extra))).toBe('already-there');
    const moved = after(added, {
      type: 'move',
      date: extra.date,
      to: { date: '2026-03-20', time: '11:00' },
      reason: '',
    });
    expect(meeting(moved, extra.date)?.startsAt).toBe(Date.parse('2026-03-20T15:00Z'));
    const skipped = after(moved, { type: 'skip', date: extra.date, reason: 'solved' });
    expect(meeting(skipped, extra.date)?.status).toBe('skipped');
    const back = after(skipped, { type: 'restore', date: extra.date });
    expect(meeting(back, extra.date)).toMatchObject({ status: 'scheduled', startsAt: at });
    expect(meeting(after(back, { type: 'restore', date: extra.date }), extra.date)).toBeUndefined();
  });

  test('[RT5] past ones are never rewritten', () => {
    for (const command of [
      { type: 'skip', date: '2026-03-02', reason: 'x' },
      { type: 'move', date: '2026-03-02', to: { date: '2026-04-01', time: '09:00' }, reason: '' },
      { type: 'restore', date: '2026-03-02' },
    ] as const) {
      expect(code(decided(ritual(), command))).toBe('past');
    }
    expect(code(decided(ritual(), { type: 'skip', date: '2026-03-17', reason: 'x' }))).toBe('not-found');
  });
});

describe('the series', () => {
  const wednesdays: RitualTerms = {
    ...terms,
    rule: { type: 'weekly', every: 1, weekdays: [3] },
    time: '10:00',
  };

  test('[RT6] all still ahead: exceptions without a meeting go, those with one stay', () => {
    const one = after(ritual(), { type: 'skip', date: '2026-03-16', reason: 'offsite' });
    const earlier = after(one, { type: 'change', terms: { ...terms, time: '08:00' } });
    expect(meeting(earlier, '2026-03-16')?.status).toBe('skipped');
    expect(meeting(earlier, '2026-03-23')?.startsAt).toBe(Date.parse('2026-03-23T12:00Z'));
    expect(after(one, { type: 'change', terms: wednesdays }).exceptions).toEqual([]);
  });

  test('[RT6] this and following: two parts of one series, exceptions go with their meetings', () => {
    const state = after(after(ritual(), { type: 'skip', date: '2026-03-09', reason: 'before' }), {
      type: 'skip',
      date: '2026-03-30',
      reason: 'after',
    });
    const changed = { ...terms, time: '16:00' };
    const split = splitRitual(
      state,
      { from: '2026-03-16', terms: changed, next: 'n', reason: 'later' },
      actor,
      now,
      context,
    );
    if (!split.ok) throw new Error(split.refusal.message);
    const [before, next] = [
      foldRituals(split.value.before, state),
      foldRituals(split.value.after),
    ] as Ritual[];
    if (!before || !next) throw new Error('two parts');
    expect(next.series).toBe(before.series);
    expect(starts(before, '2026-06-30')).toEqual(['2026-03-02T14:00', '2026-03-09T13:00']);
    expect(starts(next, '2026-03-30')).toEqual(['2026-03-16T20:00', '2026-03-23T20:00', '2026-03-30T20:00']);
    expect(next.exceptions.map(({ date }) => date)).toEqual(['2026-03-30']);
    const past = splitRitual(
      state,
      { from: '2026-03-02', terms: changed, next: 'n', reason: '' },
      actor,
      now,
      context,
    );
    expect(code(past)).toBe('past');
  });

  test('[RT6] an ended one has no meetings ahead and takes no commands', () => {
    const ended = after(ritual(), { type: 'end', reason: 'merged' });
    expect(starts(ended, '2026-06-30')).toEqual(['2026-03-02T14:00']);
    expect(code(decided(ended, { type: 'add', date: '2026-03-19', time: '11:00', reason: '' }))).toBe(
      'ended',
    );
  });

  test('[RT7] nothing is booked into the past, and nothing that is never held', () => {
    const book = (more: Partial<RitualTerms>) => bookRitual({ ...terms, ...more }, 's', actor, now, context);
    expect(code(book({ starts: '2026-03-04' }))).toBe('allowed');
    expect(code(book({ starts: '2026-03-03' }))).toBe('in-the-past');
    expect(code(book({ starts: '2026-03-05', ends: '2026-03-06' }))).toBe('never-held');
    expect(code(book({ starts: '2026-03-05', title: ' ', time: '25:00' }))).toBe('invalid');
    const hung = {
      type: 'period',
      period: 'custom',
      anchor: 'end',
      weeks: 0,
      businessDays: 0,
      weekday: null,
    } as const;
    expect(code(book({ starts: '2026-03-05', rule: hung }))).toBe('never-held');
  });

  test('[RT8] who arranges what', () => {
    const as = (standing: Partial<RitualContext['standing']>, managesBoard = false): RitualContext => ({
      ...context,
      managesBoard,
      standing: { ...context.standing, person: 'zoe', memberOf: [], ...standing },
    });
    const skip = { type: 'skip', date: '2026-03-16', reason: 'x' } as const;
    const ofAll = ritual({ teams: [] });
    expect(code(decided(ritual(), skip, as({})))).toBe('forbidden');
    expect(code(decided(ritual(), skip, as({ memberOf: ['red'] })))).toBe('allowed');
    expect(code(decided(ritual(), skip, as({ memberOf: ['red'], role: 'observer' })))).toBe('forbidden');
    expect(code(decided(ritual(), skip, as({}, true)))).toBe('allowed');
    expect(code(decided(ofAll, skip, as({ memberOf: ['red'] })))).toBe('forbidden');
    expect(code(decided(ofAll, skip, as({ leadOf: ['red'] })))).toBe('allowed');
    expect(code(decided(ofAll, skip, as({ role: 'administrator' })))).toBe('allowed');
    expect(
      code(
        decided(
          ritual(),
          { type: 'change', terms: { ...terms, teams: ['blue'] } },
          as({ memberOf: ['red'] }),
        ),
      ),
    ).toBe('forbidden');
  });

  test('[RT9] skips are counted round now, and the next meeting carries their agenda', () => {
    const row = (startsAt: number, status: 'scheduled' | 'skipped' | 'held') => ({ startsAt, status });
    const list = [
      row(1, 'skipped'),
      row(2, 'held'),
      row(3, 'skipped'),
      row(5, 'skipped'),
      row(6, 'scheduled'),
      row(7, 'skipped'),
    ];
    expect(skipsInARow(list, 4).map(({ startsAt }) => startsAt)).toEqual([3, 5]);
    expect(skipsInARow(list, 6)).toEqual([row(7, 'skipped')]);
    expect(skipsInARow(list, 2)).toHaveLength(2);
    const into = (index: number) =>
      agendaCarriedInto(list, list[index] ?? row(0, 'held')).map(({ startsAt }) => startsAt);
    expect([into(4), into(1), into(5)]).toEqual([[3, 5], [1], []]);
  });

  test('[RT13] the state is the fold of its events', () => {
    const booked = bookRitual({ ...terms, starts: '2026-03-09' }, 's', actor, now, context);
    if (!booked.ok) throw new Error(booked.refusal.message);
    const skip = decided(foldRituals(booked.value) as Ritual, {
      type: 'skip',
      date: '2026-03-16',
      reason: 'x',
    });
    const events: RitualEvent[] = [...booked.value, ...(skip.ok ? skip.value : [])];
    expect(foldRituals(events)).toMatchObject({
      ...{ title: 'Weekly', series: 's', bookedBy: 'ana', endedAt: null },
      exceptions: [{ action: 'skip', date: '2026-03-16', reason: 'x', added: null }],
    });
  });
});

describe('offers and words', () => {
  test('[RT10] one time stays where it suits all; else zones take turns', () => {
    const rotation = (zones: readonly string[], time = '10:00') =>
      fairRotation('Europe/Berlin', zones, time, 60, '2026-06-01');
    expect(rotation(['Europe/London'])).toEqual(['10:00']);
    // 16:00 in Berlin is 10:00 in New York: one time suits both.
    expect(rotation(['America/New_York'])).toHaveLength(1);
    const far = rotation(['Asia/Tokyo', 'America/Los_Angeles']);
    expect(far.length).toBeGreaterThan(1);
    expect(far[0]).toBe('10:00');
    const held = starts(ritual({ rotation: ['09:00', '16:00'], starts: '2026-03-09' }), '2026-03-30');
    expect(held).toEqual(['2026-03-09T13:00', '2026-03-16T20:00', '2026-03-23T13:00', '2026-03-30T20:00']);
  });

  test('[RT11] light offers weekly, close and plan; standard all five; close and plan differ', () => {
    const offer = (depth: 'light' | 'standard', settings = january) =>
      ritualOffers({
        ...{ depth, teams: ['red'], board: null, zone: 'UTC', starts: '2026-01-05' },
        planPeriod: settings.planPeriod,
      });
    expect(offer('light').map(({ kind, durationMinutes }) => [kind, durationMinutes])).toEqual([
      ['weekly', 30],
      ['quarterly-close', 90],
      ['quarterly-plan', 240],
    ]);
    expect(offer('standard').map(({ kind }) => kind)).toEqual([
      ...['weekly', 'monthly', 'quarterly-close', 'quarterly-plan', 'annual'],
    ]);
    const held = (kind: string, on = ground) => {
      const it = offer('light').find((one) => one.kind === kind);
      return it === undefined
        ? []
        : expandRitual(ritual({ ...it }), '2027-12-31', on).map((one) => localDateOf(one.startsAt, 'UTC'));
    };
    for (const on of [ground, groundOf(retail)]) {
      const [close, plan] = [held('quarterly-close', on), held('quarterly-plan', on)];
      expect(close.length).toBeGreaterThan(6);
      for (const day of plan) expect(close).not.toContain(day);
    }
    expect(held('quarterly-close').slice(0, 2)).toEqual(['2026-01-07', '2026-04-07']);
    expect(held('quarterly-plan').slice(0, 2)).toEqual(['2026-01-13', '2026-04-14']);
  });

  test('[RT12] rules in words', () => {
    const words = (rule: RitualRule, rotation: readonly string[] = []) =>
      ritualWords({ rule, time: '10:00', rotation });
    expect(words({ type: 'weekly', every: 1, weekdays: [1] })).toBe('Every Monday at 10:00');
    expect(words({ type: 'weekly', every: 2, weekdays: [4, 2] }, ['09:00', '16:00'])).toBe(
      'Every second Tuesday and Thursday at 09:00, 16:00 in turn',
    );
    expect(words({ type: 'monthly', every: 1, day: { on: 'weekday', nth: -1, weekday: 5 } })).toBe(
      'Every month on the last Friday at 10:00',
    );
    expect(words({ type: 'yearly', month: 11, day: { on: 'day', day: 3 } })).toBe(
      'Every year on day 3 of November at 10:00',
    );
    const period = {
      type: 'period',
      period: 'quarter',
      anchor: 'end',
      weeks: -2,
      businessDays: 0,
      weekday: 2,
    } as const;
    expect(words(period)).toBe(
      '2 weeks before the end of each quarter, on the Tuesday of that week at 10:00',
    );
    expect(words({ ...period, weeks: 0, businessDays: 5, weekday: null, period: 'plan' })).toBe(
      '5 business days after the end of each plan period at 10:00',
    );
  });
});
