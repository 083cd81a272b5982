import { daysBetween, localDateOf } from '#domain/rhythm/local-time.ts';
import type { Instant, LocalDate, TimeZone } from '#domain/time.ts';

/** What names a stop on the slider of a board. */
export interface Stop {
  readonly id: string;
  readonly why: string;
  readonly label: string;
  readonly at: Instant;
}

/**
 * Names of a board's frozen states, oldest first (product.md "Review day"): a label its maker gave wins; the first commit
 * is *Planning day*; others are named by the week of the plan's period they fall into. Equal names are numbered.
 */
export function nameStops(
  stops: readonly Stop[],
  period: { readonly start: LocalDate; readonly end: LocalDate } | null,
  zone: TimeZone,
): ReadonlyMap<string, string> {
  const firstCommit = stops.find((stop) => stop.why === 'commit');
  const used = new Map<string, number>();
  return new Map(
    stops.map((stop) => {
      const name = nameOf(stop);
      const times = (used.get(name) ?? 0) + 1;
      used.set(name, times);
      return [stop.id, times === 1 ? name : `${name} (${times})`] as const;
    }),
  );

  function nameOf(stop: Stop): string {
    if (stop.label !== '') return stop.label;
    if (stop === firstCommit) return 'Planning day';
    if (stop.why === 'import') return 'Import';
    const day = localDateOf(stop.at, zone);
    const start = period?.start ?? (firstCommit ? localDateOf(firstCommit.at, zone) : day);
    if (day < start) return 'Before the start';
    if (period && day > period.end) return 'After the end';
    return `Week ${Math.floor(daysBetween(start, day) / 7) + 1}`;
  }
}
