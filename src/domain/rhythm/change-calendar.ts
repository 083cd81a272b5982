import type { LocalDate } from '../time.ts';
import type { PeriodKind } from './calendar.ts';
import { cutPeriods } from './cut-periods.ts';
import { addDays } from './local-time.ts';
import type { CalendarSettings, PeriodSpan, PlanPeriodKind } from './planning-calendar.ts';

/** A period as it is stored. */
export interface StoredPeriod extends PeriodSpan {
  readonly id: string;
  readonly closed: boolean;
  /** A board, a promise or a capacity refers to it. */
  readonly used: boolean;
  /** Entered by hand, not cut from a calendar. */
  readonly byHand: boolean;
}

/** What a new calendar does to the periods that are there. */
export interface CalendarChange {
  /** First day it holds for: the day after the running plan period. */
  readonly validFrom: LocalDate;
  readonly add: readonly PeriodSpan[];
  readonly remove: readonly StoredPeriod[];
  /** Those that something refers to keep their identity and get other days. */
  readonly move: readonly { readonly period: StoredPeriod; readonly to: PeriodSpan }[];
}

/**
 * A calendar changed mid-year touches only the periods that have not begun (tracking.md T1): what runs or is closed
 * stays as it was. Where a new period would reach back into one that stays it begins after it, and is called short.
 */
export function changeCalendar(
  stored: readonly StoredPeriod[],
  planPeriod: PlanPeriodKind,
  settings: CalendarSettings,
  { today, until }: { readonly today: LocalDate; readonly until: LocalDate },
): CalendarChange {
  const running = stored.find(
    ({ kind, start, end }) => kind === planPeriod && start <= today && today <= end,
  );
  const closedUntil = last(stored.filter(({ closed }) => closed)) ?? '';
  const after = running ? addDays(running.end, 1) : today;
  const earliest = closedUntil >= after ? addDays(closedUntil, 1) : after;
  const replaced = (it: StoredPeriod): boolean =>
    !it.closed &&
    it.start >= earliest &&
    (it.kind !== 'custom' || !it.byHand || settings.shape.kind === 'custom');
  const kept = stored.filter((it) => !replaced(it));
  const fresh = periodsAfter(kept, settings, { earliest, until });
  const gone = stored.filter(replaced);
  const same = gone.filter((old) => fresh.some((it) => isSame(it, old)));
  const other = fresh.filter((it) => !gone.some((old) => isSame(it, old)));
  const move: { period: StoredPeriod; to: PeriodSpan }[] = [];
  for (const period of gone.filter((it) => it.used && !same.includes(it))) {
    const free = other.filter((it) => !move.some(({ to }) => to === it));
    const to = nearest(period, free, period.kind) ?? nearest(period, free, settings.planPeriod);
    if (to !== null) move.push({ period, to });
  }
  return {
    validFrom: earliest,
    add: other.filter((it) => !move.some(({ to }) => to === it)),
    remove: gone.filter((it) => !it.used && !same.includes(it)),
    move,
  };
}

/** The periods of a calendar that follow those that are there, kind by kind, without gap or overlap. */
export function periodsAfter(
  kept: readonly PeriodSpan[],
  settings: CalendarSettings,
  { earliest, until }: { readonly earliest: LocalDate; readonly until: LocalDate },
): readonly PeriodSpan[] {
  return cutPeriods(settings, earliest, until).flatMap((it) => {
    const end = last(kept.filter(({ kind }) => kind === it.kind));
    const from = end !== null && end >= earliest ? addDays(end, 1) : earliest;
    if (it.end < from) return [];
    return it.start >= from ? [it] : [{ ...it, start: from, label: `${it.label} (short)` }];
  });
}

const isSame = (a: PeriodSpan, b: PeriodSpan): boolean =>
  a.kind === b.kind && a.start === b.start && a.end === b.end;

/** Last day of those periods; null when there are none. */
function last(spans: readonly PeriodSpan[]): LocalDate | null {
  return spans.reduce<LocalDate | null>((end, it) => (end === null || it.end > end ? it.end : end), null);
}

function nearest(old: PeriodSpan, spans: readonly PeriodSpan[], kind: PeriodKind): PeriodSpan | null {
  const overlap = ({ start, end }: PeriodSpan): number => {
    const [from, to] = [start > old.start ? start : old.start, end < old.end ? end : old.end];
    return Date.parse(to) - Date.parse(from);
  };
  return spans
    .filter((it) => it.kind === kind && overlap(it) >= 0)
    .reduce<PeriodSpan | null>(
      (best, it) => (best === null || overlap(it) > overlap(best) ? it : best),
      null,
    );
}
