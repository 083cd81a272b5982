import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawYear } from './calendar-picture.ts';
import { changeCalendar, periodsAfter, type StoredPeriod } from './change-calendar.ts';
import { checkCalendar } from './check-calendar.ts';
import { cutPeriods } from './cut-periods.ts';
import { addDays, daysBetween } from './local-time.ts';
import { periodOfDue, periodOfDueThen, planPeriodOn } from './plan-period.ts';
import type { CalendarSettings, PeriodSpan } from './planning-calendar.ts';
import { anyCalendar } from '../../../tests/support/any-calendar.ts';

const january: CalendarSettings = {
  shape: { kind: 'months', startMonth: 1 },
  ...({ weekStart: 1, labelYear: 'ends', planPeriod: 'quarter', straddle: 'majority' } as const),
};
const of = (periods: readonly PeriodSpan[], kind: PeriodSpan['kind']) =>
  periods.filter((it) => it.kind === kind);
const labelled = (periods: readonly PeriodSpan[], label: string) => periods.find((it) => it.label === label);
let numbered = 0;
const store = (spans: readonly PeriodSpan[], more: Partial<StoredPeriod> = {}): StoredPeriod[] =>
  spans.map((it) => ({
    ...it,
    id: `p${(numbered += 1)}`,
    closed: false,
    used: false,
    byHand: false,
    ...more,
  }));

describe('cutting periods', () => {
  test('[RH19] weeks of years from January are the ISO weeks', () => {
    const periods = cutPeriods(january, '2026-01-01', '2026-12-31');
    expect(labelled(periods, '2026 W01')).toMatchObject({ start: '2025-12-29', end: '2026-01-04' });
    expect(labelled(periods, '2026 W53')).toMatchObject({ start: '2026-12-28', end: '2027-01-03' });
    expect(of(periods, 'quarter')).toHaveLength(4);
    expect(of(periods, 'half').map(({ end }) => end)).toEqual(['2026-06-30', '2026-12-31']);
  });

  test('[RH19] kind by kind, ten years of any calendar follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(anyCalendar, (settings) => {
        const periods = cutPeriods(settings, '2026-03-01', '2036-03-01');
        for (const kind of ['year', 'half', 'quarter', 'month', 'week'] as const) {
          const spans = of(periods, kind);
          for (const [k, span] of spans.slice(1).entries())
            expect(span.start).toBe(addDays(spans[k]?.end ?? '', 1));
          if (settings.shape.kind !== 'custom') expect(spans.length).toBeGreaterThan(9);
        }
      }),
      { seed: 20261125, numRuns: 60 },
    );
  });

  test('[RH20] a calendar that makes no sense is refused with every fault', () => {
    const wrong = checkCalendar({
      ...january,
      weekStart: 8,
      planPeriod: 'custom',
      shape: { kind: 'months', startMonth: 13 },
    });
    expect(wrong.ok ? [] : wrong.refusal.faults?.map(({ path }) => path)).toEqual([
      'startMonth',
      'planPeriod',
      'weekStart',
    ]);
    const overlap = checkCalendar({
      ...january,
      planPeriod: 'custom',
      shape: {
        kind: 'custom',
        periods: [
          { label: 'Spring', start: '2026-01-01', end: '2026-05-31' },
          { label: 'Summer', start: '2026-05-31', end: '2026-08-31' },
        ],
      },
    });
    expect(overlap).toMatchObject({ ok: false, refusal: { code: 'invalid-calendar', path: 'periods' } });
  });

  test('[RH20] a 52/53-week year that ends on a Saturday has weeks that start on a Sunday', () => {
    const checked = checkCalendar({
      ...january,
      shape: { kind: 'weeks', endMonth: 1, endWeekday: 6, endRule: 'last-in-month', pattern: '4-4-5' },
    });
    expect(checked.ok && checked.value.weekStart).toBe(7);
  });
});

describe('changing the calendar', () => {
  const april: CalendarSettings = { ...january, shape: { kind: 'months', startMonth: 4 } };
  const stored = store(cutPeriods(january, '2026-01-01', '2028-12-31'));
  const change = changeCalendar(stored, 'quarter', april, { today: '2026-05-10', until: '2029-05-10' });
  const kept = stored.filter((it) => !change.remove.includes(it));
  const after: PeriodSpan[] = [...kept, ...change.add].sort((a, b) => a.start.localeCompare(b.start));

  test('[RH21] what runs stays; the new calendar begins after the running quarter', () => {
    expect(change.validFrom).toBe('2026-07-01');
    expect(kept.some(({ label }) => label === '2026')).toBe(true);
    expect(
      of(after, 'quarter')
        .map(({ label, start }) => `${start} ${label}`)
        .slice(0, 4),
    ).toEqual(['2026-01-01 2026 Q1', '2026-04-01 2026 Q2', '2026-07-01 2026 Q3', '2026-10-01 2026 Q4']);
    expect(labelled(after, 'FY2027 (short)')).toMatchObject({ start: '2027-01-01', end: '2027-03-31' });
  });

  test('[RH21] closed periods are frozen, even ahead', () => {
    const closed = stored.map((it) => (it.label === '2026 Q3' ? { ...it, closed: true } : it));
    const later = changeCalendar(closed, 'quarter', april, { today: '2026-05-10', until: '2029-05-10' });
    expect(later.validFrom).toBe('2026-10-01');
    expect(later.remove.some(({ label }) => label === '2026 Q3')).toBe(false);
  });

  test('[RH21] from any calendar to any other on any day: no gap, no overlap, nothing begun is touched', () => {
    fc.assert(
      fc.property(anyCalendar, anyCalendar, fc.integer({ min: 0, max: 700 }), (one, other, later) => {
        const [until, today] = ['2031-01-01', addDays('2026-01-01', later)];
        const before = store(periodsAfter([], one, { earliest: '2025-01-01', until }));
        const { add, remove, validFrom } = changeCalendar(before, one.planPeriod, other, { today, until });
        const now = [...before.filter((it) => !remove.includes(it)), ...add];
        for (const it of remove) expect(it.start > today && it.start >= validFrom).toBe(true);
        for (const it of add) expect(it.start >= validFrom).toBe(true);
        for (const kind of ['year', 'half', 'quarter', 'month', 'week', 'custom'] as const) {
          const spans = of(now, kind).sort((a, b) => a.start.localeCompare(b.start));
          for (const [k, span] of spans.slice(1).entries()) {
            const previous = spans[k]?.end ?? '';
            if (kind === 'custom') expect(span.start > previous).toBe(true);
            else if (spans.every(({ start }) => start < validFrom)) expect(span.start > previous).toBe(true);
            else if (one.shape.kind !== 'custom' && other.shape.kind !== 'custom') {
              expect(span.start).toBe(addDays(previous, 1));
            }
          }
        }
      }),
      { seed: 20261125, numRuns: 60 },
    );
  });

  test('[RH22] what is referred to keeps its identity and gets the days of the nearest new period', () => {
    const shifted: CalendarSettings = { ...january, shape: { kind: 'months', startMonth: 2 } };
    const used = stored.map((it) => (it.label === '2026 Q4' ? { ...it, used: true } : it));
    const moved = changeCalendar(used, 'quarter', shifted, { today: '2026-05-10', until: '2029-05-10' });
    expect(moved.move.map(({ period, to }) => [period.label, to.start, to.end])).toEqual([
      ['2026 Q4', '2026-11-01', '2027-01-31'],
    ]);
    expect(moved.remove.some(({ label }) => label === '2026 Q4')).toBe(false);
    expect(of(moved.add, 'quarter').map(({ start }) => start)).not.toContain('2026-11-01');
  });
});

describe('reading periods', () => {
  const periods = cutPeriods(january, '2025-01-01', '2027-12-31');

  test('[RH23] a day of a week in two quarters counts by its fourth day, or for itself', () => {
    const due = '2026-03-31';
    expect(periodOfDue(periods, january, due)?.label).toBe('2026 Q2');
    expect(periodOfDue(periods, { ...january, straddle: 'due-date' }, due)?.label).toBe('2026 Q1');
  });

  test('[RH23] in a gap there is no plan period', () => {
    const custom: CalendarSettings = {
      ...january,
      planPeriod: 'custom',
      shape: { kind: 'custom', periods: [{ label: 'Spring', start: '2026-01-01', end: '2026-05-31' }] },
    };
    const cut = cutPeriods(custom, '2026-01-01', '2026-12-31');
    expect(planPeriodOn(cut, custom, '2026-05-31')?.label).toBe('Spring');
    expect(planPeriodOn(cut, custom, '2026-06-01')).toBeNull();
    expect(planPeriodOn(cutPeriods(january, '2026-01-01', '2026-12-31'), january, '2026-08-15')?.label).toBe(
      '2026 Q3',
    );
  });

  test('[RH24] the picture has the weeks of the year, their owners and the straddling ones', () => {
    const year = drawYear(periods, january, '2026-05-10');
    expect(year).toMatchObject({ label: '2026', start: '2026-01-01', end: '2026-12-31' });
    expect(year?.rows.map(({ kind, spans }) => [kind, spans.length])).toEqual([
      ['half', 2],
      ['quarter', 4],
      ['month', 12],
    ]);
    expect(year?.weeks).toHaveLength(53);
    const straddling = year?.weeks
      .filter(({ straddles }) => straddles)
      .map(({ start, owner }) => [start, owner]);
    expect(straddling).toEqual([
      ['2025-12-29', '2026 Q1'],
      ['2026-03-30', '2026 Q2'],
      ['2026-06-29', '2026 Q3'],
      ['2026-09-28', '2026 Q4'],
      ['2026-12-28', '2026 Q4'],
    ]);
  });

  test('[RH33] a week of two quarters counts whole, or each of its days for its own', () => {
    const week = (settings: CalendarSettings) =>
      drawYear(periods, settings, '2026-05-10')?.weeks.find(({ start }) => start === '2026-03-30')?.shares;
    expect(week(january)).toEqual([{ owner: '2026 Q2', start: '2026-03-30', end: '2026-04-05' }]);
    expect(week({ ...january, straddle: 'due-date' })).toEqual([
      { owner: '2026 Q1', start: '2026-03-30', end: '2026-03-31' },
      { owner: '2026 Q2', start: '2026-04-01', end: '2026-04-05' },
    ]);
  });

  test('[RH33] a due day counts as the calendar of its time says', () => {
    const versions = [
      { ...january, validFrom: '1970-01-01' },
      { ...january, straddle: 'due-date', validFrom: '2026-07-01' } as const,
    ];
    expect(periodOfDueThen(periods, versions, '2026-03-31')?.label).toBe('2026 Q2');
    expect(periodOfDueThen(periods, versions, '2026-09-29')?.label).toBe('2026 Q3');
    expect(
      periodOfDueThen(
        periods,
        [january].map((it) => ({ ...it, validFrom: '1970-01-01' })),
        '2026-09-29',
      ),
    ).toMatchObject({ label: '2026 Q4' });
  });

  test('[RH33] picture and dues agree on every day of ten years, whatever the calendar and the choice', () => {
    fc.assert(
      fc.property(anyCalendar, (settings) => {
        const cut = cutPeriods(settings, '2026-01-01', '2036-12-31');
        let split = 0;
        for (let year = 2026; year < 2036; year += 1) {
          for (const { shares, start, end } of drawYear(cut, settings, `${year}-06-15`)?.weeks ?? []) {
            if (start < '2026-03-01' || end > '2035-12-01') continue;
            if (shares.length > 1) split += 1;
            expect(shares[0]?.start).toBe(start);
            expect(shares.at(-1)?.end).toBe(end);
            for (const share of shares) {
              for (let day = share.start; day <= share.end; day = addDays(day, 1)) {
                expect(periodOfDue(cut, settings, day)?.label ?? null, day).toBe(share.owner);
              }
            }
          }
        }
        // Years of whole weeks have none to split, nor have calendars that count weeks whole.
        if (settings.straddle === 'majority' || settings.shape.kind === 'weeks') expect(split).toBe(0);
        else expect(split).toBeGreaterThan(4);
      }),
      { seed: 20261125, numRuns: 12 },
    );
  });

  test('[RH24] a 53-week year has no straddling week', () => {
    const retail: CalendarSettings = {
      ...january,
      weekStart: 7,
      shape: { kind: 'weeks', endMonth: 1, endWeekday: 6, endRule: 'last-in-month', pattern: '4-4-5' },
    };
    const year = drawYear(cutPeriods(retail, '2025-02-01', '2026-12-31'), retail, '2025-06-01');
    expect(year?.weeks).toHaveLength(53);
    expect(year?.weeks.some(({ straddles }) => straddles)).toBe(false);
    expect(daysBetween(year?.start ?? '', year?.end ?? '') + 1).toBe(53 * 7);
  });
});
