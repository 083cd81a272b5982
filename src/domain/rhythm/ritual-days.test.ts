import { describe, expect, test } from 'vitest';
import { days, ground, groundOf, january, retail, ritual, starts } from '../../../tests/support/rituals.ts';
import { expandRitual } from './expand-ritual.ts';
import { fairRotation } from './fair-rotation.ts';
import { localDateOf } from './local-time.ts';
import type { RitualRule, RitualTerms } from './ritual.ts';
import { ritualOffers } from './ritual-offers.ts';
import { ritualWords } from './ritual-words.ts';

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
    const every = (n: number) => words({ type: 'weekly', every: n, weekdays: [1] }).split(' ')[1];
    expect([3, 5, 11, 12, 21, 22, 23, 52].map(every)).toEqual([
      ...['third', '5th', '11th', '12th', '21st', '22nd', '23rd', '52nd'],
    ]);
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
