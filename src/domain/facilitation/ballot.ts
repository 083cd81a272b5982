import type { PersonId } from '../access/standing.ts';
import type { Instant } from '../time.ts';

/** Scores are whole tenths, 0-10: 7 stands for 0.7. */
export const scoreRange = { least: 0, most: 10 } as const;

/** Fewer voters than this cannot be secret (tracking.md T18). */
export const leastSecretVoters = 3;

/** A spread above three tenths means: talk (product.md, Review day). */
export const talkAboveTenths = 3;

export interface BallotItem {
  /** Id of the commitment that is scored. */
  readonly id: string;
  readonly title: string;
  readonly owner: PersonId | null;
  /** How many have voted; never who. */
  readonly votes: number;
  /** After the reveal: sorted, without names. */
  readonly values: readonly number[] | null;
  /** Open votes only: who said what, as in a show of hands. */
  readonly named: Readonly<Record<PersonId, number>>;
  /** What the owner typed after the talk. */
  readonly agreed: number | null;
  readonly agreedBy: PersonId | null;
}

/** Simultaneous scoring of many items. While it is hidden, values are only in the server's own table. */
export interface Ballot {
  readonly id: string;
  readonly stage: string | null;
  readonly secret: boolean;
  readonly voters: readonly PersonId[];
  readonly items: readonly BallotItem[];
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
}

export function isScore(value: number): boolean {
  return Number.isInteger(value) && value >= scoreRange.least && value <= scoreRange.most;
}

/** Largest minus smallest; 0 for one value or none. */
export function spreadOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}

/** True when the room should talk before a number is agreed. */
export function needsTalk(values: readonly number[]): boolean {
  return spreadOf(values) > talkAboveTenths;
}

/** "0.7" */
export const scoreWords = (tenths: number): string => (tenths / 10).toFixed(1);
