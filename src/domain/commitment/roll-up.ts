import type { DisplayState } from './display.ts';

/** Something that runs, as far as a roll-up looks at it. */
export interface Running {
  readonly display: DisplayState;
  readonly weight: number;
}

/** Bars of a roll-up, best first. What is silent is a bar of its own, never part of another. */
export const shareStates = ['on', 'risk', 'off', 'stale', 'unrated', 'pending'] as const;
export type ShareState = (typeof shareStates)[number];

/** Share of the weight in each state, 0-1. No mean of anything: a parent has no status of its own (tracking.md T4). */
export function weightShares(rows: readonly Running[]): Readonly<Record<ShareState, number>> {
  return sharesOf(rows, shareStates, (display) => (isShare(display) ? display : null));
}

/** Share of the weight in each bar; what is in none weighs nothing. */
export function sharesOf<Bar extends string>(
  rows: readonly Running[],
  bars: readonly Bar[],
  barOf: (display: DisplayState) => Bar | null,
): Readonly<Record<Bar, number>> {
  const weights = new Map<Bar, number>();
  for (const { display, weight } of rows) {
    const bar = barOf(display);
    if (bar !== null) weights.set(bar, (weights.get(bar) ?? 0) + weight);
  }
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const shares = bars.map((bar) => [bar, whole === 0 ? 0 : (weights.get(bar) ?? 0) / whole]);
  return Object.fromEntries(shares) as Record<Bar, number>;
}

const badness: Readonly<Record<ShareState, number>> = {
  ...{ on: 0, pending: 1, unrated: 2, risk: 3, stale: 4, off: 5 },
};

/** The one that needs a look first: the worst, and of those the heaviest; null when nothing is wrong. */
export function worstOf<T extends Running>(rows: readonly T[]): T | null {
  const troubled = rows.filter((it) => isRunning(it) && badness[it.display as ShareState] >= badness.risk);
  return troubled.reduce<T | null>((worst, it) => (worst === null || isWorse(it, worst) ? it : worst), null);
}

function isWorse(a: Running, b: Running): boolean {
  const more = badness[a.display as ShareState] - badness[b.display as ShareState];
  return more > 0 || (more === 0 && a.weight > b.weight);
}

const isShare = (display: DisplayState): display is ShareState =>
  (shareStates as readonly string[]).includes(display);

const isRunning = ({ display }: Running): boolean => isShare(display);
