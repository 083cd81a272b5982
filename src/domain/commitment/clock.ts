import { addBusinessDays, addBusinessDaysTo, type BusinessCalendar } from '../rhythm/business-days.ts';
import { endOfDay, localDateOf } from '../rhythm/local-time.ts';
import type { Instant, LocalDate, TimeZone } from '../time.ts';
import { standingCheckIns } from './check-in.ts';
import { termsNow, type Commitment } from './commitment.ts';
import type { CommitmentContext } from './context.ts';
import type { CommitmentEvent } from './event.ts';
import type { TrackingSettings } from './settings.ts';

/** What deadlines depend on beside the commitment. */
export interface ClockFacts {
  readonly zone: TimeZone;
  readonly calendar: BusinessCalendar;
  readonly settings: TrackingSettings;
}

/** First instant after a due and its grace: work that arrives from here on comes after a miss. */
export function graceEndOf(due: LocalDate, { zone, calendar, settings }: ClockFacts): Instant {
  return endOfDay(addBusinessDays(due, settings.graceBusinessDays, calendar), zone);
}

/** When the clock calls a promise missed; null while nothing is promised. A reopened one gets its grace anew. */
export function missedFrom(it: Commitment, facts: ClockFacts): Instant | null {
  if (it.status !== 'committed') return null;
  const { due } = termsNow(it);
  const ends = it.closesAt ?? (due === null ? null : graceEndOf(due, facts));
  if (ends === null || it.reopenedAt === null) return ends;
  return Math.max(ends, graceEndOf(localDateOf(it.reopenedAt, facts.zone), facts));
}

/** From when an unanswered offer shows *not accepted* (board.md B5.4). */
export function notAcceptedFrom(
  it: Pick<Commitment, 'offeredAt'>,
  { zone, calendar, settings }: ClockFacts,
): Instant {
  return addBusinessDaysTo(it.offeredAt, settings.acceptWithinBusinessDays, zone, calendar);
}

/**
 * What the clock has done by an instant and nobody wrote down yet, dated when it happened and not when the job ran:
 * a promise past due and grace is missed, an offer nobody answered by the close of its period is declined.
 */
export function clockEvents(
  it: Commitment,
  at: Instant,
  context: Pick<CommitmentContext, keyof ClockFacts | 'periodClosesAt'>,
): readonly CommitmentEvent[] {
  const actor = { person: null, via: 'clock' } as const;
  if (it.status === 'proposed') {
    const closes = context.periodClosesAt;
    if (closes === null || at < closes || it.offeredAt >= closes) return [];
    const reason = 'never accepted';
    return [{ type: 'declined', data: { reason, neverAccepted: true }, at: closes, actor, reason }];
  }
  const from = missedFrom(it, context);
  if (from === null || at < from) return [];
  const events: CommitmentEvent[] = [{ type: 'missed', data: missedFacts(it, true), at: from, actor }];
  if (it.acceptedPerSource && it.closesAt !== null) {
    const data = { cause: 'not-in-source', text: '' } as const;
    events.push({ type: 'cause-given', data, at: from, actor });
  }
  return events;
}

/** What a miss records for later learning: the last confidence, and when somebody first warned. */
export function missedFacts(
  it: Commitment,
  byClock: boolean,
): { byClock: boolean; lastConfidence: number | null; firstWarningAt: Instant | null } {
  const said = standingCheckIns(it.checkIns);
  return {
    byClock,
    lastConfidence: said.at(-1)?.confidence ?? it.confidenceAtAccept,
    firstWarningAt: said.find(({ status }) => status === 'risk' || status === 'off')?.at ?? null,
  };
}
