import { depths } from '../depth/depth.ts';
import { allowed, refused, type Fault } from '../outcome.ts';
import { daysBetween, endOfDay, localDateOf } from '../rhythm/local-time.ts';
import type { Instant } from '../time.ts';
import type { Asked, CommitmentOutcome } from './asked.ts';
import { lastValues } from './check-in.ts';
import { missedFacts } from './clock.ts';
import { termsNow, type Commitment } from './commitment.ts';
import type { CommitmentCommand } from './command.ts';
import type { CommitmentContext } from './context.ts';
import { hasDecision } from './decide-rescope.ts';
import type { CommitmentEvent } from './event.ts';
import { faulty, needText, refuseAll } from './refusal.ts';
import type { Terms } from './terms.ts';

type Complete = Extract<CommitmentCommand, { type: 'complete' }>;

/** How a promise ends (tracking.md T4); null for commands of another kind. */
export function decideClosing(it: Commitment, asked: Asked): CommitmentOutcome | null {
  const { command, actor, at, context } = asked;
  switch (command.type) {
    case 'complete':
      return decideComplete(it, { ...asked, command });
    case 'miss': {
      const missed: CommitmentEvent = { type: 'missed', data: missedFacts(it, false), at, actor };
      return allowed([missed, ...causeOf(command.cause, command.text, { at, actor })]);
    }
    case 'drop': {
      const { reason, frees } = command;
      const stopped = needText('reason-missing', 'reason', reason, 'Say why it is dropped.');
      if (stopped !== null) return stopped;
      if (depths[context.depth].decision === 'given') {
        if (!hasDecision(command)) {
          return faulty(
            'decision-missing',
            'decision',
            'Name the decision to drop it, or write it down here.',
          );
        }
        const silent = needText('invalid', 'frees', frees, 'Say what it frees; “nothing” is an answer too.');
        if (silent !== null) return silent;
      }
      const { due } = termsNow(it);
      const noticeDays = due === null ? null : daysBetween(localDateOf(at, context.zone), due);
      const decisionId = command.decisionId ?? null;
      const data = { reason, frees, decisionId, noticeDays };
      const dropped: CommitmentEvent = { type: 'dropped', data, at, actor, reason, decisionId };
      return allowed([dropped, ...causeOf(command.cause ?? null, '', { at, actor })]);
    }
    case 'carry': {
      if (!context.inCloseSession) {
        return refused(
          'not-in-close-session',
          'Only the session that closes the period carries a promise over.',
        );
      }
      const limit = context.settings.carriesBeforeChoice;
      const choice = command.choice ?? null;
      if (it.carryCount >= limit && choice === null) {
        return refused(
          'carried-too-often',
          `It was carried ${it.carryCount} times: split it, give it another owner, or drop it.`,
        );
      }
      const carried: CommitmentEvent = { type: 'carried', data: { to: command.to, choice }, at, actor };
      const explained = it.status === 'missed' && it.missed.cause !== null;
      return allowed([carried, ...causeOf(explained ? null : command.cause, command.text, { at, actor })]);
    }
    default:
      return null;
  }
}

function decideComplete(it: Commitment, { command, actor, at, context }: Asked<Complete>): CommitmentOutcome {
  const { evidence } = command;
  const stopped = needText('evidence-missing', 'evidence', evidence, 'Show how one can see that it is done.');
  if (stopped !== null) return stopped;
  if (it.status === 'missed') {
    if (it.missed.deliveredLate !== null)
      return refused('wrong-state', 'It was delivered after the miss already.');
    return allowed([{ type: 'delivered-late', data: { evidence }, at, actor }]);
  }
  const doneAt = command.doneAt ?? at;
  if (doneAt > at) return faulty('future', 'doneAt', 'It cannot have been done later than now.');
  const terms = termsNow(it);
  const values = valuesAtEnd(terms, { ...lastValues(it.checkIns), ...command.values });
  const imported = context.importing && actor.via === 'import';
  const missing = imported ? null : refuseAll('values-missing', unknownValues(terms, values));
  if (missing !== null) return missing;
  const link = command.link ?? null;
  const late = isLate(terms, doneAt, context);
  return allowed([{ type: 'completed', data: { evidence, link, doneAt, late, values }, at, actor }]);
}

/** True from the first instant after the due day. */
export function isLate(terms: Terms, doneAt: Instant, { zone }: Pick<CommitmentContext, 'zone'>): boolean {
  return terms.due !== null && doneAt >= endOfDay(terms.due, zone);
}

/** Milestones and deliverables count as reached when the objective is said to be done, unless told otherwise. */
function valuesAtEnd(
  terms: Terms,
  known: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const reached = terms.measures.filter(({ kind }) => kind === 'milestone' || kind === 'deliverable');
  return { ...Object.fromEntries(reached.map(({ key }) => [key, 1])), ...known };
}

function unknownValues(terms: Terms, values: Readonly<Record<string, number>>): readonly Fault[] {
  const keys = new Set(terms.measures.map(({ key }) => key));
  const strange = Object.keys(values).filter((key) => !keys.has(key));
  const open = terms.measures.filter(
    ({ key, weight }) => (weight ?? 1) > 0 && !Number.isFinite(values[key] ?? Number.NaN),
  );
  return [
    ...strange.map((key) => ({ path: `values.${key}`, message: `There is no measure "${key}".` })),
    ...open.map(({ key, title }) => ({ path: `values.${key}`, message: `Say where "${title}" ended.` })),
  ];
}

function causeOf(
  cause: Extract<CommitmentCommand, { type: 'miss' }>['cause'],
  text: string,
  { at, actor }: Pick<Asked, 'at' | 'actor'>,
): readonly CommitmentEvent[] {
  return cause === null ? [] : [{ type: 'cause-given', data: { cause, text }, at, actor }];
}
