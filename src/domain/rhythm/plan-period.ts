import type { LocalDate } from '../time.ts';
import { spanOf, weekOwner, weekStartOf, type Span } from './calendar.ts';
import { addDays } from './local-time.ts';
import type { CalendarSettings, PeriodSpan, StraddlePolicy } from './planning-calendar.ts';

/** The plan period a day lies in; in a calendar's gap a custom one that was put there; else null. */
export function planPeriodOn<T extends PeriodSpan>(
  periods: readonly T[],
  { planPeriod }: Pick<CalendarSettings, 'planPeriod'>,
  on: LocalDate,
): T | null {
  const plan = periods.filter(({ kind }) => kind === planPeriod);
  return (
    spanOf(plan, on) ??
    spanOf(
      periods.filter(({ kind }) => kind === 'custom'),
      on,
    )
  );
}

/** What decides where a week of two periods counts. */
export type Counting = Pick<CalendarSettings, 'planPeriod' | 'straddle' | 'weekStart'>;

/** The plan period an answer due on a day counts for: by its week's fourth day, or by the day itself. */
export function periodOfDue<T extends PeriodSpan>(
  periods: readonly T[],
  settings: Counting,
  due: LocalDate,
): T | null {
  const plan = periods.filter(({ kind }) => kind === settings.planPeriod);
  return settings.straddle === 'due-date'
    ? spanOf(plan, due)
    : weekOwner(plan, weekStartOf(due, settings.weekStart));
}

/** One version of a calendar, and from which day on it holds. */
export interface CountingFrom extends Counting {
  readonly validFrom: LocalDate;
}

/** The same through every version of a calendar: a day counts as the calendar of its time says (tracking.md T1). */
export function periodOfDueThen<T extends PeriodSpan>(
  periods: readonly T[],
  versions: readonly CountingFrom[],
  due: LocalDate,
): T | null {
  const held = versions.filter(({ validFrom }) => validFrom <= due);
  const newest = (held.length > 0 ? held : versions).reduce<CountingFrom | null>(
    (last, it) => (last === null || it.validFrom >= last.validFrom ? it : last),
    null,
  );
  return newest === null ? null : periodOfDue(periods, newest, due);
}

/** Days of a week that count for one plan period; `owner` is its label, null in a gap. */
export interface WeekShare {
  readonly owner: string | null;
  readonly start: LocalDate;
  readonly end: LocalDate;
}

/** For which plan periods the days of a week count: for one as a whole, or each day for its own. */
export function weekShares(
  plan: readonly Span[],
  straddle: StraddlePolicy,
  week: Pick<Span, 'start' | 'end'>,
): readonly WeekShare[] {
  const { start, end } = week;
  if (straddle === 'majority') return [{ owner: weekOwner(plan, start)?.label ?? null, start, end }];
  const shares: WeekShare[] = [];
  for (let day = start; day <= end; day = addDays(day, 1)) {
    const owner = spanOf(plan, day)?.label ?? null;
    const last = shares.at(-1);
    if (last?.owner === owner && last.end === addDays(day, -1))
      shares[shares.length - 1] = { ...last, end: day };
    else shares.push({ owner, start: day, end: day });
  }
  return shares;
}
