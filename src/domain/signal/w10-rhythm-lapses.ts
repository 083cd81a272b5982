import type { Instant } from '../time.ts';
import { counted, team, type Signal, type SignalSettings } from './signal.ts';

/** One meeting that should have been by now. */
export interface MeetingFacts {
  readonly at: Instant;
  readonly status: 'held' | 'skipped' | 'scheduled';
  /** Whether enough people were there; null when nobody counted. */
  readonly quorum: boolean | null;
}

/** What the rule looks at in a ritual: its meetings until now, oldest first. */
export interface RitualFacts {
  readonly id: string;
  readonly title: string;
  readonly teams: readonly string[];
  /** What hangs on it: the weight of what its teams have promised, at most 10. */
  readonly weight: number;
  readonly meetings: readonly MeetingFacts[];
}

/** W10: a ritual was skipped twice in a row, or too few came three times out of four. */
export function rhythmLapses(
  it: RitualFacts,
  { skips, quorumMissed, quorumOf }: SignalSettings,
): Signal | null {
  const known = it.meetings.filter(({ status }) => status !== 'scheduled');
  const lastHeld = known.findLastIndex(({ status }) => status === 'held');
  const skipped = known.slice(lastHeld + 1);
  const counted4 = known.filter(({ quorum }) => quorum !== null).slice(-quorumOf);
  const poor = counted4.filter(({ quorum }) => quorum === false);
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
      : `Too few came to ${poor.length} of the last ${counted4.length} meetings.`,
    ask: lapsed
      ? 'Hold the next one, move it to a time that works, or end it on purpose.'
      : 'Find a time at which people can come, or ask fewer of them.',
    since: (lapsed ? skipped : poor)[0]?.at ?? 0,
    audience: it.teams.flatMap((id) => team('lead', id)),
  };
}
