import { dayMs, daysBetween } from '../rhythm/local-time.ts';
import type { Instant } from '../time.ts';
import type { NeedFacts } from './need-facts.ts';
import { counted, person, team, type Addressee, type Signal, type SignalSettings } from './signal.ts';

/**
 * W5: an ask nobody answered by the day it should have been; or one that was agreed for a day close to the need (or after
 * it) and about which nothing was heard since.
 */
export function needAdrift(it: NeedFacts, at: Instant, settings: SignalSettings): Signal | null {
  return unanswered(it, at) ?? closeAndQuiet(it, at, settings);
}

function unanswered(it: NeedFacts, at: Instant): Signal | null {
  if (it.status !== 'requested' || it.respondBy === null || at <= it.respondBy) return null;
  const days = Math.floor((at - it.respondBy) / dayMs);
  return {
    ...about(it),
    severity: days,
    evidence:
      days === 0
        ? 'Asked, and the day to answer has passed.'
        : `Asked, and ${counted(days, 'day')} past the day to answer.`,
    ask: 'Agree, make a counter-offer, or decline so that they can plan.',
    since: it.respondBy,
    audience: [...provider(it), ...requester(it), ...team('lead', it.requesterTeam)],
  };
}

function closeAndQuiet(it: NeedFacts, at: Instant, { tightDays, quietDays }: SignalSettings): Signal | null {
  if (it.status !== 'accepted' || it.neededBy === null || it.promisedFor === null) return null;
  const room = daysBetween(it.promisedFor, it.neededBy);
  const quietMs = at - it.updatedAt;
  if (room >= tightDays || quietMs <= quietDays * dayMs) return null;
  const days = Math.floor(quietMs / dayMs);
  const close =
    room < 0
      ? `${counted(-room, 'day')} later than needed`
      : room === 0
        ? 'for the very day it is needed'
        : `${counted(room, 'day')} before it is needed`;
  return {
    ...about(it),
    // Two more quiet weeks are worse; a day more is not.
    severity: Math.floor(days / 14) + (room < 0 ? 100 : 0),
    evidence: `Agreed ${close}, and nothing was heard of it for ${counted(days, 'day')}.`,
    ask: 'Say whether the day stands, or flag the risk while there is time.',
    since: it.updatedAt + quietDays * dayMs,
    audience: [...provider(it), ...requester(it), ...team('lead', it.providerTeam)],
  };
}

const about = (it: NeedFacts) => ({
  rule: 'W5' as const,
  subject: { kind: 'dependency' as const, id: it.id },
  title: it.what,
  weight: it.weight,
});

const provider = (it: NeedFacts): readonly Addressee[] =>
  it.providerPerson === null ? team('provider', it.providerTeam) : person('provider', it.providerPerson);
const requester = (it: NeedFacts): readonly Addressee[] => person('asking side', it.requesterOwner);
