import type { Instant, LocalDate, TimeZone } from '../time.ts';
import type { BusinessDayAdjust } from './business-days.ts';
import type { LocalTime } from './local-time.ts';

export const ritualKinds = [
  'weekly',
  'monthly',
  'quarterly-close',
  'quarterly-plan',
  'annual',
  'custom',
] as const;
export type RitualKind = (typeof ritualKinds)[number];

/** A day within a month; `nth` -1 is the last. */
export type MonthDay =
  | { readonly on: 'weekday'; readonly nth: 1 | 2 | 3 | 4 | -1; readonly weekday: number }
  | { readonly on: 'day'; readonly day: number }
  | { readonly on: 'last-day' };

/** Periods a ritual can hang on; `plan` is the one that planning and close serve. */
export type AnchorPeriod = 'month' | 'quarter' | 'half' | 'year' | 'custom' | 'plan';

/** On which days a ritual falls (tracking.md T2). Weekdays are 1 = Monday ... 7 = Sunday. */
export type RitualRule =
  /** Every n-th week, counted from the week of `starts`. */
  | { readonly type: 'weekly'; readonly every: number; readonly weekdays: readonly number[] }
  /** Every n-th month, counted from the month of `starts`. A month without the day has no meeting. */
  | { readonly type: 'monthly'; readonly every: number; readonly day: MonthDay }
  | { readonly type: 'yearly'; readonly month: number; readonly day: MonthDay }
  /**
   * Some weeks, then some business days, away from a period's first or last day; then the weekday of that week, when one
   * is given. Follows the stored periods, so that it holds in 52/53-week years too.
   */
  | {
      readonly type: 'period';
      readonly period: AnchorPeriod;
      readonly anchor: 'start' | 'end';
      readonly weeks: number;
      readonly businessDays: number;
      readonly weekday: number | null;
    }
  /** Only days added by hand. */
  | { readonly type: 'dates'; readonly dates: readonly LocalDate[] };

/** A day and wall-clock time of a meeting. */
export interface MeetingTime {
  readonly date: LocalDate;
  readonly time: LocalTime;
}

/**
 * What one meeting does other than its rule says. `date` is the day the rule gave, or the added day itself; `added` is
 * when a meeting was to be that no rule gave.
 */
export type RitualException =
  | {
      readonly action: 'skip';
      readonly date: LocalDate;
      readonly added: MeetingTime | null;
      readonly reason: string;
    }
  | {
      readonly action: 'move';
      readonly date: LocalDate;
      readonly to: MeetingTime;
      readonly added: MeetingTime | null;
      readonly reason: string;
    }
  | {
      readonly action: 'add';
      readonly date: LocalDate;
      readonly added: MeetingTime;
      readonly reason: string;
    };

/** What was agreed about a ritual; all of it can be changed for the meetings still ahead. */
export interface RitualTerms {
  readonly kind: RitualKind;
  readonly title: string;
  /** Whose it is; none = everybody's. */
  readonly teams: readonly string[];
  readonly board: string | null;
  readonly rule: RitualRule;
  /** Wall-clock time at which it starts. */
  readonly time: LocalTime;
  /** Times taken in turn instead of `time`, so that no zone always pays; empty = no rotation. */
  readonly rotation: readonly LocalTime[];
  readonly zone: TimeZone;
  readonly durationMinutes: number;
  readonly adjust: BusinessDayAdjust;
  /** Holidays that `adjust` avoids: everybody's, also those of its teams, or none. */
  readonly holidays: 'organisation' | 'teams' | 'none';
  readonly starts: LocalDate;
  readonly ends: LocalDate | null;
  /** Persons who facilitate in turn. */
  readonly rota: readonly string[];
  /** People who must be there; null = no quorum. */
  readonly quorum: number | null;
}

type Needed = 'kind' | 'title' | 'rule' | 'time' | 'zone' | 'durationMinutes' | 'starts';

/** Terms as somebody asks for them: what is not said has a plain default. */
export type RitualAsked = Pick<RitualTerms, Needed> & {
  readonly [K in Exclude<keyof RitualTerms, Needed>]?: RitualTerms[K] | undefined;
};

/** One recurring meeting: the fold of its events. */
export interface Ritual extends RitualTerms {
  /** The same for all parts of a split series. */
  readonly series: string;
  readonly exceptions: readonly RitualException[];
  readonly bookedBy: string | null;
  /** Nobody holds it any more from here on. */
  readonly endedAt: Instant | null;
}
