import type { Instant } from '#domain/time.ts';
import type { CommitRow } from './board.ts';

/** A moment of a board's past: a time, or one of its edits. */
export type MomentAsked = { readonly at: Instant } | { readonly seq: number };

/** Edits of a board's log that follow each other, seen as one step of its slider. */
export interface BoardStretch {
  readonly from: Instant;
  readonly to: Instant;
  /** Its last edit: the board as of this stretch is the board as of that edit. */
  readonly seq: number;
  readonly edits: number;
  /** Person ids of who made them; null where older edits are packed away and not looked into. */
  readonly people: readonly string[] | null;
}

/** The board was brought back to a moment of its past. */
export interface BoardRestore {
  readonly by: string | null;
  readonly at: Instant;
  /** The moment it was brought back to. */
  readonly to: Instant;
  /** The last edit before the restore: going back there undoes it. */
  readonly before: number;
  readonly back: number;
  readonly gone: number;
  readonly changed: number;
}

/** What the log of a board still covers, oldest first, and when it was restored, newest first. */
export interface BoardHistory {
  readonly stretches: readonly BoardStretch[];
  readonly restores: readonly BoardRestore[];
}

/** How many objects, and what some of them are called. */
export interface NamedObjects {
  readonly count: number;
  readonly titles: readonly string[];
}

/** What a restore would do to the board as it is now, or has done. */
export interface RestoreEffect {
  readonly back: NamedObjects;
  readonly gone: NamedObjects;
  readonly changed: NamedObjects;
}

/** A board as it was. */
export interface BoardMoment {
  /** The moment asked for; of a given edit, when it was stored. */
  readonly at: Instant;
  /** Last edit that belongs to it. */
  readonly seq: number;
  readonly lastEdit: { readonly at: Instant; readonly by: string | null };
  /** Person ids of who edited within the quarter of an hour before, most edits first. */
  readonly people: readonly string[];
  /** What changed in the plan since, by team. */
  readonly teams: readonly { readonly team: string | null; readonly changes: readonly CommitRow[] }[];
  readonly effect: RestoreEffect;
  /** True for managers and for the facilitator of the session that runs. */
  readonly mayRestore: boolean;
  /** The document, base64. */
  readonly document: string;
}

export interface RestoreResult {
  readonly effect: RestoreEffect;
  /** The edit that brought it back. */
  readonly seq: number;
  /** Going back to this edit undoes it. */
  readonly before: number;
}
