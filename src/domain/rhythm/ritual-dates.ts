import { Temporal } from 'temporal-polyfill';
import { RRuleTemporal } from 'rrule-temporal';
import type { LocalDate } from '../time.ts';
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import { weekStartOf } from './calendar.ts';
import { addDays } from './local-time.ts';
import type { PeriodSpan, PlanPeriodKind } from './planning-calendar.ts';
import type { MonthDay, RitualRule } from './ritual.ts';

/** What the days of a ritual depend on beside its rule. */
export interface RitualGround {
  /** Stored periods, for rituals that hang on them. */
  readonly periods: readonly PeriodSpan[];
  readonly planPeriod: PlanPeriodKind;
  readonly calendar: BusinessCalendar;
  /** 1 = Monday ... 7 = Sunday. */
  readonly weekStart: number;
}

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** The days a rule gives from `starts` to `until`, both included, earliest first, before any adjustment. */
export function ritualDates(
  rule: RitualRule,
  starts: LocalDate,
  until: LocalDate,
  ground: RitualGround,
): readonly LocalDate[] {
  if (until < starts) return [];
  const inside = (dates: readonly LocalDate[]): readonly LocalDate[] =>
    [...new Set(dates)].filter((it) => starts <= it && it <= until).sort();
  switch (rule.type) {
    case 'weekly':
      return inside(
        recur(starts, until, {
          freq: 'WEEKLY',
          interval: rule.every,
          byDay: rule.weekdays.map((day) => codes[day - 1] ?? 'MO'),
          wkst: codes[ground.weekStart - 1] ?? 'MO',
        }),
      );
    case 'monthly':
      return inside(recur(starts, until, { freq: 'MONTHLY', interval: rule.every, ...byDay(rule.day) }));
    case 'yearly':
      return inside(recur(starts, until, { freq: 'YEARLY', byMonth: [rule.month], ...byDay(rule.day) }));
    case 'dates':
      return inside(rule.dates);
    case 'period': {
      const kind = rule.period === 'plan' ? ground.planPeriod : rule.period;
      const spans = ground.periods.filter((it) => it.kind === kind);
      return inside(spans.map((span) => anchored(rule, span, ground)));
    }
  }
}

/** The day of one period: weeks first, then business days, then the weekday of the week that is reached. */
function anchored(
  rule: Extract<RitualRule, { type: 'period' }>,
  span: PeriodSpan,
  { calendar, weekStart }: RitualGround,
): LocalDate {
  const away = addDays(rule.anchor === 'start' ? span.start : span.end, rule.weeks * 7);
  const day = addBusinessDays(away, rule.businessDays, calendar);
  if (rule.weekday === null) return day;
  return addDays(weekStartOf(day, weekStart), (rule.weekday - weekStart + 7) % 7);
}

function byDay(day: MonthDay): { readonly byDay?: string[]; readonly byMonthDay?: number[] } {
  if (day.on === 'last-day') return { byMonthDay: [-1] };
  if (day.on === 'day') return { byMonthDay: [day.day] };
  return { byDay: [`${day.nth}${codes[day.weekday - 1] ?? 'MO'}`] };
}

interface Recurrence {
  readonly freq: 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval?: number;
  readonly byDay?: string[];
  readonly byMonthDay?: number[];
  readonly byMonth?: number[];
  readonly wkst?: (typeof codes)[number];
}

/** Days only, so counted in UTC: the wall-clock time is put on them afterwards, in the ritual's zone. */
function recur(starts: LocalDate, until: LocalDate, rule: Recurrence): readonly LocalDate[] {
  const dtstart = Temporal.PlainDate.from(starts).toZonedDateTime('UTC');
  const end = Temporal.PlainDate.from(until).toZonedDateTime('UTC');
  const found = new RRuleTemporal({ ...rule, dtstart, until: end });
  return found.all().map((it) => it.toPlainDate().toString());
}
