import type { PromiseFacts } from './promise-facts.ts';
import { counted, person, team, type Signal, type SignalSettings } from './signal.ts';

/** W9: carried from period to period, or its due moved again and again. */
export function movedOn(it: PromiseFacts, { carries, slips }: SignalSettings): Signal | null {
  const carried = it.carryCount >= carries;
  if (!carried && it.slips < slips) return null;
  return {
    rule: 'W9',
    subject: { kind: 'commitment', id: it.id },
    title: it.statement,
    weight: it.weight,
    severity: it.carryCount + it.slips,
    evidence: carried
      ? `Carried into the next period ${counted(it.carryCount, 'time')}.`
      : `Its due was moved later ${counted(it.slips, 'time')}.`,
    ask: carried
      ? 'Split it, give it another owner, or drop it.'
      : 'Look at what it takes: re-scope it, or drop it.',
    since: it.changedAt,
    audience: [...person('owner', it.owner), ...person('reviewer', it.reviewer), ...team('lead', it.team)],
  };
}
