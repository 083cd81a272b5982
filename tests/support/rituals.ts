import { plainWeek } from '../../src/domain/rhythm/business-days.ts';
import { cutPeriods } from '../../src/domain/rhythm/cut-periods.ts';
import { expandRitual } from '../../src/domain/rhythm/expand-ritual.ts';
import type { CalendarSettings } from '../../src/domain/rhythm/planning-calendar.ts';
import type { Ritual, RitualRule, RitualTerms } from '../../src/domain/rhythm/ritual.ts';

export const january: CalendarSettings = {
  shape: { kind: 'months', startMonth: 1 },
  ...({ weekStart: 1, labelYear: 'ends', planPeriod: 'quarter', straddle: 'majority' } as const),
};
export const retail: CalendarSettings = {
  ...january,
  weekStart: 7,
  shape: { kind: 'weeks', endMonth: 1, endWeekday: 6, endRule: 'last-in-month', pattern: '4-4-5' },
};
export const groundOf = (settings: CalendarSettings, holidays: readonly string[] = []) => ({
  periods: cutPeriods(settings, '2025-01-01', '2029-12-31'),
  planPeriod: settings.planPeriod,
  calendar: { ...plainWeek, holidays },
  weekStart: settings.weekStart,
});
export const ground = groundOf(january);
export const terms: RitualTerms = {
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
export const ritual = (more: Partial<Ritual> = {}): Ritual => ({
  ...terms,
  ...{ series: 's', exceptions: [], bookedBy: 'ana', endedAt: null },
  ...more,
});
export const starts = (it: Ritual, until: string, on = ground) =>
  expandRitual(it, until, on).map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16));
export const days = (rule: RitualRule, until: string, on = ground, from = '2026-01-01') =>
  expandRitual(ritual({ rule, starts: from, zone: 'UTC' }), until, on).map(
    ({ originalDate }) => originalDate,
  );
