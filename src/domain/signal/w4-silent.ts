import { dayMs } from '../rhythm/local-time.ts';
import type { Instant } from '../time.ts';
import type { PromiseFacts } from './promise-facts.ts';
import { counted, person, team, type Signal, type SignalSettings } from './signal.ts';
import type { Silence } from './silence.ts';

/** W4: a commitment that weighs something has been silent for more than a week. */
export function silent(
  it: PromiseFacts,
  silence: Silence | null,
  at: Instant,
  { heavyFrom, staleDays }: SignalSettings,
): Signal | null {
  if (silence === null || it.weight < heavyFrom) return null;
  if (at - silence.since <= staleDays * dayMs) return null;
  const days = Math.floor((at - silence.since) / dayMs);
  return {
    rule: 'W4',
    subject: { kind: 'commitment', id: it.id },
    title: it.statement,
    weight: it.weight,
    severity: silence.missed,
    evidence: `No word for ${counted(days, 'day')}: ${counted(silence.missed, 'check-in')} went unanswered.`,
    ask: 'Check in now, if only to say that nothing moved.',
    since: silence.since,
    audience: [...person('owner', it.owner), ...person('reviewer', it.reviewer), ...team('lead', it.team)],
  };
}
