import { describe, expect, test } from 'vitest';
import { plainWeek } from './business-days.ts';
import { dueBeforeSession, slotWindows, type Cadence, type CadenceKind } from './cadence.ts';
import { cutPeriods } from './cut-periods.ts';
import { instantAt, localDateOf, localTimeOf } from './local-time.ts';
import { slotsFor, type Schedule } from './slots-for.ts';

const zone = 'Europe/Berlin';
const cadence = (kind: CadenceKind): Cadence => ({ kind, weekday: 5, time: '17:00', closeOn: '2026-06-30' });
const spring = (kind: CadenceKind, more: Partial<Schedule> = {}): Schedule => ({
  cadence: cadence(kind),
  from: instantAt('2026-04-01', '12:00', zone),
  until: '2026-06-30',
  zone,
  calendar: plainWeek,
  ...more,
});
const dates = (schedule: Schedule) => slotsFor(schedule).map(({ dueAt }) => localDateOf(dueAt, zone));

describe('slots of a cadence', () => {
  test('[RH10] windows by cadence', () => {
    expect(slotWindows).toEqual({
      weekly: { opensDaysBefore: 3, graceBusinessDays: 2 },
      'two-weekly': { opensDaysBefore: 5, graceBusinessDays: 2 },
      monthly: { opensDaysBefore: 7, graceBusinessDays: 3 },
      quarterly: { opensDaysBefore: 14, graceBusinessDays: 5 },
    });
  });

  test('[RH10] the window is counted in local time, through the change of clocks', () => {
    const from = instantAt('2026-03-20', '12:00', zone);
    const [slot] = slotsFor({ ...spring('weekly', { from }), cadence: { ...cadence('weekly'), weekday: 1 } });
    expect([slot?.opensAt, slot?.dueAt, slot?.graceEndsAt]).toEqual([
      instantAt('2026-03-20', '17:00', zone),
      instantAt('2026-03-23', '17:00', zone),
      instantAt('2026-03-25', '17:00', zone),
    ]);
    const fridays = slotsFor(spring('weekly', { from }));
    expect(fridays.map(({ opensAt }) => localTimeOf(opensAt, zone))).toEqual(fridays.map(() => '17:00'));
  });

  test('[RH11] weekly on the chosen weekday until the due', () => {
    const all = dates(spring('weekly'));
    expect([all[0], all.at(-1), all.length]).toEqual(['2026-04-03', '2026-06-26', 13]);
  });

  test('[RH11] every second week counts back from the close, for all promises alike', () => {
    const early = dates(spring('two-weekly'));
    const later = dates(spring('two-weekly', { from: instantAt('2026-04-12', '12:00', zone) }));
    expect(early).toEqual([
      '2026-04-03',
      '2026-04-17',
      '2026-05-01',
      '2026-05-15',
      '2026-05-29',
      '2026-06-12',
      '2026-06-26',
    ]);
    expect(early.slice(-later.length)).toEqual(later);
  });

  test('[RH11] monthly on the first business day of the next month', () => {
    expect(slotsFor(spring('monthly')).map(({ label, dueAt }) => [label, localDateOf(dueAt, zone)])).toEqual([
      ['2026-04', '2026-05-01'],
      ['2026-05', '2026-06-01'],
      ['2026-06', '2026-07-01'],
    ]);
  });

  test('[RH35] monthly dues follow the stored months, those of a 52/53-week year too', () => {
    const shape = { kind: 'weeks', endMonth: 1, endWeekday: 6, endRule: 'last-in-month' } as const;
    const periods = cutPeriods(
      {
        ...{ shape: { ...shape, pattern: '4-4-5' as const }, weekStart: 7 },
        ...({ labelYear: 'ends', planPeriod: 'quarter', straddle: 'majority' } as const),
      },
      '2026-01-01',
      '2026-12-31',
    );
    const months = periods.filter(({ kind }) => kind === 'month');
    const calendar = { ...plainWeek, holidays: ['2026-05-04'] };
    const asked = slotsFor(spring('monthly', { months, calendar, until: '2026-08-05' }));
    // Months of four, four and five weeks end on Saturdays: 2 May, 30 May, 27 June, 1 August.
    expect(asked.map(({ label, dueAt }) => [label, localDateOf(dueAt, zone)])).toEqual([
      ['FY2027 M03', '2026-05-05'],
      ['FY2027 M04', '2026-06-01'],
      ['FY2027 M05', '2026-06-29'],
      ['FY2027 M06', '2026-08-03'],
    ]);
    // Where none are stored the months are those on the wall.
    const first = months.filter(({ end }) => end < '2026-06-01');
    expect(dates(spring('monthly', { months: first })).at(-1)).toBe('2026-07-01');
  });

  test('[RH11] quarterly five business days before the close', () => {
    expect(dates(spring('quarterly'))).toEqual(['2026-06-23']);
  });

  test('[RH12] none within a day of the accept, none due after the promise and its grace', () => {
    const from = instantAt('2026-04-02', '17:01', zone);
    expect(dates(spring('weekly', { from }))[0]).toBe('2026-04-10');
    expect(dates(spring('weekly', { until: '2026-04-07' }))).toEqual(['2026-04-03']);
    expect(dates(spring('weekly', { until: '2026-04-08' }))).toEqual(['2026-04-03', '2026-04-10']);
  });

  test('[RH13] a slot due in a freeze is excused', () => {
    const calendar = {
      ...plainWeek,
      freezes: [{ start: '2026-04-06', end: '2026-04-12', reason: 'company holidays' }],
    };
    expect(slotsFor(spring('weekly', { calendar })).map(({ excused }) => excused)).toEqual([
      null,
      'freeze',
      ...Array.from({ length: 11 }, () => null),
    ]);
  });

  /** Opens, due and end of grace of the first one, as local day and time; Monday 6 April is a holiday. */
  const rows: readonly [CadenceKind, string, string, string, string][] = [
    // Weekly: Friday 17:00, three days before, two business days of grace over a holiday.
    ['weekly', '2026-04-01', '2026-03-31 17:00', '2026-04-03 17:00', '2026-04-08 17:00'],
    // Every second Friday, counted back from the close.
    ['two-weekly', '2026-04-01', '2026-04-05 17:00', '2026-04-10 17:00', '2026-04-14 17:00'],
    // March's: the first business day of April is the second, after a holiday.
    ['monthly', '2026-03-10', '2026-03-26 17:00', '2026-04-02 17:00', '2026-04-08 17:00'],
    // The close on 10 April, five business days before it; fourteen days before, five business days of grace.
    ['quarterly', '2026-03-10', '2026-03-19 17:00', '2026-04-02 17:00', '2026-04-10 17:00'],
  ];
  test.each(rows)(
    '[RH10][RH11] %s, told from %s: opens %s, due %s, grace until %s',
    (kind, from, ...want) => {
      const [slot] = slotsFor({
        cadence: { kind, weekday: 5, time: '17:00', closeOn: '2026-04-10' },
        ...{ from: instantAt(from, '12:00', zone), until: '2026-04-30', zone },
        calendar: {
          ...plainWeek,
          holidays: kind === 'monthly' ? ['2026-04-01', '2026-04-06'] : ['2026-04-06'],
        },
      });
      const said = (at = 0) => `${localDateOf(at, zone)} ${localTimeOf(at, zone)}`;
      expect([said(slot?.opensAt), said(slot?.dueAt), said(slot?.graceEndsAt)]).toEqual(want);
    },
  );

  test('[RH16] twice the same', () => {
    expect(slotsFor(spring('weekly'))).toEqual(slotsFor(spring('weekly')));
    expect(slotsFor(spring('weekly')).map(({ number }) => number)).toEqual(
      Array.from({ length: 13 }, (_, k) => k + 1),
    );
  });

  test('[RH17] due a day before the weekly session', () => {
    expect(dueBeforeSession({ weekday: 1, time: '09:00' })).toEqual({ weekday: 7, time: '09:00' });
    expect(dueBeforeSession({ weekday: 3, time: '10:30' })).toEqual({ weekday: 2, time: '10:30' });
  });
});
