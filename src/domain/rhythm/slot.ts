import type { Instant } from '../time.ts';
import { hourMs } from './local-time.ts';

export type SlotFill = 'on-time' | 'late' | 'imported';
export type SlotExcuse = 'skip' | 'freeze' | 'owner-leave';

/** One expected check-in (tracking.md T3). Its window is [opensAt, graceEndsAt). */
export interface Slot {
  /** The same for the same commitment and original local date, however often it is computed. */
  readonly id: string;
  /** 1, 2, 3 ... within the commitment. */
  readonly number: number;
  readonly label: string;
  readonly opensAt: Instant;
  readonly dueAt: Instant;
  readonly graceEndsAt: Instant;
  readonly filled: SlotFill | null;
  readonly filledAt: Instant | null;
  readonly excused: SlotExcuse | null;
}

export type SlotState = 'upcoming' | 'open' | 'due' | 'late' | 'missed' | 'filled' | 'excused';

/** Where a slot stands at an instant: open until 24 h before due, due for the last 24 h, late until grace ends. */
export function slotState(slot: Slot, at: Instant): SlotState {
  if (slot.filled !== null && (slot.filledAt === null || slot.filledAt <= at)) return 'filled';
  if (slot.excused !== null) return 'excused';
  if (at < slot.opensAt) return 'upcoming';
  if (at < slot.dueAt - 24 * hourMs) return 'open';
  if (at < slot.dueAt) return 'due';
  if (at < slot.graceEndsAt) return 'late';
  return 'missed';
}

/** True while a check-in for this slot can be given. */
export function isWaiting(slot: Slot, at: Instant): boolean {
  const state = slotState(slot, at);
  return state === 'open' || state === 'due' || state === 'late';
}

/** The slot a submission fills: the earliest that waits. Missed ones stay missed; null = it moves no slot. */
export function slotToFill(slots: readonly Slot[], at: Instant): Slot | null {
  return earliest(slots.filter((slot) => isWaiting(slot, at)));
}

/** The filled slot whose window still holds the instant: a second submission there is a revision. */
export function slotToRevise(slots: readonly Slot[], at: Instant): Slot | null {
  const inWindow = slots.filter(
    (slot) => slot.filled !== null && slot.opensAt <= at && at < slot.graceEndsAt,
  );
  return inWindow.reduce<Slot | null>(
    (last, it) => (last === null || it.dueAt > last.dueAt ? it : last),
    null,
  );
}

/** How a submission at an instant fills a slot. */
export function fillAt(slot: Slot, at: Instant): SlotFill {
  return at < slot.dueAt ? 'on-time' : 'late';
}

/**
 * Silence: the last slot whose grace has passed went unanswered, and nothing was said in a later one. Excused slots
 * are skipped (tracking.md I3, T4).
 */
export function isSilent(slots: readonly Slot[], at: Instant): boolean {
  const expected = slots.filter((slot) => slot.excused === null);
  const passed = expected.filter((slot) => slot.graceEndsAt <= at);
  const last = passed.reduce<Slot | null>(
    (late, it) => (late === null || it.dueAt > late.dueAt ? it : late),
    null,
  );
  if (last === null || slotState(last, at) === 'filled') return false;
  return !expected.some((slot) => slot.dueAt > last.dueAt && slotState(slot, at) === 'filled');
}

/** Check-ins on time over those expected; excused and imported ones stay outside; null when none was expected. */
export function adherence(
  slots: readonly Slot[],
  at: Instant,
): {
  readonly onTime: number;
  readonly late: number;
  readonly expected: number;
  readonly rate: number | null;
} {
  const counted = slots.filter(
    (slot) => slot.excused === null && slot.filled !== 'imported' && slot.graceEndsAt <= at,
  );
  const onTime = counted.filter((slot) => slot.filled === 'on-time').length;
  const late = counted.filter((slot) => slot.filled === 'late').length;
  return {
    onTime,
    late,
    expected: counted.length,
    rate: counted.length === 0 ? null : onTime / counted.length,
  };
}

function earliest(slots: readonly Slot[]): Slot | null {
  return slots.reduce<Slot | null>(
    (first, it) => (first === null || it.dueAt < first.dueAt ? it : first),
    null,
  );
}
