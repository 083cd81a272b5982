import { depths, type Depth } from '../depth/depth.ts';
import type { LocalDate, TimeZone } from '../time.ts';
import type { RitualTerms } from './ritual.ts';

/** Whose rituals are offered. */
export interface OfferedTo {
  readonly depth: Depth;
  readonly teams: readonly string[];
  readonly board: string | null;
  readonly zone: TimeZone;
  readonly starts: LocalDate;
  readonly planPeriod: string;
}

/**
 * The rituals a rhythm is booked from (tracking.md T14, T18): weekly, and close and plan of the period; in standard depth
 * also monthly and annual. The close is five business days after the period's end, as check-ins reckon it, the plan in
 * the week after: never the same meeting.
 */
export function ritualOffers({
  depth,
  teams,
  board,
  zone,
  starts,
  planPeriod,
}: OfferedTo): readonly RitualTerms[] {
  const common = {
    ...{ teams, board, zone, starts, ends: null, rotation: [], rota: [], quorum: null },
    ...({ adjust: 'following', holidays: 'teams' } as const),
  };
  const period = { quarter: 'Quarter', half: 'Half-year', year: 'Year' }[planPeriod] ?? 'Period';
  const weekly: RitualTerms = {
    ...common,
    ...{ kind: 'weekly', title: 'Weekly', time: '10:00', durationMinutes: depths[depth].weeklyMinutes },
    rule: { type: 'weekly', every: 1, weekdays: [1] },
    adjust: 'none',
  };
  const close: RitualTerms = {
    ...common,
    ...{ kind: 'quarterly-close', title: `${period} close`, time: '10:00', durationMinutes: 90 },
    rule: { type: 'period', period: 'plan', anchor: 'end', weeks: 0, businessDays: 5, weekday: null },
  };
  const plan: RitualTerms = {
    ...common,
    ...{ kind: 'quarterly-plan', title: `${period} planning`, time: '09:00', durationMinutes: 240 },
    rule: { type: 'period', period: 'plan', anchor: 'start', weeks: 2, businessDays: 0, weekday: 2 },
  };
  const monthly: RitualTerms = {
    ...common,
    ...{ kind: 'monthly', title: 'Monthly review', time: '10:00', durationMinutes: 75 },
    rule: { type: 'monthly', every: 1, day: { on: 'weekday', nth: 2, weekday: 2 } },
  };
  const annual: RitualTerms = {
    ...common,
    ...{ kind: 'annual', title: 'Direction of the year', time: '09:00', durationMinutes: 480 },
    rule: { type: 'period', period: 'year', anchor: 'end', weeks: -6, businessDays: 0, weekday: 2 },
    // With custom periods there are no years to hang on.
    ...(planPeriod === 'custom'
      ? { rule: { type: 'yearly', month: 11, day: { on: 'weekday', nth: 3, weekday: 2 } } as const }
      : {}),
  };
  const { rituals } = depths[depth];
  return [weekly, monthly, close, plan, annual].filter(({ kind }) => rituals.includes(kind));
}
