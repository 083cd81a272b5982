import { allowed, refused } from '../outcome.ts';
import { dayMs } from '../rhythm/local-time.ts';
import type { Asked, CommitmentOutcome } from './asked.ts';
import { checkChange, differingFields } from './check-terms.ts';
import { causeCodes, termsNow, type Commitment } from './commitment.ts';
import type { CommitmentCommand, CorrectionAsked, CorrectionMade } from './command.ts';
import { isLate } from './decide-closing.ts';
import { faulty, needText, refuseAll, type Refused } from './refusal.ts';

/** What can still be said of a promise beside its running: looking at, putting right, handing over. */
export function decideAfterwards(it: Commitment, asked: Asked): CommitmentOutcome | null {
  const { command, actor, at, context } = asked;
  const { settings } = context;
  switch (command.type) {
    case 'acknowledge':
      return allowed([{ type: 'acknowledged', data: {}, at, actor }]);
    case 'reject':
    case 'reopen': {
      const { reason } = command;
      const stopped = needText('reason-missing', 'reason', reason, 'Say what is missing.');
      if (stopped !== null) return stopped;
      const days = command.type === 'reject' ? settings.rejectWithinDays : settings.reopenWithinDays;
      const closedAt = it.status === 'done' ? it.done.at : it.status === 'missed' ? it.missed.at : at;
      if (at > closedAt + days * dayMs) {
        return refused('too-late', `This can be done for ${days} days after it was closed.`);
      }
      const type = command.type === 'reject' ? 'rejected' : 'reopened';
      return allowed([{ type, data: { reason }, at, actor, reason }]);
    }
    case 'give-cause': {
      const { cause, text } = command;
      if (!causeCodes.includes(cause)) {
        return faulty('invalid', 'cause', `A cause is one of: ${causeCodes.join(', ')}.`);
      }
      if (cause === 'not-in-source' && !context.importing) {
        return faulty('invalid', 'cause', 'Only imported history may leave its cause to the source.');
      }
      return allowed([{ type: 'cause-given', data: { cause, text }, at, actor }]);
    }
    case 'correct':
      return decideCorrection(it, { ...asked, command });
    case 'hand-over': {
      if (command.to === it.owner) return faulty('nothing-changed', 'to', 'This is the owner already.');
      return allowed([{ type: 'handover-asked', data: { to: command.to }, at, actor }]);
    }
    case 'take-over': {
      const to = it.handover?.to ?? '';
      return allowed([{ type: 'handed-over', data: { to }, at, actor }]);
    }
    case 'name-delegate': {
      if (actor.person !== it.owner) {
        return refused('not-yours', 'Only the owner in person can name who speaks for him.');
      }
      if (command.person !== null && command.person === it.owner) {
        return faulty('invalid', 'person', 'The owner needs no delegate to speak for himself.');
      }
      return allowed([{ type: 'delegate-named', data: { person: command.person }, at, actor }]);
    }
    default:
      return null;
  }
}

/** An administrator puts the record right; what was written before stays beside it. */
function decideCorrection(
  it: Commitment,
  { command, actor, at, context }: Asked<Extract<CommitmentCommand, { type: 'correct' }>>,
): CommitmentOutcome {
  const { note, correction } = command;
  const stopped = needText('reason-missing', 'note', note, 'Say what was wrong and how you know.');
  if (stopped !== null) return stopped;
  const invalid = refuseCorrection(it, correction, at);
  if (invalid !== null) return invalid;
  const data = { correction: madeOf(it, correction, context), before: before(it, correction), note };
  return allowed([{ type: 'corrected', data, at, actor, reason: note }]);
}

/** With what follows from it: whether it was late. */
function madeOf(it: Commitment, correction: CorrectionAsked, context: Asked['context']): CorrectionMade {
  if (correction.field === 'terms') {
    if (it.status !== 'done' || correction.change.due === undefined) return correction;
    const right = { ...termsNow(it), ...correction.change };
    return { ...correction, late: isLate(right, it.done.doneAt, context) };
  }
  if (correction.field === 'outcome' && correction.outcome === 'missed') return correction;
  return { ...correction, late: isLate(termsNow(it), correction.doneAt, context) };
}

function refuseCorrection(it: Commitment, correction: CorrectionAsked, at: number): Refused | null {
  if (correction.field === 'terms') {
    if (differingFields(termsNow(it), { ...termsNow(it), ...correction.change }).length === 0) {
      return faulty('nothing-changed', 'correction', 'The record says this already.');
    }
    return refuseAll('invalid', checkChange(correction.change));
  }
  if (correction.field === 'done-at' && it.status !== 'done') {
    return faulty('wrong-state', 'correction', 'Only what is done has a day on which it was done.');
  }
  if (correction.field === 'outcome') {
    const other = correction.outcome === 'done' ? 'missed' : 'done';
    if (it.status !== other) {
      return faulty(
        'wrong-state',
        'correction',
        `Only what is ${other} can be corrected to ${correction.outcome}.`,
      );
    }
  }
  if ('doneAt' in correction && correction.doneAt > at) {
    return faulty('future', 'correction.doneAt', 'It cannot have been done later than now.');
  }
  return null;
}

function before(it: Commitment, correction: CorrectionAsked): unknown {
  if (correction.field === 'terms') {
    const terms = termsNow(it);
    const fields = Object.keys(correction.change) as (keyof typeof terms)[];
    return Object.fromEntries(fields.map((field) => [field, terms[field]]));
  }
  if (correction.field === 'done-at') return it.status === 'done' ? it.done.doneAt : null;
  return it.status;
}
