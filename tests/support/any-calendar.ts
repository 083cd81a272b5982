import * as fc from 'fast-check';
import { addDays } from '../../src/domain/rhythm/local-time.ts';
import type { CalendarSettings } from '../../src/domain/rhythm/planning-calendar.ts';

const policies = fc.constantFrom('majority' as const, 'due-date' as const);
const common = {
  labelYear: fc.constantFrom('ends' as const, 'starts' as const),
  straddle: policies,
};
const plans = fc.constantFrom('quarter' as const, 'half' as const, 'year' as const);

const monthYears: fc.Arbitrary<CalendarSettings> = fc.record({
  ...common,
  planPeriod: plans,
  weekStart: fc.integer({ min: 1, max: 7 }),
  shape: fc.record({ kind: fc.constant('months' as const), startMonth: fc.integer({ min: 1, max: 12 }) }),
});

const weekYears: fc.Arbitrary<CalendarSettings> = fc
  .record({
    ...common,
    planPeriod: plans,
    shape: fc.record({
      kind: fc.constant('weeks' as const),
      endMonth: fc.integer({ min: 1, max: 12 }),
      endWeekday: fc.integer({ min: 1, max: 7 }),
      endRule: fc.constantFrom('last-in-month' as const, 'nearest-to-month-end' as const),
      pattern: fc.constantFrom('4-4-5' as const, '4-5-4' as const, '5-4-4' as const),
    }),
  })
  .map((it) => ({ ...it, weekStart: (it.shape.endWeekday % 7) + 1 }));

/** Stretches of three to forty weeks with gaps of none to three days, from 2025 for some twelve years. */
const customYears: fc.Arbitrary<CalendarSettings> = fc
  .record({
    straddle: policies,
    weekStart: fc.integer({ min: 1, max: 7 }),
    lengths: fc.array(fc.tuple(fc.integer({ min: 20, max: 280 }), fc.integer({ min: 0, max: 3 })), {
      minLength: 30,
      maxLength: 60,
    }),
  })
  .map(({ straddle, weekStart, lengths }) => {
    let from = '2025-01-01';
    const periods = lengths.map(([days, gap], k) => {
      const span = { label: `Cycle ${k + 1}`, start: from, end: addDays(from, days - 1) };
      from = addDays(span.end, gap + 1);
      return span;
    });
    return {
      ...{ weekStart, shape: { kind: 'custom' as const, periods } },
      ...({ labelYear: 'ends', planPeriod: 'custom', straddle } as const),
    };
  });

/** Calendars of every kind (tracking.md T1). */
export const anyCalendar: fc.Arbitrary<CalendarSettings> = fc.oneof(monthYears, weekYears, customYears);
