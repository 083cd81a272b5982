import { isSilent, type Slot } from '../rhythm/slot.ts';
import type { Instant } from '../time.ts';
import { lastCheckIn, type CheckIn } from './check-in.ts';
import { notAcceptedFrom, type ClockFacts } from './clock.ts';
import {
  openBases,
  type Commitment,
  type CommitmentCore,
  type CommitmentStatus,
  type Done,
} from './commitment.ts';

/** What a list, a card or a page shows of a commitment. Never stored (tracking.md T4). */
export type DisplayState =
  | 'proposed'
  | 'not-accepted'
  | 'parked'
  | 'declined'
  | 'pending'
  | 'on'
  | 'risk'
  | 'off'
  | 'stale'
  | 'unrated'
  | 'done'
  | 'done-late'
  | 'missed'
  | 'dropped'
  | 'carried';

/** What the display depends on beside the commitment and its slots. */
export type DisplayFacts = ClockFacts & {
  /** Needs that were declined or taken back and about which the requester has not chosen. */
  readonly openChoices?: number;
};

/**
 * The first that holds: closed outcome; stale (silence is never green); what was reported; *unrated* when the last
 * report gave no status (imported history); pending. A need the other team declined or took back, about which the
 * requester has not chosen, keeps *on* from being shown (tracking.md T5), and so does a failed assumption that the
 * owner has not answered (T7). `slots` are the commitment's own; clock events are expected to have been folded in.
 */
export function displayState(
  it: Commitment,
  slots: readonly Slot[],
  at: Instant,
  facts: DisplayFacts,
): DisplayState {
  const last = lastCheckIn(it.checkIns);
  return displayOf(it, { silent: isSilent(slots, at), last }, at, facts);
}

/** What the display looks at in a commitment: all that a list has to read of its state. */
export type Displayed = Pick<CommitmentCore, 'offeredAt' | 'bases'> &
  (
    | { readonly status: Exclude<CommitmentStatus, 'done'> }
    | { readonly status: 'done'; readonly done: Pick<Done, 'late'> }
  );

/** The same for who knows the last report and the silence already, as lists do. */
export function displayOf(
  it: Displayed,
  { silent, last }: { readonly silent: boolean; readonly last: Pick<CheckIn, 'status'> | null },
  at: Instant,
  facts: DisplayFacts,
): DisplayState {
  switch (it.status) {
    case 'proposed':
      return at >= notAcceptedFrom(it, facts) ? 'not-accepted' : 'proposed';
    case 'done':
      return it.done.late ? 'done-late' : 'done';
    case 'parked':
    case 'declined':
    case 'missed':
    case 'dropped':
    case 'carried':
      return it.status;
    case 'committed': {
      if (silent) return 'stale';
      if (last === null) return 'pending';
      if (last.status === null) return 'unrated';
      const held = (facts.openChoices ?? 0) > 0 || openBases(it).length > 0;
      return last.status === 'on' && held ? 'risk' : last.status;
    }
  }
}
