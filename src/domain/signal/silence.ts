import { slotState, type Slot } from '../rhythm/slot.ts';
import type { Instant } from '../time.ts';

/** Nothing was heard: since which due, over how many expected check-ins. */
export interface Silence {
  readonly since: Instant;
  readonly missed: number;
}

/**
 * The silence that lasts until now: the run of expected check-ins whose grace has passed unanswered, back to the last
 * answer. Excused ones are skipped (tracking.md I3); null when somebody has spoken since.
 */
export function silenceOf(slots: readonly Slot[], at: Instant): Silence | null {
  const expected = slots.filter(({ excused }) => excused === null).sort((a, b) => a.dueAt - b.dueAt);
  const answered = expected.findLastIndex((slot) => slotState(slot, at) === 'filled');
  const unanswered = expected.slice(answered + 1).filter(({ graceEndsAt }) => graceEndsAt <= at);
  const first = unanswered[0];
  return first === undefined ? null : { since: first.dueAt, missed: unanswered.length };
}
