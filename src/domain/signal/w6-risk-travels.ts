import type { DisplayState } from '../commitment/display.ts';
import type { Instant } from '../time.ts';
import type { NeedFacts } from './need-facts.ts';
import { person, team, type Signal } from './signal.ts';

/** How the objective stands that serves a need. */
export interface ServingFacts {
  readonly statement: string;
  readonly display: DisplayState;
  readonly since: Instant;
}

/** Worse states have higher numbers; anything else is no trouble. */
const trouble: Partial<Record<DisplayState, { readonly severity: number; readonly words: string }>> = {
  risk: { severity: 1, words: 'is at risk' },
  stale: { severity: 2, words: 'is silent' },
  off: { severity: 3, words: 'is off track' },
  missed: { severity: 4, words: 'was missed' },
  dropped: { severity: 4, words: 'was dropped' },
};

/** W6: what a hard need waits for is itself in trouble: risk travels along the edge to whoever waits. */
export function riskTravels(it: NeedFacts, serving: ServingFacts | null): Signal | null {
  if (!it.hard || it.status !== 'accepted' || serving === null) return null;
  const found = trouble[serving.display];
  if (found === undefined) return null;
  return {
    rule: 'W6',
    subject: { kind: 'dependency', id: it.id },
    title: it.what,
    weight: it.weight,
    severity: found.severity,
    evidence: `"${serving.statement}", which is to deliver it, ${found.words}.`,
    ask: 'Ask what it means for the day you were promised, and prepare another way.',
    since: serving.since,
    audience: [
      ...person('asking side', it.requesterOwner),
      ...(it.providerPerson === null
        ? team('provider', it.providerTeam)
        : person('provider', it.providerPerson)),
      ...team('lead', it.requesterTeam),
    ],
  };
}
