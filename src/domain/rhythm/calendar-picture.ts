import type { LocalDate } from '../time.ts';
import { spanOf, weekOwner, type Span } from './calendar.ts';
import { weekShares, type WeekShare } from './plan-period.ts';
import type { CalendarSettings, PeriodSpan } from './planning-calendar.ts';

/** One week of the picture. */
export interface DrawnWeek extends Span {
  /** Label of the plan period that holds its fourth day; null in a gap. */
  readonly owner: string | null;
  /** It reaches into another plan period, or out of one. */
  readonly straddles: boolean;
  /** For which plan periods its days count, as the calendar has chosen for such weeks. */
  readonly shares: readonly WeekShare[];
}

/** A year as rows of spans, longest first: what is drawn is what is stored. */
export interface DrawnYear extends Span {
  readonly rows: readonly { readonly kind: PeriodSpan['kind']; readonly spans: readonly PeriodSpan[] }[];
  readonly weeks: readonly DrawnWeek[];
}

const rowKinds = ['half', 'quarter', 'custom', 'month'] as const;

/** The year that holds a day, out of periods; without years (custom periods) the calendar year. Null: nothing is there. */
export function drawYear(
  periods: readonly PeriodSpan[],
  { planPeriod, straddle }: Pick<CalendarSettings, 'planPeriod' | 'straddle'>,
  on: LocalDate,
): DrawnYear | null {
  const year = spanOf(
    periods.filter(({ kind }) => kind === 'year'),
    on,
  );
  const name = on.slice(0, 4);
  const { label, start, end } = year ?? { label: name, start: `${name}-01-01`, end: `${name}-12-31` };
  const inside = periods.filter((it) => it.start <= end && it.end >= start);
  if (inside.length === 0) return null;
  const plan = periods.filter(({ kind }) => kind === planPeriod);
  const weeks = inside
    .filter(({ kind }) => kind === 'week')
    .map((week): DrawnWeek => {
      const owner = weekOwner(plan, week.start);
      const straddles = spanOf(plan, week.start) !== spanOf(plan, week.end);
      return {
        ...{ label: week.label, start: week.start, end: week.end, owner: owner?.label ?? null, straddles },
        shares: weekShares(plan, straddle, week),
      };
    });
  const rows = rowKinds
    .map((kind) => ({ kind, spans: inside.filter((it) => it.kind === kind) }))
    .filter(({ spans }) => spans.length > 0);
  return { label, start, end, rows, weeks };
}
