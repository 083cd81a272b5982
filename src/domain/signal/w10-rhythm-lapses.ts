import { skipsInARow } from '../rhythm/skips-in-a-row.ts';
import type { Instant } from '../time.ts';
import { counted, person, team, type Signal, type SignalSettings } from './signal.ts';

/** One meeting, of the past or ahead. */
export interface MeetingFacts {
  readonly startsAt: Instant;
  readonly status: 'held' | 'skipped' | 'scheduled';
  /** Whether enough people were there; null when nobody counted. */
  readonly quorum: boolean | null;
}

/** What the rule looks at in a ritual: its meetings round now, those of a split series' earlier parts too, oldest first. */
export interface RitualFacts {
  readonly id: string;
  readonly title: string;
  readonly teams: readonly string[];
  /** Who booked it: meant where it is no team's. */
  readonly bookedBy: string | null;
  /** What hangs on it: the weight of what its teams have promised, at most 10. */
  readonly weight: number;
  readonly meetings: readonly MeetingFacts[];
}

/**
 * W10: a ritual was skipped twice in a row, or too few came three times out of four. Skips are counted as everywhere: a
 * meeting that nobody skipped ends the run, whether or not somebody wrote down that it took place.
 */
export function rhythmLapses(
  it: RitualFacts,
  { skips, quorumMissed, quorumOf }: SignalSettings,
  at: Instant,
): Signal | null {
  const skipped = skipsInARow(it.meetings, at);
  const lately = it.meetings.filter(({ quorum }) => quorum !== null).slice(-quorumOf);
  const poor = lately.filter(({ quorum }) => quorum === false);
  const lapsed = skipped.length >= skips;
  if (!lapsed && poor.length < quorumMissed) return null;
  return {
    rule: 'W10',
    subject: { kind: 'ritual', id: it.id },
    title: it.title,
    weight: it.weight,
    severity: lapsed ? skipped.length : poor.length,
    evidence: lapsed
      ? `Skipped ${counted(skipped.length, 'time')} in a row.`
      : `Too few came to ${poor.length} of the last ${lately.length} meetings.`,
    ask: lapsed
      ? 'Hold the next one, move it to a time that works, or end it on purpose.'
      : 'Find a time at which people can come, or ask fewer of them.',
    since: Math.min(at, (lapsed ? skipped : poor)[0]?.startsAt ?? at),
    audience:
      it.teams.length === 0 ? person('owner', it.bookedBy) : it.teams.flatMap((id) => team('lead', id)),
  };
}
