import type { BallotReveal, BallotScale } from '../../domain/facilitation/ballot.ts';
import type { Presence } from '../../domain/facilitation/presence.ts';
import type { Timer } from '../../domain/facilitation/timer.ts';
import type { Instant } from '../../domain/time.ts';

/**
 * A session as a guest may see it, and nothing of it besides: no rows, no board, no notes, no minutes. Made field by field,
 * so that what a session learns to hold later stays with its members.
 */
export interface GuestRoom {
  readonly title: string;
  readonly status: 'planned' | 'running';
  /** The name the guest gave. */
  readonly me: string;
  readonly leader: string;
  /** Title of the section the room is in; null before the start. */
  readonly section: string | null;
  /** Its place among `of`, from 1; 0 before the start. */
  readonly number: number;
  readonly of: number;
  /** Who presents it. */
  readonly speaker: string | null;
  readonly timer: Timer;
  readonly people: readonly { readonly name: string; readonly is: Presence; readonly leads: boolean }[];
  /** The vote that is open, else the last one. */
  readonly ballot: GuestBallot | null;
  /** What this guest parked. */
  readonly parked: readonly { readonly id: string; readonly title: string; readonly settled: boolean }[];
  readonly myRating: number | null;
  /** What the room takes from this guest now. */
  readonly takes: { readonly park: boolean; readonly rate: boolean };
  readonly serverTime: Instant;
}

/** A vote as a guest sees it: what everybody sees of it, and the guest's own. */
export interface GuestBallot {
  readonly open: boolean;
  readonly reveal: BallotReveal;
  readonly scale: BallotScale;
  readonly voters: number;
  /** True for a guest who was here when it was opened. */
  readonly mine: boolean;
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly votes: number;
    readonly values: readonly number[] | null;
    /** With names, where the vote has them. */
    readonly named: readonly { readonly name: string; readonly value: number }[];
    readonly agreed: number | null;
    readonly myVote: number | null;
  }[];
}

/** What a guest may send. */
export type GuestCommand =
  | { readonly type: 'vote'; readonly item: string; readonly value: number }
  | { readonly type: 'park'; readonly title: string }
  | { readonly type: 'rate'; readonly value: number };
