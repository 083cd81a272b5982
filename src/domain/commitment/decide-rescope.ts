import { sayDay, sayDays } from '../notify/say-when.ts';
import { depths } from '../depth/depth.ts';
import { allowed, refused } from '../outcome.ts';
import { localDateOf } from '../rhythm/local-time.ts';
import type { Asked, CommitmentOutcome } from './asked.ts';
import { checkChange, daysSlipped, differingFields, easedBy } from './check-terms.ts';
import { termsNow, type Commitment, type CommitmentIn, type RescopeReason } from './commitment.ts';
import type { CommitmentCommand, DecisionGiven } from './command.ts';
import type { CommitmentEvent } from './event.ts';
import { fold } from './fold.ts';
import { frozenFrom } from './freeze.ts';
import { faulty, needText, refuseAll, type Refused } from './refusal.ts';
import { rolesOf } from './roles.ts';
import type { Terms } from './terms.ts';

const ownReasons: readonly RescopeReason[] = ['external-fact', 'learning', 'capacity-decision', 'error-fix'];

/** Changing a promise on purpose (tracking.md T4); null for commands of another kind. */
export function decideRescope(it: Commitment, asked: Asked): CommitmentOutcome | null {
  if (it.status !== 'committed') return null;
  const { command, actor, at, context } = asked;
  switch (command.type) {
    case 'rescope':
      return askRescope(it, { ...asked, command });
    case 'agree-rescope':
      return agreeRescope(it, { ...asked, command });
    case 'refuse-rescope': {
      const { reason } = command;
      const stopped = needText(
        'reason-missing',
        'reason',
        reason,
        'Say why the promise should stay as it is.',
      );
      return stopped ?? allowed([{ type: 'rescope-refused', data: { reason }, at, actor, reason }]);
    }
    case 'rebase': {
      const terms = { ...termsNow(it), ...command.change };
      if (!context.importing || differingFields(termsNow(it), terms).length === 0) return allowed([]);
      const free = { reason: 'import', text: '', decisionId: null, easedBy: 0, daysSlipped: 0 } as const;
      return allowed([{ type: 'rescoped', data: { terms, team: it.team, ...free }, at, actor }]);
    }
    default:
      return null;
  }
}

function askRescope(
  it: CommitmentIn<'committed'>,
  { command, actor, at, context }: Asked<Extract<CommitmentCommand, { type: 'rescope' }>>,
): CommitmentOutcome {
  const faults = refuseAll('invalid', checkChange(command.change));
  if (faults !== null) return faults;
  const before = termsNow(it);
  const terms = { ...before, ...command.change };
  if (differingFields(before, terms).length === 0) {
    return refused('nothing-changed', 'The promise says this already.');
  }
  const stopped = refuseReason(it, terms, command.reason, command.text, command, { at, context });
  if (stopped !== null) return stopped;
  const decisionId = command.decisionId ?? null;
  const sponsorAgreed = it.sponsor === null || it.sponsor === actor.person || context.sponsorGone === true;
  const { reason, text } = command;
  const agreed = { ownerAgreed: true, sponsorAgreed };
  const asked: CommitmentEvent = {
    type: 'rescope-asked',
    data: { terms, team: it.team, reason, text, decisionId, ...agreed, offered: null },
    ...{ at, actor, reason: text, decisionId },
  };
  return allowed(sponsorAgreed ? [asked, takeForce(it, asked, { at, actor })] : [asked]);
}

/** Owner and sponsor agree one after the other; the change is in force with the second yes. */
function agreeRescope(
  it: CommitmentIn<'committed'>,
  { command, actor, at, context }: Asked<Extract<CommitmentCommand, { type: 'agree-rescope' }>>,
): CommitmentOutcome {
  const { pending } = it;
  if (pending === null) return refused('wrong-state', 'No change of this promise is waiting for an answer.');
  const roles = rolesOf(it, actor, context.standing, false);
  // A change that waits for somebody who is gone comes into force with the owner's word.
  const gone = context.sponsorGone === true;
  const by = roles.has('owner') && (!pending.ownerAgreed || gone) ? 'owner' : 'sponsor';
  if (by === 'sponsor' && (pending.sponsorAgreed || !roles.has('sponsor'))) {
    return refused('not-yours', 'You have agreed already: the other side has to answer.');
  }
  const reason = command.reason ?? pending.reason;
  const text = command.text ?? pending.text;
  const decisionId = command.decisionId ?? pending.decisionId;
  const given = { decisionId, decision: command.decision };
  const stopped = refuseReason(it, pending.terms, reason, text, given, { at, context });
  if (stopped !== null) return stopped;
  if (reason === null) return faulty('reason-missing', 'reason', 'Choose why the promise changes.');
  const agreed: CommitmentEvent = {
    type: 'rescope-agreed',
    data: { by, reason, text, decisionId },
    ...{ at, actor, reason: text, decisionId },
  };
  const both = (by === 'owner' || pending.ownerAgreed) && (by === 'sponsor' || pending.sponsorAgreed || gone);
  return allowed(both ? [agreed, takeForce(it, agreed, { at, actor })] : [agreed]);
}

/** The new version, as it follows from the pending change. */
function takeForce(
  it: Commitment,
  last: CommitmentEvent,
  { at, actor }: Pick<Asked, 'at' | 'actor'>,
): CommitmentEvent {
  const pending = fold(it, last)?.pending;
  if (pending === null || pending === undefined)
    throw new Error('a change came into force that nobody asked for');
  const { terms, team, text, decisionId } = pending;
  const reason = pending.reason ?? 'learning';
  const before = termsNow(it);
  const moved = { easedBy: easedBy(before, terms), daysSlipped: daysSlipped(before, terms) };
  const data = { terms, team, reason, text, decisionId, ...moved };
  return { type: 'rescoped', data, at, actor, reason: text, decisionId };
}

function refuseReason(
  it: Commitment,
  terms: Terms,
  reason: RescopeReason | null,
  text: string,
  given: DecisionGiven,
  { at, context }: Pick<Asked, 'at' | 'context'>,
): Refused | null {
  if (reason === null || !ownReasons.includes(reason)) {
    return faulty('reason-missing', 'reason', `Choose why the promise changes: ${ownReasons.join(', ')}.`);
  }
  const noText = needText('reason-missing', 'text', text, 'Say in a sentence why the promise changes.');
  if (noText !== null) return noText;
  if (depths[context.depth].decision === 'from-reason' || hasDecision(given)) return null;
  const because = whyDecision(it, terms, { at, context });
  if (because === null) return null;
  return faulty('decision-missing', 'decision', `${because}: name the decision it rests on.`);
}

/** Why a change must rest on a decision (tracking.md T4), or null when it need not. */
function whyDecision(
  it: Commitment,
  terms: Terms,
  { at, context: { settings, zone, period } }: Pick<Asked, 'at' | 'context'>,
): string | null {
  const before = termsNow(it);
  if (easedBy(before, terms) > settings.easeNeedsDecisionAbove) return 'A target is eased';
  if (daysSlipped(before, terms) > settings.slipNeedsDecisionAboveDays) {
    return `The due moves by more than ${sayDays(settings.slipNeedsDecisionAboveDays)}`;
  }
  const from = frozenFrom(before, period, settings);
  return from !== null && localDateOf(at, zone) >= from ? `The plan is frozen since ${sayDay(from)}` : null;
}

/**
 * What a decision record says when one must be written for a command: the thirty-second form, or in the light depth the
 * reason itself (tracking.md T18). null when the command rests on none, or names one of the log.
 */
export function decisionToWrite(
  it: Commitment,
  command: CommitmentCommand,
  { at, context }: Pick<Asked, 'at' | 'context'>,
): { readonly question: string; readonly chosen: string; readonly rationale: string } | null {
  const { statement } = termsNow(it);
  if (command.type === 'drop') {
    if ((command.decisionId ?? '') !== '') return null;
    const question = `Drop “${statement}”?`;
    return { question, ...saidBy(command.decision, command.reason, `Drop “${statement}”`) };
  }
  if (command.type !== 'rescope' && command.type !== 'agree-rescope') return null;
  const asked = command.type === 'rescope' ? command : { ...it.pending, ...command };
  if ((asked.decisionId ?? '') !== '' || it.status !== 'committed') return null;
  const terms =
    command.type === 'rescope' ? { ...termsNow(it), ...command.change } : (it.pending?.terms ?? termsNow(it));
  const given = (command.decision ?? '').trim() !== '';
  if (
    !given &&
    (depths[context.depth].decision === 'given' || whyDecision(it, terms, { at, context }) === null)
  )
    return null;
  const question = `Change the promise “${statement}”?`;
  return { question, ...saidBy(command.decision, asked.text ?? '', changeWords(termsNow(it), terms)) };
}

const saidBy = (decision: string | undefined, reason: string, otherwise: string) =>
  (decision ?? '').trim() === ''
    ? { chosen: otherwise, rationale: reason }
    : { chosen: decision ?? '', rationale: reason };

function changeWords(before: Terms, after: Terms): string {
  const due =
    before.due === after.due ? [] : [`due ${after.due ?? 'open'} instead of ${before.due ?? 'open'}`];
  const targets = after.measures.flatMap((measure) => {
    const old = before.measures.find(({ key }) => key === measure.key);
    if (old === undefined || old.target === measure.target) return [];
    return [`${measure.title}: ${measure.target ?? 'no target'} instead of ${old.target ?? 'none'}`];
  });
  const parts = [...due, ...targets];
  return parts.length === 0 ? 'Change the promise' : parts.join('; ');
}

/** True when a decision is named or the thirty-second form is filled in. */
export function hasDecision({ decisionId, decision }: DecisionGiven): boolean {
  return (decisionId ?? '') !== '' || (decision ?? '').trim() !== '';
}
