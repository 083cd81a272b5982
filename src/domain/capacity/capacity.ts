import type { CapacityVerdict } from '../commitment/context.ts';

/** What a team can do in a period, in person-weeks, and where the number comes from. */
export interface Capacity {
  readonly personWeeks: number | null;
  readonly from: 'entered' | 'members' | 'nobody';
}

const DAYS_A_WEEK = 5;

/** Thresholds of what a team can do (tracking.md T16, I9), as shares. */
export interface CapacitySettings {
  /** Of a week, so much is left for what was planned. */
  readonly shareForPlans: number;
  /** Load over capacity up to which it fits. */
  readonly fitsUpTo: number;
  /** ... up to which it is tight; beyond, it exceeds. */
  readonly tightUpTo: number;
}

export const defaultCapacity: CapacitySettings = { shareForPlans: 0.6, fitsUpTo: 0.85, tightUpTo: 1 };

/**
 * Entered by somebody, or by default: members by their home share, times weeks less holidays, times what is left for
 * plans. Four people for 13 weeks can do 31.2 by the default of 60 %.
 */
export function capacityOf(
  of: {
    readonly entered: number | null;
    /** Home share of each member, 0-1. */
    readonly shares: readonly number[];
    readonly weeks: number;
    /** Working days on which nobody of the team is there. */
    readonly holidays: number;
  },
  { shareForPlans }: CapacitySettings,
): Capacity {
  if (of.entered !== null) return { personWeeks: of.entered, from: 'entered' };
  const people = of.shares.reduce((sum, share) => sum + share, 0);
  if (people <= 0 || of.weeks <= 0) return { personWeeks: null, from: 'nobody' };
  const weeks = Math.max(0, of.weeks - of.holidays / DAYS_A_WEEK);
  return { personWeeks: round(people * weeks * shareForPlans), from: 'members' };
}

/** What is asked of a team against what it can do. */
export interface Load {
  readonly verdict: CapacityVerdict;
  /** Person-weeks of what is sized. */
  readonly load: number;
  /** Objectives nobody sized: while there is one, nothing can be said. */
  readonly unsized: number;
  readonly capacity: Capacity;
  /** Load over capacity; null when there is no capacity to compare with. */
  readonly share: number | null;
}

/** Fits up to one bound, tight up to another, exceeds beyond; unknown, and never in the way, while an effort is missing. */
export function loadOf(
  efforts: readonly (number | null)[],
  capacity: Capacity,
  settings: CapacitySettings,
): Load {
  const sized = efforts.filter((it) => it !== null);
  const load = round(sized.reduce((sum, it) => sum + it, 0));
  const unsized = efforts.length - sized.length;
  const { personWeeks } = capacity;
  const share = personWeeks === null || personWeeks <= 0 ? null : load / personWeeks;
  return { verdict: verdictOf(share, unsized, settings), load, unsized, capacity, share };
}

function verdictOf(
  share: number | null,
  unsized: number,
  { fitsUpTo, tightUpTo }: CapacitySettings,
): CapacityVerdict {
  if (share === null || unsized > 0) return 'unknown';
  if (share <= fitsUpTo) return 'fits';
  return share <= tightUpTo ? 'tight' : 'exceeds';
}

const round = (value: number): number => Math.round(value * 100) / 100;
