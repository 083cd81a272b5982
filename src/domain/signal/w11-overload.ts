import type { CapacityVerdict } from '../commitment/context.ts';
import type { Instant } from '../time.ts';
import { person, team, type Signal, type SignalSettings } from './signal.ts';

/** W11 for one owner: more open commitments of a quarter than somebody can hold. Shown to the owner and the lead only. */
export function tooMuchForOne(
  it: {
    readonly person: string;
    readonly team: string | null;
    readonly open: number;
    readonly weight: number;
    readonly since: Instant;
  },
  { openPerOwner }: SignalSettings,
): Signal | null {
  if (it.open <= openPerOwner) return null;
  return {
    rule: 'W11',
    subject: { kind: 'person', id: it.person },
    title: 'Open commitments',
    weight: it.weight,
    severity: it.open,
    evidence: `${it.open} commitments of this quarter are open at once.`,
    ask: 'Hand one over, or drop what matters least.',
    since: it.since,
    audience: [...person('owner', it.person), ...team('lead', it.team)],
  };
}

/** W11 for a team: what it promised has come to exceed what it can do. */
export function tooMuchForTeam(it: {
  readonly team: string;
  readonly name: string;
  readonly verdict: CapacityVerdict;
  /** Load over capacity; null when unknown. */
  readonly share: number | null;
  readonly weight: number;
  readonly since: Instant;
}): Signal | null {
  if (it.verdict !== 'exceeds' || it.share === null) return null;
  const percent = Math.round(it.share * 100);
  return {
    rule: 'W11',
    subject: { kind: 'team', id: it.team },
    title: it.name,
    weight: it.weight,
    severity: Math.floor(percent / 10),
    evidence: `What the team promised takes ${percent} % of what it can do.`,
    ask: 'Cut, move or hand over something before it is missed.',
    since: it.since,
    audience: team('lead', it.team),
  };
}
