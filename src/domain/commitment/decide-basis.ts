import { allowed } from '../outcome.ts';
import { addBusinessDaysTo } from '../rhythm/business-days.ts';
import type { Asked, CommitmentOutcome } from './asked.ts';
import { openBases, type Commitment } from './commitment.ts';
import { faulty, needText } from './refusal.ts';

/**
 * A failed assumption under a promise (tracking.md T7): the owner continues with a reason, re-scopes or drops; null for
 * commands of another kind.
 */
export function decideBasis(
  it: Commitment,
  { command, actor, at, context }: Asked,
): CommitmentOutcome | null {
  if (command.type === 'break-basis') {
    const { assumption, statement } = command;
    if ((it.bases ?? []).some((basis) => basis.assumption === assumption)) return allowed([]);
    const { settings, zone, calendar } = context;
    const answerBy = addBusinessDaysTo(at, settings.answerBasisWithinBusinessDays, zone, calendar);
    return allowed([{ type: 'basis-broken', data: { assumption, statement, answerBy }, at, actor }]);
  }
  if (command.type !== 'continue') return null;
  const { reason, assumption } = command;
  const stopped = needText('reason-missing', 'reason', reason, 'Say why you go on without it.');
  if (stopped !== null) return stopped;
  const answered = openBases(it).filter((basis) => (assumption ?? basis.assumption) === basis.assumption);
  if (answered.length === 0) return faulty('invalid', 'assumption', 'That assumption waits for no answer.');
  const assumptions = answered.map((basis) => basis.assumption);
  return allowed([{ type: 'basis-answered', data: { assumptions, why: reason }, at, actor, reason }]);
}
