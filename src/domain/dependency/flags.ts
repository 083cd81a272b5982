import { daysBetween, dayMs, endOfDay, localDateOf } from '../rhythm/local-time.ts';
import type { PersonId } from '../access/standing.ts';
import type { TrackingSettings } from '../commitment/settings.ts';
import type { Instant, LocalDate, TimeZone } from '../time.ts';
import type { Dependency } from './dependency.ts';

export type DependencyFlag =
  | 'unanswered'
  | 'at-risk'
  | 'late'
  | 'reopened'
  | 'escalated'
  | 'said-yes-aloud'
  | 'needs-choice'
  | 'confirm-overdue';

export type Timing = 'none' | 'early' | 'tight' | 'late';

/** What is derived from state and clock, never stored (tracking.md T5). */
export function flagsOf(
  it: Dependency,
  at: Instant,
  { zone, settings }: { readonly zone: TimeZone; readonly settings: TrackingSettings },
): readonly DependencyFlag[] {
  const flags: DependencyFlag[] = [];
  if (it.status === 'requested' && it.respondBy !== null && at >= it.respondBy) flags.push('unanswered');
  if (it.status === 'accepted' && it.atRisk !== null) flags.push('at-risk');
  if (isLate(it, at, zone)) flags.push('late');
  if (it.status === 'accepted' && it.reopened !== null) flags.push('reopened');
  if (it.escalated && (it.status === 'requested' || it.status === 'countered')) flags.push('escalated');
  if (it.status === 'requested' && it.saidYesAloud !== null) flags.push('said-yes-aloud');
  if (needsChoice(it)) flags.push('needs-choice');
  const reminderMs = settings.confirmReminderDays * dayMs;
  if (it.status === 'delivered' && !it.imported && at >= it.deliveredAt + reminderMs)
    flags.push('confirm-overdue');
  return flags;
}

const urgent: readonly string[] = ['unanswered', 'late', 'at-risk', 'needs-choice', 'escalated'];

/** True when an ask needs somebody now: a meeting speaks of it first, and does not end over it in silence. */
export const isUrgentAsk = (flags: readonly string[]): boolean => flags.some((flag) => urgent.includes(flag));

/** A no about which the asking side has not said what it does: its objective cannot be shown on track. */
export function needsChoice(it: Dependency): boolean {
  return (it.status === 'declined' || it.status === 'revoked') && it.choice === null;
}

/** True for a hard need that lets a plan be committed: agreed, delivered, or knowingly owned as a risk (board.md B3). */
export function isCovered(it: Dependency): boolean {
  if (it.riskOwner !== null) return true;
  if (it.status === 'declined' || it.status === 'revoked') return it.choice?.kind === 'own-as-risk';
  return ['accepted', 'delivered', 'confirmed', 'withdrawn'].includes(it.status);
}

/** Who took the need knowingly as a risk: before an answer, or after a no. */
export function riskOwnerOf(it: Dependency): PersonId | null {
  const chosen = it.status === 'declined' || it.status === 'revoked' ? (it.choice?.owner ?? null) : null;
  return chosen ?? it.riskOwner;
}

/** The day promised, when somebody promised one. */
export function promisedFor(it: Dependency): LocalDate | null {
  switch (it.status) {
    case 'accepted':
    case 'delivered':
    case 'confirmed':
    case 'revoked':
      return it.agreement?.date ?? null;
    case 'countered':
      return it.before?.date ?? null;
    default:
      return null;
  }
}

/** Agreed, and the promised day is over. */
export function isLate(it: Dependency, at: Instant, zone: TimeZone): boolean {
  if (it.status !== 'accepted' || it.agreement.date === null) return false;
  return at >= endOfDay(it.agreement.date, zone);
}

/** Days beyond the promised day: until delivery, or until now while it is late; 0 when in time. */
export function slipDays(it: Dependency, at: Instant, zone: TimeZone): number {
  const promised = promisedFor(it);
  if (promised === null) return 0;
  if (it.status === 'accepted') return Math.max(0, daysBetween(promised, localDateOf(at, zone)));
  if ((it.status === 'delivered' || it.status === 'confirmed') && it.deliveredAt !== null) {
    return Math.max(0, daysBetween(promised, localDateOf(it.deliveredAt, zone)));
  }
  return 0;
}

/** Days between the first warning and the promised day: early notice is worth something. null without warning. */
export function noticeDays(it: Dependency, zone: TimeZone): number | null {
  const promised = promisedFor(it);
  if (promised === null || it.firstFlaggedAt === null) return null;
  return daysBetween(localDateOf(it.firstFlaggedAt, zone), promised);
}

/**
 * The colour of the line, timing only: none without a date; late when the promise lies after the need or has passed;
 * tight in the same column (without columns: less than five days before the need) or at risk; else early.
 */
export function timingOf(
  it: Dependency,
  at: Instant,
  zone: TimeZone,
  columns: readonly { readonly start: LocalDate; readonly end: LocalDate }[] = [],
): Timing {
  const { neededBy } = it.ask;
  const promised = promisedFor(it);
  if (it.status === 'confirmed' || it.status === 'withdrawn') return 'none';
  if (isLate(it, at, zone)) return 'late';
  if (promised === null) {
    const overdue = neededBy !== null && it.status !== 'draft' && at >= endOfDay(neededBy, zone);
    return overdue ? 'late' : 'none';
  }
  if (neededBy !== null && promised > neededBy) return 'late';
  if (it.status === 'accepted' && it.atRisk !== null) return 'tight';
  if (neededBy === null) return 'early';
  const columnOf = (date: LocalDate) => columns.findIndex(({ start, end }) => start <= date && date <= end);
  const column = columnOf(neededBy);
  const tight = column >= 0 ? columnOf(promised) === column : daysBetween(promised, neededBy) < 5;
  return tight ? 'tight' : 'early';
}
