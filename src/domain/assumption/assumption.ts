import type { PersonId } from '../access/standing.ts';
import type { Entry } from '../register/entry.ts';
import type { MetricRule } from '../register/metric-rule.ts';
import type { Instant, LocalDate } from '../time.ts';

export const assumptionAreas = ['market', 'customer', 'technology', 'competitor', 'internal'] as const;
export type AssumptionArea = (typeof assumptionAreas)[number];

export const checkCadences = ['none', 'weekly', 'monthly', 'quarterly'] as const;
export type CheckCadence = (typeof checkCadences)[number];

/** What would show that it no longer holds (tracking.md T7). */
export type Signpost =
  | { readonly kind: 'none' }
  /** A measure of a linked commitment; the rule says when the assumption still holds. */
  | ({ readonly kind: 'metric' } & MetricRule)
  | { readonly kind: 'event'; readonly on: LocalDate; readonly what: string }
  | { readonly kind: 'question'; readonly person: PersonId; readonly text: string };

/** What can be written of an assumption. */
export interface AssumptionFacts {
  readonly statement: string;
  readonly area: AssumptionArea;
  /** 1-3: how much of the plan rests on it. */
  readonly loadBearing: number;
  /** 1-3: how easily it may turn out wrong. */
  readonly vulnerability: number;
  readonly affects: readonly string[];
  readonly signpost: Signpost;
  readonly cadence: CheckCadence;
  readonly nextCheck: LocalDate | null;
  readonly owner: PersonId | null;
  /** What is done so that it stays true. */
  readonly shaping: string;
  /** What is done in case it does not. */
  readonly hedge: string;
  /** 0-100 that it holds. */
  readonly confidence: number | null;
}

export interface Evidence {
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly answer: 'holds' | 'doubtful' | 'breached' | 'failed';
  readonly text: string;
}

export type AssumptionStatus = 'untested' | 'valid' | 'doubtful' | 'invalid' | 'retired';

/** Something the plan takes for granted, and how it is watched. `asked` is whom its question is put to. */
export interface Assumption extends Entry, Omit<AssumptionFacts, 'owner' | 'affects'> {
  readonly status: AssumptionStatus;
  readonly evidence: readonly Evidence[];
  /** Doubtful answers since the last that held. */
  readonly doubts: number;
  readonly endedBecause: string;
}

/** What to look at first. */
export const priorityOf = (it: Pick<AssumptionFacts, 'loadBearing' | 'vulnerability'>): number =>
  it.loadBearing * it.vulnerability;
