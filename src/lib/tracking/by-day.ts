import type { Clock } from '#lib/ui/clock.ts';
import { dayInFull, dayWords, localDateOf } from '#lib/ui/dates.ts';

/** Things of one local day. */
export interface DayGroup<T> {
  readonly day: string;
  /** As people say it: today, yesterday, Friday 3 April. */
  readonly words: string;
  readonly full: string;
  readonly items: readonly T[];
}

/** Groups what happened by the reader's days, in the order given. */
export function byDay<T extends { readonly at: number }>(
  items: readonly T[],
  clock: Clock,
): readonly DayGroup<T>[] {
  const days = Map.groupBy(items, (it) => localDateOf(it.at, clock.timezone));
  return [...days].map(([day, of]) => ({
    day,
    words: dayWords(day, clock),
    full: dayInFull(day, clock),
    items: of,
  }));
}
