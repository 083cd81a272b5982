import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkCustomPeriods,
  fiscalYear,
  fiscalYearOf,
  weekOwner,
  weekStartOf,
  type CalendarShape,
  type PlanningCalendar,
} from './calendar.ts';
import { addDays, daysBetween, weekdayOf } from './local-time.ts';

const calendarOf = (shape: CalendarShape): PlanningCalendar => ({
  zone: 'Europe/Berlin',
  shape,
  weekStart: 1,
  labelYear: 'ends',
});
const januaryYear = calendarOf({ kind: 'months', startMonth: 1 });
const retail = { kind: 'weeks', endMonth: 1, endWeekday: 6, pattern: '4-4-5' } as const;

describe('years of months', () => {
  test('[RH3] a year that starts in April', () => {
    const year = fiscalYear(calendarOf({ kind: 'months', startMonth: 4 }), 2027);
    expect(year).toMatchObject({ label: 'FY2027', start: '2026-04-01', end: '2027-03-31', weeks: null });
    expect(year.quarters).toEqual([
      { label: 'FY2027 Q1', start: '2026-04-01', end: '2026-06-30' },
      { label: 'FY2027 Q2', start: '2026-07-01', end: '2026-09-30' },
      { label: 'FY2027 Q3', start: '2026-10-01', end: '2026-12-31' },
      { label: 'FY2027 Q4', start: '2027-01-01', end: '2027-03-31' },
    ]);
    expect(year.halves[1]).toEqual({ label: 'FY2027 H2', start: '2026-10-01', end: '2027-03-31' });
  });

  test('[RH3] the label may name the year in which it starts', () => {
    const calendar = { ...calendarOf({ kind: 'months', startMonth: 4 }), labelYear: 'starts' as const };
    expect(fiscalYearOf(calendar, '2027-02-01').label).toBe('FY2026');
  });
});

describe('years of weeks', () => {
  test('[RH4] Saturday nearest 31 January: 53 weeks end on 2024-02-03 and 2029-02-03', () => {
    const calendar = calendarOf({ ...retail, endRule: 'nearest-to-month-end' });
    const long = Array.from({ length: 12 }, (_, k) => fiscalYear(calendar, 2019 + k)).filter(
      (year) => year.weeks === 53,
    );
    expect(long.map(({ end }) => end)).toEqual(['2024-02-03', '2029-02-03']);
  });

  test('[RH4] last Saturday of January: 53 weeks end on 2021-01-30 and 2026-01-31', () => {
    const calendar = calendarOf({ ...retail, endRule: 'last-in-month' });
    const long = Array.from({ length: 12 }, (_, k) => fiscalYear(calendar, 2018 + k)).filter(
      (year) => year.weeks === 53,
    );
    expect(long.map(({ end }) => end)).toEqual(['2021-01-30', '2026-01-31']);
  });

  test.each([
    ['4-4-5', [4, 4, 5]],
    ['4-5-4', [4, 5, 4]],
    ['5-4-4', [5, 4, 4]],
  ] as const)('[RH4] week 53 joins the last quarter and month, pattern %s', (pattern, quarter) => {
    const year = fiscalYear(calendarOf({ ...retail, pattern, endRule: 'last-in-month' }), 2026);
    const weeks = (span: { start: string; end: string }) => (daysBetween(span.start, span.end) + 1) / 7;
    expect(year.quarters.map(weeks)).toEqual([13, 13, 13, 14]);
    expect(year.halves.map(weeks)).toEqual([26, 27]);
    const last = [quarter[0], quarter[1], quarter[2] + 1];
    expect(year.months.map(weeks)).toEqual([...quarter, ...quarter, ...quarter, ...last]);
  });
});

const shapes: fc.Arbitrary<CalendarShape> = fc.oneof(
  fc.record({ kind: fc.constant('months' as const), startMonth: fc.integer({ min: 1, max: 12 }) }),
  fc.record({
    kind: fc.constant('weeks' as const),
    endMonth: fc.integer({ min: 1, max: 12 }),
    endWeekday: fc.integer({ min: 1, max: 7 }),
    endRule: fc.constantFrom('last-in-month' as const, 'nearest-to-month-end' as const),
    pattern: fc.constantFrom('4-4-5' as const, '4-5-4' as const, '5-4-4' as const),
  }),
);

describe('all years', () => {
  test('[RH5] years, halves, quarters and months follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1990, max: 2080 }), (shape, endsIn) => {
        const calendar = calendarOf(shape);
        const year = fiscalYear(calendar, endsIn);
        expect(fiscalYear(calendar, endsIn + 1).start).toBe(addDays(year.end, 1));
        for (const spans of [year.halves, year.quarters, year.months]) {
          expect(spans[0]?.start).toBe(year.start);
          expect(spans.at(-1)?.end).toBe(year.end);
          for (const [k, span] of spans.slice(1).entries()) {
            expect(span.start).toBe(addDays(spans[k]?.end ?? '', 1));
          }
        }
        if (shape.kind === 'weeks') {
          expect(weekdayOf(year.end)).toBe(shape.endWeekday);
          expect([52, 53]).toContain(year.weeks);
        }
        expect(fiscalYearOf(calendar, year.start).start).toBe(year.start);
        expect(fiscalYearOf(calendar, year.end).start).toBe(year.start);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  test.each([
    ['2026-03-30', '2026 Q2'],
    ['2026-06-29', '2026 Q3'],
    ['2026-09-28', '2026 Q4'],
    ['2025-12-29', '2026 Q1'],
    ['2026-12-28', '2026 Q4'],
  ])('[RH6] the week of Monday %s belongs to %s', (monday, label) => {
    const quarters = [2025, 2026, 2027].flatMap((endsIn) => fiscalYear(januaryYear, endsIn).quarters);
    expect(weekOwner(quarters, monday)?.label).toBe(label);
  });

  test('[RH6] a week starts on the chosen day', () => {
    expect(weekStartOf('2026-04-01', 1)).toBe('2026-03-30');
    expect(weekStartOf('2026-04-01', 7)).toBe('2026-03-29');
  });
});

describe('custom periods', () => {
  test('[RH7] may leave gaps but never overlap', () => {
    const first = { label: 'Spring', start: '2026-01-01', end: '2026-04-30' };
    const later = { label: 'Autumn', start: '2026-06-01', end: '2026-10-31' };
    const clash = { label: 'Summer', start: '2026-04-30', end: '2026-05-31' };
    const backwards = { label: 'Odd', start: '2026-12-31', end: '2026-12-01' };
    expect(checkCustomPeriods([first, later])).toEqual([]);
    expect(checkCustomPeriods([first, later, clash, backwards]).map(({ path }) => path)).toEqual([
      'periods[2]',
      'periods[3]',
    ]);
  });
});
