import type { PersonId } from '../access/standing.ts';
import type { Entry } from '../register/entry.ts';
import type { MetricRule } from '../register/metric-rule.ts';
import type { Instant, LocalDate } from '../time.ts';

export const decisionKinds = ['strategic', 'trade-off', 'resource', 'scope', 'policy'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

export interface Option {
  readonly text: string;
  readonly for: string;
  readonly against: string;
  readonly cost: string;
}

/** What the decision says about one field of one object. */
export interface Setting {
  readonly objectId: string;
  readonly field: string;
  readonly value: string;
}

/** What can be written while it is open (tracking.md T6). */
export interface DecisionFacts {
  readonly question: string;
  readonly kind: DecisionKind;
  readonly options: readonly Option[];
  /** One person. */
  readonly decider: PersonId;
  readonly consulted: readonly PersonId[];
  readonly informed: readonly PersonId[];
  readonly neededBy: LocalDate | null;
  readonly reversible: boolean | null;
  readonly affects: readonly string[];
  readonly supersedes: string | null;
  /** Assumption whose failing calls for another look. */
  readonly triggerAssumption: string | null;
  /** Rule of a measure that calls for it when it breaks; not in decisions written before that could be said. */
  readonly triggerMetric?: MetricRule | null;
  /** Another sign that calls for it, in words. */
  readonly trigger: string;
  readonly sets: readonly Setting[];
}

/** Of these, what can still be said once it is taken, where nothing was: the quick form asks for none of them. */
export type LaterFacts = Pick<
  DecisionFacts,
  | 'options'
  | 'consulted'
  | 'informed'
  | 'reversible'
  | 'affects'
  | 'triggerAssumption'
  | 'triggerMetric'
  | 'trigger'
  | 'sets'
>;

/** What is said when it is taken. */
export interface Verdict {
  readonly chosen: string;
  readonly rationale: string;
  readonly dissent: string;
  /** 0-100. */
  readonly confidence: number | null;
  /** "We will know it was right if ..." */
  readonly expectedSignal: string;
  readonly revisitOn: LocalDate | null;
  /** First day in force; null = at once. */
  readonly inForceFrom: LocalDate | null;
}

export type DecisionStatus =
  'open' | 'decided' | 'in-force' | 'revisit-due' | 'reaffirmed' | 'superseded' | 'reversed' | 'withdrawn';

/** In force, whatever else is being asked about it. */
export const inForce: readonly DecisionStatus[] = ['in-force', 'revisit-due', 'reaffirmed'];

/** One question that one person decides, and what came of it (tracking.md T6). */
export interface Decision extends Entry, Omit<DecisionFacts, 'affects'>, Verdict {
  readonly status: DecisionStatus;
  readonly decidedAt: Instant | null;
  /** Who wrote the decision down, when it was not the decider. */
  readonly recordedBy: PersonId | null;
  readonly revisitBecause: string;
  /** Since when it is up for another look; null when it is not. */
  readonly revisitSince?: Instant | null;
  readonly supersededBy: string | null;
  readonly ended: { readonly at: Instant; readonly by: PersonId | null; readonly reason: string } | null;
}
