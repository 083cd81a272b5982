import type { ContributionState } from '../../domain/commitment/contributions.ts';
import type { CommitmentRow } from './tracking.ts';

/** What a promise contributes to, and what contributes to it. Nothing here is a status of the promise itself. */
export interface ContributionsView {
  readonly to: readonly CommitmentRow[];
  /** Of what it contributes to, how many are hidden from who looks; those are in no list, bar or mean. */
  readonly toUnseen: number;
  /** Of those, for the owner alone: what he linked himself and may take back without seeing it. */
  readonly toTakeBack: readonly string[];
  readonly from: readonly CommitmentRow[];
  readonly fromUnseen: number;
  /** Share of the weight in each state, 0-1. */
  readonly shares: Readonly<Record<ContributionState, number>>;
  /** The one that needs a look first; null when nothing is wrong. */
  readonly worstId: string | null;
  /** Mean progress by weight, 0-1, of what contributes; null when none can be told. */
  readonly progress: number | null;
  /** How many it is a mean of, and how many it should be. */
  readonly told: number;
  readonly counting: number;
}

/** Something a promise may be said to contribute to. */
export interface ParentChoice {
  readonly id: string;
  readonly statement: string;
  readonly horizon: 'week' | 'month' | 'quarter' | 'year';
  readonly teamId: string | null;
}
