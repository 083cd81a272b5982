import { allowed, refused } from '../outcome.ts';
import { mayWrite } from '../access/standing.ts';
import { differingFields, sameMeasure } from './check-terms.ts';
import { clockEvents } from './clock.ts';
import { saidByCard, termsNow, type Commitment } from './commitment.ts';
import type { CommitmentCommand } from './command.ts';
import type { Asked, CommitmentOutcome } from './asked.ts';
import type { CommitmentEvent } from './event.ts';
import { foldAll } from './fold.ts';
import type { Measure, Terms } from './terms.ts';
import { needText } from './refusal.ts';

type Offering = Asked<Extract<CommitmentCommand, { type: 'offer' }>>;

/**
 * A commit proposes (board.md B5.4): a new offer, other terms for an unanswered one, or a pending change of a promise.
 * It never rewrites what was accepted, and asking the same twice changes nothing.
 */
export function decideOffer(state: Commitment | null, asked: Offering): CommitmentOutcome {
  const { command, actor, at, context } = asked;
  const imports = context.importing && actor.via === 'import';
  if (!imports && !mayWrite(context.standing)) {
    return refused('not-yours', 'Only a member can propose a commitment.');
  }
  const empty = needText('invalid', 'statement', command.terms.statement, 'Write what is promised.');
  if (empty !== null) return empty;
  const { type: _, ...offer } = command;
  const offered: CommitmentEvent = { type: 'offered', data: offer, at, actor };
  if (state === null) return allowed([offered]);

  const clock = imports ? [] : clockEvents(state, at, context);
  const it = foldAll(clock, state) ?? state;
  switch (it.status) {
    case 'proposed':
    case 'parked':
    case 'declined': {
      const same =
        it.owner === offer.owner &&
        it.team === offer.team &&
        differingFields(saidByCard(it), offer.terms).length === 0;
      return allowed(same ? clock : [...clock, offered]);
    }
    case 'committed':
      return allowed([...clock, ...changesOf(it, asked)]);
    case 'done':
    case 'missed':
    case 'dropped':
    case 'carried':
      return allowed(clock);
  }
}

/**
 * What a later commit asks of a promise: a change of terms, a new owner; or nothing, when the card was put back. The
 * card is compared with what it said last time, so that a change made here is not undone by a card nobody touched.
 */
function changesOf(it: Commitment, { command, actor, at }: Offering): readonly CommitmentEvent[] {
  const events: CommitmentEvent[] = [];
  const { terms: offered, owner } = command;
  const now = termsNow(it);
  const terms = moveOn(it.pending?.terms ?? now, saidByCard(it), offered);
  const team = command.team ?? it.team;
  const differs = it.team !== team || differingFields(now, terms).length > 0;
  const { pending } = it;
  const askedAlready =
    pending !== null && pending.team === team && differingFields(pending.terms, terms).length === 0;
  const cardMoved = differingFields(saidByCard(it), offered).length > 0;
  if (differs && !askedAlready) {
    const agreed = { ownerAgreed: false, sponsorAgreed: it.sponsor === null };
    const data = { terms, team, reason: null, text: '', decisionId: null, ...agreed, offered };
    events.push({ type: 'rescope-asked', data, at, actor });
  } else if (cardMoved) {
    events.push({ type: 'offer-noted', data: { offered }, at, actor });
  }
  if (!differs && pending !== null) {
    const reason = 'the card was put back';
    events.push({ type: 'rescope-refused', data: { reason }, at, actor, reason });
  }
  if (owner !== null && owner !== it.owner && it.handover?.to !== owner) {
    events.push({ type: 'handover-asked', data: { to: owner }, at, actor });
  }
  return events;
}

/** Carries what changed between two offers over to the promise; an emptied field keeps what was promised. */
function moveOn(promise: Terms, before: Terms, after: Terms): Terms {
  const moved = Object.fromEntries(differingFields(before, after).map((field) => [field, after[field]]));
  const terms: Terms = { ...promise, ...moved };
  return {
    ...terms,
    due: terms.due ?? promise.due,
    doneMeans: terms.doneMeans.trim() === '' ? promise.doneMeans : terms.doneMeans,
    measures: mergeMeasures(promise.measures, before.measures, after.measures),
  };
}

/** The card's measures where the card changed them, with what only the promise knows of them kept. */
function mergeMeasures(
  promised: readonly Measure[],
  before: readonly Measure[],
  after: readonly Measure[],
): readonly Measure[] {
  const cardKeys = new Set([...before, ...after].map(({ key }) => key));
  const onCard = after.map((measure) => {
    const old = promised.find(({ key }) => key === measure.key);
    const untouched = before.some((it) => it.key === measure.key && sameMeasure(it, measure));
    if (old !== undefined && untouched) return old;
    const weight = measure.weight ?? old?.weight;
    const baseline = measure.baseline ?? old?.baseline ?? null;
    return { ...measure, baseline, ...(weight === undefined ? {} : { weight }) };
  });
  return [...onCard, ...promised.filter(({ key }) => !cardKeys.has(key))];
}
