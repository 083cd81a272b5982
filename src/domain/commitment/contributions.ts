import type { DisplayState } from './display.ts';
import { shareStates, sharesOf, worstOf, type Running, type ShareState } from './roll-up.ts';

/** Bars of what contributes to a promise: how it runs, what is done, and what ended without being kept. */
export const contributionStates = [...shareStates, 'done', 'ended'] as const;
export type ContributionState = (typeof contributionStates)[number];

/** Something that was said to contribute, as far as its parent looks at it. */
export interface Contributor extends Running {
  /** 0-1; null = nothing to measure. */
  readonly progress: number | null;
}

/** What a parent shows of its contributions. None of it is a status: that is its owner's to report (tracking.md T4). */
export interface Contributions<T> {
  /** Share of the weight in each state, 0-1. What nobody has accepted yet weighs nothing. */
  readonly shares: Readonly<Record<ContributionState, number>>;
  /** Of those that run, the one that needs a look first; null when nothing is wrong. */
  readonly worst: T | null;
  /** Mean of their progress by weight; null when none can be told. */
  readonly progress: number | null;
  /** How many the progress is a mean of, and how many it should be. */
  readonly told: number;
  readonly counting: number;
}

export function rollUp<T extends Contributor>(children: readonly T[]): Contributions<T> {
  const counting = children.filter(({ display }) => counts(display));
  const told = counting.flatMap((it) => {
    const progress = progressFor(it);
    return progress === null ? [] : [{ progress, weight: it.weight }];
  });
  const whole = told.reduce((sum, { weight }) => sum + weight, 0);
  return {
    shares: sharesOf(children, contributionStates, barOf),
    worst: worstOf(children),
    progress: whole === 0 ? null : told.reduce((sum, it) => sum + it.progress * it.weight, 0) / whole,
    ...{ told: told.length, counting: counting.length },
  };
}

function barOf(display: DisplayState): ContributionState | null {
  switch (display) {
    case 'proposed':
    case 'not-accepted':
    case 'parked':
    case 'declined':
      return null;
    case 'done':
    case 'done-late':
      return 'done';
    case 'missed':
    case 'dropped':
    case 'carried':
      return 'ended';
    default:
      return display satisfies ShareState;
  }
}

/** What was dropped on purpose, or is asked anew, is no part of the way any more; what was missed is. */
const counts = (display: DisplayState): boolean =>
  barOf(display) !== null && display !== 'dropped' && display !== 'carried';

/** Without a measure done is all of it and missed nothing; of what runs it cannot be told. */
function progressFor({ display, progress }: Contributor): number | null {
  if (progress !== null) return progress;
  const bar = barOf(display);
  return bar === 'done' ? 1 : bar === 'ended' ? 0 : null;
}
