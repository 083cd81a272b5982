import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { readDays } from '../../server/rhythm/read-days.ts';
import { recurringDays } from '../../src/domain/rhythm/recurring-days.ts';
import type { Outcome } from '../../src/domain/outcome.ts';

const read = (text: string) => readDays(text, '2026-04-01');
const code = (outcome: Outcome<unknown>) => (outcome.ok ? 'allowed' : outcome.refusal.code);

describe('reading holidays', () => {
  test('[RH29] a list, one a line', () => {
    expect(read('# 2026\n2026-12-25 Christmas\n\n2026-12-24..2026-12-31, Shut down\n')).toEqual({
      ok: true,
      value: [
        { start: '2026-12-25', end: '2026-12-25', label: 'Christmas' },
        { start: '2026-12-24', end: '2026-12-31', label: 'Shut down' },
      ],
    });
    const wrong = read('2026-12-25 Christmas\n2026-02-30 Nonsense\nEaster');
    expect(wrong).toMatchObject({ ok: false, refusal: { code: 'not-understood' } });
    expect(wrong.ok ? [] : wrong.refusal.faults?.map(({ message }) => message.slice(0, 6))).toEqual([
      'Line 2',
      'Line 3',
    ]);
  });

  test('[RH29] a calendar file: its all-day events', () => {
    const file = [
      'BEGIN:VCALENDAR',
      ...[
        'BEGIN:VEVENT',
        'DTSTART;VALUE=DATE:20261225',
        'DTEND;VALUE=DATE:20261227',
        'SUMMARY:Christmas\\, both',
        '  days',
        'END:VEVENT',
      ],
      ...['BEGIN:VEVENT', 'DTSTART;TZID=Europe/Berlin:20260101T100000', 'SUMMARY:A meeting', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20260101', 'STATUS:CANCELLED', 'SUMMARY:Gone', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20260501', 'SUMMARY:May Day', 'END:VEVENT', 'END:VCALENDAR'],
    ].join('\r\n');
    expect(read(file)).toEqual({
      ok: true,
      value: [
        { start: '2026-05-01', end: '2026-05-01', label: 'May Day' },
        { start: '2026-12-25', end: '2026-12-26', label: 'Christmas, both days' },
      ],
    });
  });

  const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
  const calendar = (...events: string[][]) =>
    ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flat(), 'END:VCALENDAR'].join('\r\n');
  const starts = (text: string) => {
    const found = read(text);
    return found.ok
      ? found.value.map(({ start, end }) => (start === end ? start : `${start}..${end}`))
      : code(found);
  };

  test('[RH34] what comes every year is written down from the year before to five years ahead', () => {
    const fixed = event('UID:a', 'DTSTART;VALUE=DATE:20000501', 'RRULE:FREQ=YEARLY', 'SUMMARY:May Day');
    expect(starts(calendar(fixed))).toEqual([
      ...['2025-05-01', '2026-05-01', '2027-05-01', '2028-05-01', '2029-05-01', '2030-05-01'],
    ]);
    const thanks = event(
      'UID:b',
      'DTSTART;VALUE=DATE:20241128',
      'DTEND;VALUE=DATE:20241129',
      'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
      'SUMMARY:Thanksgiving',
    );
    expect(starts(calendar(thanks)).slice(0, 3)).toEqual(['2025-11-27', '2026-11-26', '2027-11-25']);
    const last = event(
      'UID:c',
      'DTSTART;VALUE=DATE:20240527',
      'RRULE:FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5;UNTIL=20270531',
      'SUMMARY:Memorial Day',
    );
    expect(starts(calendar(last))).toEqual(['2025-05-26', '2026-05-25', '2027-05-31']);
  });

  test('[RH34] as often as its rule says, without the days left out and with those added', () => {
    const some = event(
      'UID:d',
      'DTSTART;VALUE=DATE:20251224',
      'DURATION:P3D',
      'RRULE:FREQ=YEARLY;COUNT=3',
      'EXDATE;VALUE=DATE:20261224,20301224',
      'RDATE;VALUE=DATE:20281223',
      'SUMMARY:Shut down',
      ...['BEGIN:VALARM', 'TRIGGER:-P1D', 'DURATION:PT15M', 'SUMMARY:Soon', 'END:VALARM'],
    );
    const found = read(calendar(some));
    expect(found.ok && found.value).toEqual([
      { start: '2025-12-24', end: '2025-12-26', label: 'Shut down' },
      { start: '2027-12-24', end: '2027-12-26', label: 'Shut down' },
      { start: '2028-12-23', end: '2028-12-25', label: 'Shut down' },
    ]);
  });

  test('[RH34] any yearly rule gives the days that another reader of calendar files finds', () => {
    const rules = fc.record({
      month: fc.integer({ min: 1, max: 12 }),
      nth: fc.constantFrom(1, 2, 3, 4, -1),
      weekday: fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'),
      count: fc.constantFrom('', ';COUNT=4', ';UNTIL=20280630'),
    });
    fc.assert(
      fc.property(rules, ({ month, nth, weekday, count }) => {
        const rule = `FREQ=YEARLY;BYMONTH=${month};BYDAY=${nth}${weekday}${count}`;
        const first = '2024-01-01';
        const expansion = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(first));
        const expected: string[] = [];
        for (let next = expansion.next(); next !== null; next = expansion.next()) {
          const day = next.toString();
          if (day > '2031-04-05') break;
          if (day >= '2025-04-01') expected.push(day);
        }
        const window = { from: '2025-04-01', to: '2031-04-05' };
        expect(recurringDays(first, rule, window), rule).toEqual(expected);
      }),
      { seed: 20261125, numRuns: 80 },
    );
  });

  test('[RH34] one day of a series that was moved is where it was moved to', () => {
    const series = event(
      'UID:e',
      'DTSTART;VALUE=DATE:20250704',
      'RRULE:FREQ=YEARLY;COUNT=3',
      'SUMMARY:Fourth',
    );
    const moved = event(
      'UID:e',
      'RECURRENCE-ID;VALUE=DATE:20260704',
      'DTSTART;VALUE=DATE:20260703',
      'SUMMARY:Fourth (observed)',
    );
    expect(starts(calendar(series, moved))).toEqual(['2025-07-04', '2026-07-03', '2027-07-04']);
  });

  test('[RH29][RH34] a rule that is not understood, or comes too often for a holiday, is refused by name', () => {
    for (const rule of ['FREQ=HOURLY', 'FREQ=YEARLY;BYDAY=XX', 'FREQ=DAILY', 'nonsense']) {
      const wrong = read(
        calendar(event('UID:f', 'DTSTART;VALUE=DATE:20260101', `RRULE:${rule}`, 'SUMMARY:Odd')),
      );
      expect(wrong, rule).toMatchObject({ ok: false, refusal: { code: 'not-understood' } });
      expect(wrong.ok ? '' : wrong.refusal.message).toContain('“Odd”');
    }
  });
});
