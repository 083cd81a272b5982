import { dayMs, endOfDay } from '../rhythm/local-time.ts';
import type { Instant, LocalDate, TimeZone } from '../time.ts';
import { counted, person, team, type Signal, type SignalSettings } from './signal.ts';

/** What the rule looks at in a question somebody decides. */
export interface DecisionFacts {
  readonly id: string;
  readonly question: string;
  readonly status: string;
  readonly decider: string | null;
  readonly team: string | null;
  readonly neededBy: LocalDate | null;
  /** Weight of the running commitments that wait for it. */
  readonly blockedWeight: number;
}

/** W7: a decision is overdue, and what waits for it weighs something. */
export function decisionOverdue(
  it: DecisionFacts,
  at: Instant,
  zone: TimeZone,
  { heavyFrom }: SignalSettings,
): Signal | null {
  if (it.status !== 'open' || it.neededBy === null || it.blockedWeight < heavyFrom) return null;
  const overdueFrom = endOfDay(it.neededBy, zone);
  if (at < overdueFrom) return null;
  const days = Math.floor((at - overdueFrom) / dayMs) + 1;
  return {
    rule: 'W7',
    subject: { kind: 'decision', id: it.id },
    title: it.question,
    weight: it.blockedWeight,
    severity: it.blockedWeight,
    evidence: `Needed ${counted(days, 'day')} ago; commitments of weight ${it.blockedWeight} wait for it.`,
    ask: 'Decide, or name who does and by when.',
    since: overdueFrom,
    audience: [...person('decider', it.decider), ...team('lead', it.team)],
  };
}
