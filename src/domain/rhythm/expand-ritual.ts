import type { Instant, LocalDate } from '../time.ts';
import { adjustToBusinessDay, plainWeek } from './business-days.ts';
import { instantAt } from './local-time.ts';
import type { Ritual, RitualException } from './ritual.ts';
import { ritualDates, type RitualGround } from './ritual-dates.ts';

/** One meeting as the rule and its exceptions give it. */
export interface PlannedOccurrence {
  /** The local day its rule gave, before any move or adjustment: its identity. */
  readonly originalDate: LocalDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly status: 'scheduled' | 'skipped';
  /** Moved or added by hand. */
  readonly moved: boolean;
  readonly reason: string | null;
}

type Times = Pick<PlannedOccurrence, 'startsAt' | 'endsAt'>;

/**
 * The meetings of a ritual whose original day lies up to `until`, earliest first (tracking.md T2). The wall-clock time
 * stays through daylight saving; a rotation counts from the ritual's first day, whatever part is looked at. Of one that
 * was ended none is left after its end, not even one that had been moved there.
 */
export function expandRitual(
  ritual: Ritual,
  until: LocalDate,
  ground: RitualGround,
): readonly PlannedOccurrence[] {
  const last = ritual.ends !== null && ritual.ends < until ? ritual.ends : until;
  const calendar = ritual.holidays === 'none' ? plainWeek : ground.calendar;
  const minutes = ritual.durationMinutes * 60_000;
  const at = (date: LocalDate, time: string): Times => {
    const startsAt = instantAt(date, time, ritual.zone);
    return { startsAt, endsAt: startsAt + minutes };
  };
  const days = ritualDates(ritual.rule, ritual.starts, last, { ...ground, calendar });
  const exceptions = new Map(ritual.exceptions.map((it) => [it.date, it]));
  const planned = days.map((date, index): PlannedOccurrence => {
    const time = ritual.rotation[index % Math.max(1, ritual.rotation.length)] ?? ritual.time;
    const usual = at(adjustToBusinessDay(date, ritual.adjust, calendar), time);
    return plan(date, usual, exceptions.get(date) ?? null);
  });
  const added = ritual.exceptions.flatMap((it) =>
    it.added !== null && it.date <= last && !days.includes(it.date)
      ? [plan(it.date, at(it.added.date, it.added.time), it)]
      : [],
  );
  const { endedAt } = ritual;
  return [...planned, ...added]
    .filter(({ startsAt }) => endedAt === null || startsAt <= endedAt)
    .sort((a, b) => a.startsAt - b.startsAt);

  function plan(originalDate: LocalDate, usual: Times, it: RitualException | null): PlannedOccurrence {
    if (it === null) return { originalDate, ...usual, status: 'scheduled', moved: false, reason: null };
    const { reason } = it;
    if (it.action === 'skip') return { originalDate, ...usual, status: 'skipped', moved: false, reason };
    const times = it.action === 'move' ? at(it.to.date, it.to.time) : usual;
    return { originalDate, ...times, status: 'scheduled', moved: true, reason };
  }
}
