import type { PersonId } from '../access/standing.ts';
import type { Instant } from '../time.ts';

/** What is picked from: tenths of a score, one to five, or no and yes. All are kept as whole numbers. */
export const ballotScales = ['tenths', 'five', 'yes-no'] as const;
export type BallotScale = (typeof ballotScales)[number];

/**
 * `open`: a show of hands. `private`: hidden until who leads reveals an item, then with names. `anonymous`: hidden until
 * then, and without names for good.
 */
export const ballotReveals = ['open', 'private', 'anonymous'] as const;
export type BallotReveal = (typeof ballotReveals)[number];

interface Scale {
  readonly least: number;
  readonly most: number;
  /** A spread above this means: talk (product.md, Review day). */
  readonly talkAbove: number;
  readonly words: (value: number) => string;
}

const scales: Readonly<Record<BallotScale, Scale>> = {
  // 7 stands for 0.7.
  tenths: { least: 0, most: 10, talkAbove: 3, words: (value) => (value / 10).toFixed(1) },
  five: { least: 1, most: 5, talkAbove: 1, words: String },
  'yes-no': { least: 0, most: 1, talkAbove: 0, words: (value) => (value === 0 ? 'no' : 'yes') },
};

/** Fewer voters than this cannot be secret (tracking.md T18). */
export const leastSecretVoters = 3;

export interface BallotItem {
  /** Id of what is voted on: the commitment that is scored, another row, or the question itself. */
  readonly id: string;
  readonly title: string;
  readonly owner: PersonId | null;
  /** How many have voted; never who. */
  readonly votes: number;
  /** After the reveal: sorted, without names. */
  readonly values: readonly number[] | null;
  /** Who said what: in a show of hands at once, in a private vote from its reveal on. */
  readonly named: Readonly<Record<PersonId, number>>;
  /** What the owner typed after the talk. */
  readonly agreed: number | null;
  readonly agreedBy: PersonId | null;
}

/** Simultaneous voting on many items. While it is hidden, values are only in the server's own table. */
export interface Ballot {
  readonly id: string;
  readonly stage: string | null;
  /** Hidden until an item is revealed. */
  readonly secret: boolean;
  /** With names after the reveal; absent: without. */
  readonly named?: boolean;
  /** Absent: tenths. */
  readonly scale?: BallotScale;
  readonly voters: readonly PersonId[];
  readonly items: readonly BallotItem[];
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** Nothing of it counts. */
  readonly discarded?: boolean;
}

export const scaleOf = ({ scale }: Pick<Ballot, 'scale'>): BallotScale => scale ?? 'tenths';

/** How a ballot comes to light. It was fixed when it was opened. */
export const revealOf = ({ secret, named }: Pick<Ballot, 'secret' | 'named'>): BallotReveal =>
  secret ? (named === true ? 'private' : 'anonymous') : 'open';

/** All that can be picked, least first. */
export const valuesOf = (scale: BallotScale): readonly number[] =>
  Array.from(
    { length: scales[scale].most - scales[scale].least + 1 },
    (_, index) => scales[scale].least + index,
  );

export function isVote(scale: BallotScale, value: number): boolean {
  return Number.isInteger(value) && value >= scales[scale].least && value <= scales[scale].most;
}

/** Largest minus smallest; 0 for one value or none. */
export function spreadOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}

/** True when the room should talk before a number is agreed. */
export function needsTalk(values: readonly number[], scale: BallotScale = 'tenths'): boolean {
  return spreadOf(values) > scales[scale].talkAbove;
}

/** "0.7", "4", "yes" */
export const voteWords = (scale: BallotScale, value: number): string => scales[scale].words(value);

/** "0.4 apart"; a no against a yes is no distance. */
export const spreadWords = (scale: BallotScale, values: readonly number[]): string =>
  scale === 'yes-no' ? 'not of one mind' : `${voteWords(scale, spreadOf(values))} apart`;

/** "0.7" */
export const scoreWords = (tenths: number): string => voteWords('tenths', tenths);
