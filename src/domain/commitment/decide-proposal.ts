import { allowed, refused, type Fault } from '../outcome.ts';
import { depths } from '../depth/depth.ts';
import { isLocalDate } from '../rhythm/local-time.ts';
import { checkChange, isConfidence, isWeight } from './check-terms.ts';
import { graceEndOf } from './clock.ts';
import type { Commitment, CommitmentIn } from './commitment.ts';
import type { AcceptFill, CommitmentCommand } from './command.ts';
import type { Asked, CommitmentOutcome } from './asked.ts';
import { criteriaKeys, saidCriteria } from './criteria.ts';
import { faulty, needText, refuseAll, type Refused } from './refusal.ts';
import { prefillDoneMeans, type Terms } from './terms.ts';

type Accept = Extract<CommitmentCommand, { type: 'accept' }>;

/** Answers to an offer; null for commands of another kind. */
export function decideProposal(it: Commitment, asked: Asked): CommitmentOutcome | null {
  if (it.status !== 'proposed') return null;
  const { command, actor, at } = asked;
  switch (command.type) {
    case 'accept':
      return decideAccept(it, { ...asked, command });
    case 'propose-change': {
      const { change, text } = command;
      if (Object.keys(change).length === 0)
        return refused('nothing-changed', 'Say what should be different.');
      const stopped = refuseAll('invalid', checkChange(change));
      return (
        stopped ?? allowed([{ type: 'change-proposed', data: { change, text }, at, actor, reason: text }])
      );
    }
    case 'agree-change': {
      const terms = { ...it.offered, ...it.counter?.change };
      return allowed([{ type: 'change-agreed', data: { terms }, at, actor }]);
    }
    case 'refuse-change':
    case 'decline':
    case 'park': {
      const { reason } = command;
      const stopped = needText(
        'reason-missing',
        'reason',
        reason,
        'Give a reason, so that it is not forgotten.',
      );
      if (stopped !== null) return stopped;
      if (command.type === 'refuse-change') {
        return allowed([{ type: 'change-refused', data: { reason }, at, actor, reason }]);
      }
      if (command.type === 'park') return allowed([{ type: 'parked', data: { reason }, at, actor, reason }]);
      return allowed([{ type: 'declined', data: { reason, neverAccepted: false }, at, actor, reason }]);
    }
    default:
      return null;
  }
}

/** The owner's own yes: everything a promise needs is there, and version 1 is frozen. */
function decideAccept(
  it: CommitmentIn<'proposed'>,
  { command, actor, at, context }: Asked<Accept>,
): CommitmentOutcome {
  const perSource = command.perSource === true;
  if (perSource !== context.importing) {
    return refused('not-yours', 'Only the example import accepts in a source’s name.');
  }
  const offered = perSource
    ? { ...it.offered, measures: command.measures ?? it.offered.measures }
    : it.offered;
  const filled = fillIn(offered, command.fill ?? {});
  if ('refusal' in filled) return filled;
  const terms =
    filled.doneMeans === '' &&
    (perSource || depths[context.depth].accept.doneMeansFromMeasures || filled.horizon === 'week')
      ? { ...filled, doneMeans: prefillDoneMeans(filled) }
      : filled;
  const chosen = command.fill?.period ?? null;
  const given = it.source.period ?? context.period?.id ?? null;
  if (chosen !== null && given !== null && chosen !== given) {
    return faulty('invalid', 'period', 'It is for another plan period already: leave this as it is.');
  }
  const period = given ?? chosen;
  const stopped = perSource
    ? null
    : refuseAccept(it, { terms, period, confidence: command.confidence }, at, context);
  if (stopped !== null) return stopped;
  const named = period === null || period === it.source.period ? {} : { period };
  const data = { terms, confidence: command.confidence, perSource, ...named };
  return allowed([{ type: 'accepted', data, at, actor }]);
}

/** What a yes says, with what the offer and its board say already. */
interface Yes {
  readonly terms: Terms;
  readonly period: string | null;
  readonly confidence: number | null;
}

function refuseAccept(it: Commitment, yes: Yes, at: number, context: Asked['context']): Refused | null {
  const { terms, confidence } = yes;
  if (it.team === null)
    return faulty('no-team', 'team', 'It belongs to no team: put the card into a team’s area.');
  if (terms.due === null) return faulty('due-missing', 'due', 'Say by when it will be done.');
  if (at >= graceEndOf(terms.due, context)) {
    return faulty('due-passed', 'due', `Its due, ${terms.due}, has passed: propose another day.`);
  }
  if (terms.doneMeans.trim() === '') {
    return faulty('done-means-missing', 'doneMeans', 'Say how one will see that it is done.');
  }
  if (confidence !== null && !isConfidence(confidence)) {
    return faulty('confidence-missing', 'confidence', 'Confidence is a whole number from 0 to 100.');
  }
  // A promise for a week is a sentence, an owner and a day (tracking.md T17), however much else is asked for.
  return terms.horizon === 'week' ? null : refuseMore(yes, context);
}

/** What the organisation's depth asks beyond owner, due and what done means (tracking.md T18). */
function refuseMore(
  { terms, period, confidence }: Yes,
  { capacity, depth, needs }: Asked['context'],
): Refused | null {
  const asks = depths[depth].accept;
  if (asks.period && period === null) {
    return faulty('period-missing', 'period', 'Choose the plan period it counts for.');
  }
  if (asks.confidence && confidence === null) {
    return faulty(
      'confidence-missing',
      'confidence',
      'Say how sure you are that it lands by its due, 0 to 100 %.',
    );
  }
  const bare = asks.baseline
    ? terms.measures.filter(({ kind, baseline }) => kind === 'number' && baseline === null)
    : [];
  const noBaseline = refuseAll(
    'baseline-missing',
    bare.map(({ key, title }) => ({
      path: `baselines.${key}`,
      message: `Say where "${title}" stands today.`,
    })),
  );
  if (noBaseline !== null) return noBaseline;
  if (!asks.roomAndNeeds) return null;
  if (capacity === 'exceeds') {
    return refused(
      'capacity-exceeded',
      'The team has promised more than it can do: cut or move something first.',
    );
  }
  const unasked = needs.filter(({ status }) => status === 'draft');
  return refuseAll(
    'need-not-asked',
    unasked.map(({ key, what }) => ({ path: `needs.${key}`, message: `Send the ask "${what}" first.` })),
  );
}

/** Puts the owner's entries where the offer was silent; what was offered is changed by *propose-change* only. */
function fillIn(offered: Terms, fill: AcceptFill): Terms | Refused {
  const faults: Fault[] = [];
  const taken = 'This was offered with a value: propose a change instead.';
  if (fill.due !== undefined) {
    if (offered.due !== null && offered.due !== fill.due) faults.push({ path: 'due', message: taken });
    if (!isLocalDate(fill.due)) faults.push({ path: 'due', message: 'Give a day, like 2026-09-30.' });
  }
  if (fill.weight !== undefined && !isWeight(fill.weight)) {
    faults.push({ path: 'weight', message: 'Weight is a whole number from 1 to 10.' });
  }
  const said = saidCriteria(offered.criteria);
  const words = saidCriteria(fill.criteria);
  if (said !== null && words !== null && criteriaKeys.some((key) => said[key] !== words[key])) {
    faults.push({ path: 'criteria.on', message: taken });
  }
  const baselines = fill.baselines ?? {};
  for (const [key, value] of Object.entries(baselines)) {
    const measure = offered.measures.find((it) => it.key === key);
    const path = `baselines.${key}`;
    if (measure === undefined) faults.push({ path, message: `There is no measure "${key}".` });
    else if (measure.baseline !== null && measure.baseline !== value) faults.push({ path, message: taken });
    if (!Number.isFinite(value)) faults.push({ path, message: 'A baseline is a number.' });
  }
  const stopped = refuseAll('invalid', faults);
  if (stopped !== null) return stopped;
  return {
    ...offered,
    due: offered.due ?? fill.due ?? null,
    doneMeans: fill.doneMeans?.trim() || offered.doneMeans,
    weight: fill.weight ?? offered.weight,
    ...(said === null && words !== null ? { criteria: words } : {}),
    measures: offered.measures.map((it) => ({ ...it, baseline: it.baseline ?? baselines[it.key] ?? null })),
  };
}
