import type { LocalDate } from '../time.ts';
import { spanOf, weekOwner, weekStartOf } from './calendar.ts';
import type { CalendarSettings, PeriodSpan } from './planning-calendar.ts';

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

/** The plan period an answer due on a day counts for: by its week's fourth day, or by the day itself. */
export function periodOfDue<T extends PeriodSpan>(
  periods: readonly T[],
  settings: Pick<CalendarSettings, 'planPeriod' | 'straddle' | 'weekStart'>,
  due: LocalDate,
): T | null {
  const plan = periods.filter(({ kind }) => kind === settings.planPeriod);
  return settings.straddle === 'due-date'
    ? spanOf(plan, due)
    : weekOwner(plan, weekStartOf(due, settings.weekStart));
}
