import type { CommitmentEvent } from '#domain/commitment/event.ts';
import { termsNow, type Commitment } from '#domain/commitment/commitment.ts';
import { lastValues } from '#domain/commitment/check-in.ts';
import { fold } from '#domain/commitment/fold.ts';
import { progressOf } from '#domain/commitment/progress.ts';
import type { Instant } from '#domain/time.ts';
import type { checkIn } from '../store/schema.ts';

export type CheckInInsert = typeof checkIn.$inferInsert;

/** What a run of events does to the rows beside the commitment's own. */
export interface CheckInEffects {
  readonly said: readonly CheckInInsert[];
  /** Check-in ids that were taken back. */
  readonly undone: readonly string[];
  /** Slot id -> how and when it was filled; null = it waits again. */
  readonly fills: ReadonlyMap<
    string,
    { readonly filled: 'on-time' | 'late' | 'imported'; readonly at: Instant } | null
  >;
}

/** Follows the events one by one from the state before, so that each check-in carries the progress of its moment. */
export function checkInEffects(
  before: Commitment | null,
  events: readonly CommitmentEvent[],
  of: {
    readonly organisationId: string;
    readonly commitmentId: string;
    readonly recordedAt: Instant;
    /** Version of the commitment before the first of these events. */
    readonly version: number;
  },
): CheckInEffects {
  const said: CheckInInsert[] = [];
  const undone: string[] = [];
  const fills = new Map<
    string,
    { readonly filled: 'on-time' | 'late' | 'imported'; readonly at: Instant } | null
  >();
  let state = before;
  for (const [index, event] of events.entries()) {
    state = fold(state, event);
    if (event.type === 'check-in-undone') {
      undone.push(event.data.id);
      if (event.data.slot !== null) fills.set(event.data.slot, null);
    }
    if (event.type !== 'checked-in' || state === null) continue;
    const { slot, filled, snapshot: _, ...report } = event.data;
    if (slot !== null && filled !== null) fills.set(slot, { filled, at: event.at });
    said.push({
      ...report,
      organisationId: of.organisationId,
      commitmentId: of.commitmentId,
      version: of.version + index + 1,
      slotId: slot,
      by: event.actor.person,
      at: new Date(event.at),
      recordedAt: new Date(of.recordedAt),
      via: event.actor.via,
      values: { ...report.values },
      progress: progressOf(termsNow(state), lastValues(state.checkIns)),
    });
  }
  return { said, undone, fills };
}
