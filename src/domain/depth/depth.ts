import type { RitualKind } from '../rhythm/ritual.ts';
import { signalRules, type SignalRule } from '../signal/signal.ts';

/** How much is asked of people (tracking.md T18): *light* until wanted. */
export type Depth = 'light' | 'standard';

/** Parts of planning that stay out of sight until somebody uses them. */
export const parts = ['capacity', 'business-value', 'columns', 'assumptions', 'readings', 'weight'] as const;
export type Part = (typeof parts)[number];

/** What one depth asks, offers and watches. */
export interface DepthDefaults {
  /** What an owner has to say with a yes, beside owner, due and what done means. */
  readonly accept: {
    /** Measures say what done means when nobody wrote it down. */
    readonly doneMeansFromMeasures: boolean;
    readonly weight: boolean;
    readonly baseline: boolean;
    readonly confidence: boolean;
    /** The plan period it serves, where neither the offer nor its board names one. */
    readonly period: boolean;
    /** The team must have room, and each need must have been asked for. */
    readonly roomAndNeeds: boolean;
  };
  /** Words for what each status of a promise means are offered before it has any. */
  readonly criteria: boolean;
  /** Others who have a voice: who reviews what is done, and who agrees to a change. */
  readonly reviewer: boolean;
  readonly sponsor: boolean;
  /** For a drop, a due moved by more than a week and an eased target: one is written from the reason, or one is given. */
  readonly decision: 'from-reason' | 'given';
  readonly rituals: readonly RitualKind[];
  readonly weeklyMinutes: number;
  /** What stays out of sight until it is used. */
  readonly offUntilUsed: readonly Part[];
  readonly warnings: readonly SignalRule[];
}

/** People for whom the light depth is meant. */
export const lightUpTo = 15;

/** The one table that guards, forms, offers and warnings are drawn from. */
export const depths: Readonly<Record<Depth, DepthDefaults>> = {
  light: {
    accept: {
      doneMeansFromMeasures: true,
      ...{ weight: false, baseline: false, confidence: false, period: false, roomAndNeeds: false },
    },
    ...{ criteria: false, reviewer: false, sponsor: false, decision: 'from-reason' },
    rituals: ['weekly', 'quarterly-close', 'quarterly-plan'],
    weeklyMinutes: 30,
    offUntilUsed: parts,
    warnings: ['W4', 'W5', 'W7', 'W9'],
  },
  standard: {
    accept: {
      doneMeansFromMeasures: false,
      ...{ weight: true, baseline: true, confidence: true, period: true, roomAndNeeds: true },
    },
    ...{ criteria: true, reviewer: true, sponsor: true, decision: 'given' },
    rituals: ['weekly', 'monthly', 'quarterly-close', 'quarterly-plan', 'annual'],
    weeklyMinutes: 45,
    offUntilUsed: [],
    warnings: signalRules,
  },
};

/** True where a part is shown: from the start, or since it is used. What is hidden is kept. */
export function isShown(depth: Depth, part: Part, used: boolean): boolean {
  return used || !depths[depth].offUntilUsed.includes(part);
}

/** One click away. */
export const otherDepth = (depth: Depth): Depth => (depth === 'light' ? 'standard' : 'light');
