import { expect, test } from 'vitest';
import type { CalendarSettings } from '#domain/rhythm/planning-calendar.ts';
import { calendarOf, fieldsOf } from './calendar-input.ts';

const common = { weekStart: 1, labelYear: 'starts', straddle: 'due-date' } as const;
const calendars: readonly CalendarSettings[] = [
  { ...common, planPeriod: 'half', shape: { kind: 'months', startMonth: 7 } },
  {
    ...common,
    planPeriod: 'quarter',
    shape: { kind: 'weeks', endMonth: 1, endWeekday: 6, endRule: 'nearest-to-month-end', pattern: '4-5-4' },
  },
  {
    ...common,
    planPeriod: 'custom',
    shape: {
      kind: 'custom',
      periods: [
        { label: 'Spring, early', start: '2026-01-01', end: '2026-03-31' },
        { label: 'Summer', start: '2026-04-01', end: '2026-08-31' },
      ],
    },
  },
];
const plain = calendars[0] as CalendarSettings;

test('[RH31] what is in the address or the form is the calendar that is previewed and saved', () => {
  for (const settings of calendars) {
    const fields = new Map(Object.entries(fieldsOf(settings)));
    expect(calendarOf((name) => fields.get(name) ?? null, plain)).toEqual(settings);
  }
});

test('[RH31] a line of periods that is not understood is shown as the fault, not lost', () => {
  const fields = new Map([
    ['kind', 'custom'],
    ['periods', 'Spring 2026-01-01 to 2026-03-31\nnonsense'],
  ]);
  const { shape } = calendarOf((name) => fields.get(name) ?? null, plain);
  expect(shape).toMatchObject({
    periods: [
      { label: 'Spring', start: '2026-01-01', end: '2026-03-31' },
      { label: 'nonsense', end: '' },
    ],
  });
});
